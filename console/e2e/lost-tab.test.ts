import { expect } from 'chai';
import type { Browser, BrowserContext } from 'playwright-core';
import { signIn, startBrowser, visit } from './support/browser.js';
import { create, edit, nameIn, talk } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

/** After so many milliseconds of typing each tab is killed: moments of all kinds, before, in and after saves. */
const MOMENTS = [60, 350, 790, 830, 1_050, 1_240, 1_500, 1_730, 2_050, 2_600];
/** What is older than so many milliseconds has to be there again. */
const SAFE = 1_000;

describe('a tab that is killed', function () {
  this.timeout(90_000);
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
    const first = await visit(browser);
    context = first.context;
    await signIn(first.page, host);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  /** Types numbers into a name until the tab is killed. Returns the last one that is older than a second. */
  async function typeUntilKilled(code: string, { moment, isCutOff }: { moment: number; isCutOff: boolean }): Promise<number> {
    const page = await context.newPage();
    if (isCutOff) await page.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    const { choose, name } = await edit(page, host, code);
    await choose('say1');
    const typed: { readonly number: number; readonly at: number }[] = [];
    const begun = performance.now();
    for (let number = 1; performance.now() - begun < moment; number++) {
      await name.fill(String(number));
      typed.push({ number, at: performance.now() });
    }
    const killed = performance.now();
    await crash(page);
    return typed.filter(({ at }) => at < killed - SAFE).at(-1)?.number ?? 0;
  }

  /** Kills the process of the page, which can do nothing any more. */
  async function crash(page: Awaited<ReturnType<BrowserContext['newPage']>>): Promise<void> {
    const crashed = page.waitForEvent('crash');
    const session = await context.newCDPSession(page);
    // It never answers.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await page.close();
  }

  for (const [i, moment] of MOMENTS.entries()) {
    const isCutOff = i % 2 === 0;
    it(`after ${moment} ms${isCutOff ? ' without a host' : ''} has lost nothing that is older than a second`, async () => {
      const code = `lost${i}`;
      await create(host, talk(code, ['One', 'Two']));
      const number = await typeUntilKilled(code, { moment, isCutOff });
      const page = await context.newPage();
      const { says } = await edit(page, host, code);
      await says('Saved');
      await page.close();
      const name = await nameIn(host, code, 'say1');
      expect(name === 'Words 1' ? 0 : Number(name)).to.be.at.least(number);
    });
  }
});
