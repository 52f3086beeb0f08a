import { expect } from 'chai';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { FlowDefinition, FlowNode } from '../../src/contract/index.js';
import { signIn, startBrowser, visit } from './support/browser.js';
import { create, draftOf, type Editing, editingOf } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

/** The budgets of the design on a quiet machine, in milliseconds. */
const BUDGETS = { ready: 2_500, panFrame: 6, panFrameAll: 16, keystroke: 50, tidy: 4_000 } as const;
/** A shared machine under load may take so many times as long. Work is measured in CPU time, but caches and clocks are shared, too. */
const FACTOR = 4;
const NODES = 500;
/** How many frames are measured while the canvas moves. */
const FRAMES = 60;

/** A flow of rows with messages, waits and branches. */
function bigFlow(code: string, count: number): FlowDefinition {
  const inRow = 20;
  const nodes = Array.from({ length: count }, (_, i): FlowNode => {
    const position = { x: 200 + (i % inRow) * 320, y: Math.floor(i / inRow) * 300 };
    const id = `n${i}`;
    const text = `Message ${i}: a table for {{ contact.name }} is free. Which evening shall it be?`;
    if (i % 3 === 0) return { id, type: 'send-message', params: { message: { type: 'text', text } }, position };
    if (i % 3 === 1) return { id, type: 'wait-for-response', params: { saveAs: `answer${i}` }, position };
    return { id, type: 'set-variables', params: { set: [{ name: `seen${i}`, value: 'yes' }] }, position };
  });
  const ways = ['next', 'replied', 'next'];
  return {
    format: 'parley/1',
    code,
    name: 'Big',
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: [code] } }],
    nodes: [{ id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } }, ...nodes],
    edges: [
      { from: 'start', port: 'next', to: 'n0' },
      ...nodes.slice(1).map(({ id }, i) => ({ from: `n${i}`, port: ways[i % 3] ?? 'next', to: id })),
    ],
  };
}

/** What a page has worked: script, style and layout, in milliseconds. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  return 1_000 * (seconds('ScriptDuration') + seconds('RecalcStyleDuration') + seconds('LayoutDuration'));
}

describe(`a flow of ${NODES} nodes`, function () {
  this.timeout(90_000);
  let host: Host;
  let browser: Browser;
  let page: Page;
  let session: CDPSession;
  let errors: readonly string[];
  let editing: Editing;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
    ({ page, errors } = await visit(browser));
    await create(host, bigFlow('big', NODES));
    await signIn(page, host);
    session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });
  afterEach(() => expect(errors).to.deep.equal([]));

  function hold(name: keyof typeof BUDGETS, millis: number): void {
    console.log(`      ${name}: ${millis.toFixed(1)} ms, budget ${BUDGETS[name]} ms`);
    expect(millis, name).to.be.at.most(BUDGETS[name] * FACTOR);
  }

  /** Returns the work of a page for each frame while the wheel moves the canvas. */
  async function panning(): Promise<number> {
    const { x, y, width, height } = (await page.locator('#canvas').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(x + width / 2, y + height / 2);
    const before = await workOf(session);
    await page.evaluate(async (frames) => {
      const pane = document.querySelector('.react-flow__pane');
      const middle = { clientX: 700, clientY: 450, bubbles: true, cancelable: true };
      for (let frame = 0; frame < frames; frame++) {
        pane?.dispatchEvent(new WheelEvent('wheel', { ...middle, deltaX: frame < frames / 2 ? 25 : -25, deltaY: 0 }));
        await new Promise(requestAnimationFrame);
      }
    }, FRAMES);
    return ((await workOf(session)) - before) / FRAMES;
  }

  it('is ready soon after the click', async () => {
    await page.goto(host.url);
    const link = page.getByRole('link', { name: 'Big' });
    await link.waitFor();
    const clicked = performance.now();
    await link.click();
    editing = await editingOf(page);
    await page.locator('.save-word').getByText('Saved').waitFor();
    hold('ready', performance.now() - clicked);
  });

  it('moves within its budget, also with all nodes in view', async () => {
    hold('panFrame', await panning());
    await page.keyboard.press('Shift+1');
    await page.waitForFunction((count) => document.querySelectorAll('.react-flow__node').length > count, NODES);
    hold('panFrameAll', await panning());
  });

  it('takes a press of a key within its budget, with all nodes in view', async () => {
    await editing.card('n0').click();
    await editing.name.click();
    const text = 'Written with every node in view';
    const before = await workOf(session);
    await page.keyboard.type(text);
    await page.waitForFunction((words) => document.querySelector('.react-flow__node[data-id="n0"]')?.textContent?.includes(words), text);
    hold('keystroke', ((await workOf(session)) - before) / text.length);
    await editing.says('Saved');
  });

  it('is tidied up within its budget', async () => {
    await page.keyboard.press('Escape');
    const asked = performance.now();
    await page.keyboard.press('Shift+L');
    await page.getByRole('button', { name: 'Undo: Tidy up' }).waitFor();
    hold('tidy', performance.now() - asked);
    await editing.says('Saved');
  });

  it('takes 1 000 nodes from the clipboard, and can be worked with', async () => {
    const text = JSON.stringify(bigFlow('pasted', 1_000));
    const pasted = performance.now();
    await page.evaluate((data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', data);
      document.querySelector('#canvas')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await page.locator('#panel').getByText('1000 nodes').or(page.locator('#panel').getByText('1,000 nodes')).first().waitFor();
    console.log(`      pasted after ${(performance.now() - pasted).toFixed(0)} ms`);
    await editing.says('Saved');
    console.log(`      saved after ${(performance.now() - pasted).toFixed(0)} ms`);
    expect((await draftOf(host, 'big')).nodes).to.have.length(NODES + 1 + 1_000);
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: /^Redo: Paste/ }).waitFor();
    await editing.says('Saved');
    expect((await draftOf(host, 'big')).nodes).to.have.length(NODES + 1);
  });
});
