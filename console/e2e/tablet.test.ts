import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { signIn, startBrowser, visit } from './support/browser.js';
import { create, draftOf, edit, talk } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

describe('a tablet', function () {
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

  async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
    const { x, y, width, height } = (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** Moves a finger from one place to another. Playwright can only tap. */
  async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', [from]);
    for (const part of [0.2, 0.5, 0.8, 1])
      await touch('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
    await touch('touchEnd', []);
    await session.detach();
  }

  it('adds a node by two taps, and connects it with a finger', async () => {
    const talking = talk('tablet', ['One']);
    await create(host, { ...talking, edges: talking.edges.filter(({ from }) => from === 'start') });
    const { page, errors } = await visit(browser, { viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: true });
    await signIn(page, host);
    const { card, says } = await edit(page, host, 'tablet');
    await page.locator('.palette').getByRole('button', { name: 'Send a message' }).tap();
    const canvas = await page.locator('#canvas').boundingBox();
    if (!canvas) throw new Error('there is no canvas');
    await page.touchscreen.tap(canvas.x + canvas.width / 2, canvas.y + canvas.height * 0.75);
    await says('Saved');
    const added = (await draftOf(host, 'tablet')).nodes.find(({ id }) => !['start', 'say1', 'end'].includes(id));
    expect(added?.type).to.equal('send-message');
    const id = added?.id ?? '';
    await drag(page, await middleOf(card('start').locator('.react-flow__handle.source').first()), await middleOf(card(id)));
    await page.getByRole('button', { name: 'Undo: Connect' }).waitFor();
    await says('Saved');
    expect((await draftOf(host, 'tablet')).edges.filter(({ from }) => from === 'start')).to.deep.equal([
      { from: 'start', port: 'next', to: id },
    ]);
    expect(errors).to.deep.equal([]);
  });
});
