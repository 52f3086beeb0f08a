import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { seriousMistakes } from './support/accessibility.js';
import { signIn, startBrowser, type Visit, visit } from './support/browser.js';
import { create, edit, talk } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

/** The pages that anybody may open by their address, with a heading by which one sees that they are there. */
const PAGES = [
  { path: '/', heading: 'Flows' },
  { path: '/new', heading: 'New flow' },
  { path: '/channels', heading: 'Channels' },
  { path: '/channels/demo-whatsapp', heading: 'Demo number (emulated)' },
  { path: '/channels/new', heading: 'Connect an account' },
  { path: '/keys', heading: 'Keys' },
] as const;

describe('the pages of the console', function () {
  this.timeout(60_000);
  let host: Host;
  let browser: Browser;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  /** Opens the console signed in, in a look and a language. */
  async function signedIn(options: { colorScheme?: 'light' | 'dark'; locale?: string } = {}): Promise<Visit> {
    const opened = await visit(browser, options);
    await signIn(opened.page, host);
    return opened;
  }

  for (const colorScheme of ['light', 'dark'] as const)
    it(`have no serious mistake of accessibility, ${colorScheme}`, async () => {
      const { page, context, errors } = await signedIn({ colorScheme });
      for (const { path, heading } of PAGES) {
        await page.goto(host.url + path);
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        expect(await seriousMistakes(page), path).to.deep.equal([]);
      }
      await context.close();
      expect(errors).to.deep.equal([]);
    });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`of a flow have no serious mistake of accessibility, ${colorScheme}`, async () => {
      const { page, context, errors } = await signedIn({ colorScheme });
      const code = `looked-at-${colorScheme}`;
      await create(host, talk(code, ['A table for {{ contact.name }}', 'Which evening?']));
      const { choose, card } = await edit(page, host, code);
      const dialog = (name: string) => page.getByRole('dialog', { name }).waitFor();
      const looks: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['the flow itself', async () => undefined],
        ['a node selected', () => choose('say1')],
        ['find', () => page.keyboard.press('Control+f').then(() => page.getByRole('search', { name: 'Find in this flow' }).waitFor())],
        [
          'picker',
          () =>
            card('say1')
              .press('n')
              .then(() => dialog('What happens next?')),
        ],
        [
          'connect',
          () =>
            card('say1')
              .press('c')
              .then(() => dialog('Which way out?')),
        ],
        [
          'everywhere',
          () =>
            card('say1')
              .press('Control+k')
              .then(() => dialog('Go to, or do')),
        ],
        [
          'publish',
          () =>
            page
              .getByRole('button', { name: 'Publish', exact: true })
              .click()
              .then(() => dialog('Publish “A talk”')),
        ],
        ['history', () => page.goto(`${host.url}/flows/${code}?tab=history`).then(() => page.getByRole('article').first().waitFor())],
      ];
      for (const [look, open] of looks) {
        await open();
        expect(await seriousMistakes(page), look).to.deep.equal([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await context.close();
      expect(errors).to.deep.equal([]);
    });

  it('speak German to a German browser, without a serious mistake', async () => {
    const { page, context, errors } = await visit(browser, { locale: 'de-DE' });
    await page.goto(host.url);
    await page.locator('input[autocomplete="current-password"]').fill(host.key);
    await page.locator('button[type="submit"]').click();
    await page.waitForURL(`${host.url}/`);
    for (const path of ['/', '/new', '/channels', '/keys', '/flows/looked-at-light']) {
      await page.goto(host.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).to.equal('de');
      expect(await seriousMistakes(page), path).to.deep.equal([]);
    }
    await context.close();
    expect(errors).to.deep.equal([]);
  });

  it('move nothing where motion is reduced', async () => {
    const { page, context } = await visit(browser, { reducedMotion: 'reduce' });
    await signIn(page, host);
    await edit(page, host, 'looked-at-light');
    await page.keyboard.press('Shift+1');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    // The spinner of a button alone may turn.
    const moving = await page.evaluate(() =>
      document.getAnimations().flatMap(({ effect }) => {
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        return Number(effect?.getTiming().duration ?? 0) > 10 && !target?.closest('[data-loading]')
          ? [target?.outerHTML.slice(0, 120)]
          : [];
      }),
    );
    await context.close();
    expect(moving).to.deep.equal([]);
  });

  it('lead who is not signed in to the sign-in page, which has no serious mistake either', async () => {
    const { page, context, errors } = await visit(browser);
    await page.goto(host.url);
    await page.waitForURL(`${host.url}/sign-in`);
    await page.getByLabel('Key', { exact: true }).waitFor();
    expect(await seriousMistakes(page)).to.deep.equal([]);
    await context.close();
    expect(errors).to.deep.equal([]);
  });

  it('say to people why they may not do what their key does not allow', async () => {
    const keyOf = async (role: string) => (await host.call<{ key: string }>('POST', '/keys', { name: role, role })).body.key;
    const viewer = await visit(browser);
    await signIn(viewer.page, { url: host.url, key: await keyOf('viewer') });
    const reason = 'Your key can only view.';
    const newFlow = viewer.page.getByRole('link', { name: 'New flow' });
    expect(await newFlow.getAttribute('title')).to.equal(reason);
    await newFlow.click({ force: true });
    expect(viewer.page.url()).to.equal(`${host.url}/`);
    await viewer.page.goto(`${host.url}/flows/welcome`);
    expect(await viewer.page.getByRole('button', { name: 'Publish', exact: true }).getAttribute('title')).to.equal(reason);
    await viewer.page.goto(`${host.url}/new`);
    await viewer.page.getByRole('heading', { name: 'New flows are for editors' }).waitFor();
    await viewer.context.close();

    const program = await visit(browser);
    await signIn(program.page, { url: host.url, key: await keyOf('trigger') });
    await program.page.getByRole('heading', { name: 'This key only starts flows' }).waitFor();
    await program.page.getByRole('button', { name: 'Sign out' }).click();
    await program.page.waitForURL(`${host.url}/sign-in`);
    await program.context.close();
    expect([...viewer.errors, ...program.errors]).to.deep.equal([]);
  });

  it('load nothing from elsewhere', async () => {
    const { page, context } = await signedIn();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    for (const { path, heading } of PAGES) {
      await page.goto(host.url + path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
    await context.close();
    expect([...new Set(asked)]).to.deep.equal([host.url]);
  });

  it('sign in once by the printed link; a second time it says that it is used', async () => {
    const first = await visit(browser);
    await first.page.goto(host.link);
    await first.page.getByRole('heading', { level: 1, name: 'Flows' }).waitFor();
    await first.context.close();
    const second = await visit(browser);
    await second.page.goto(host.link);
    await second.page.getByText('This link has been used').waitFor();
    await second.context.close();
  });
});
