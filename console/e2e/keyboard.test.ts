import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { signIn, startBrowser, visit } from './support/browser.js';
import { draftOf, editingOf } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

/** No way by `Tab` to anything on a page is longer. */
const MAX_TABS = 60;

describe('the keyboard alone', function () {
  this.timeout(60_000);
  let host: Host;
  let browser: Browser;
  let page: Page;
  let errors: readonly string[];
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
    ({ page, errors } = await visit(browser));
    await signIn(page, host);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });
  afterEach(() => expect(errors).to.deep.equal([]));

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

  /** Goes on with `Tab` until the keyboard is there. */
  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let tabs = 0; tabs < MAX_TABS; tabs++) {
      if (await hasFocus(target)) return;
      await press('Tab');
    }
    throw new Error(`nothing leads by Tab to ${target}`);
  }

  /** Waits until the card of a node has the keyboard, which it gets with the next frames. */
  async function onCard(id: string): Promise<void> {
    await page.waitForFunction((node) => document.activeElement?.getAttribute('data-id') === node, id);
  }

  /** Adds a node behind the one that has the keyboard. Returns its id. */
  async function addNext(words: string, title: string): Promise<string> {
    await press('n');
    const picker = page.getByRole('dialog', { name: 'What happens next?' });
    await picker.waitFor();
    await page.keyboard.type(words);
    expect(await picker.getByRole('option', { selected: true }).textContent()).to.contain(title);
    await press('Enter');
    await picker.waitFor({ state: 'hidden' });
    return focusedCard(title);
  }

  /** Returns the id of the card that has the keyboard, once it is one with this title. */
  async function focusedCard(title: string): Promise<string> {
    const found = await page.waitForFunction((words) => {
      const card = document.activeElement;
      return card?.matches('.react-flow__node') && card.textContent?.includes(words) ? card.getAttribute('data-id') : null;
    }, title);
    return (await found.jsonValue()) ?? '';
  }

  /** Writes into a field of the form of the node that has the keyboard, and goes back to the canvas. */
  async function write(field: string, text: string): Promise<void> {
    const node = await page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? '');
    await press('Enter');
    const box = page.locator('#panel').getByRole('textbox', { name: field, exact: true });
    await tabTo(box);
    await page.keyboard.type(text);
    await press('Escape');
    await onCard(node);
  }

  it('begins a flow from the blank form', async () => {
    await page.goto(`${host.url}/new`);
    await tabTo(page.getByLabel('Name', { exact: true }));
    await page.keyboard.type('By keys');
    await tabTo(page.getByRole('combobox', { name: 'Words that start it' }));
    await page.keyboard.type('keys');
    await press('Enter');
    await tabTo(page.getByRole('button', { name: 'Begin to draw' }));
    await press('Enter');
    await page.waitForURL(/\/flows\//);
    await editingOf(page);
  });

  it('adds nodes one behind the other, and fills their texts', async () => {
    await press('Control+f');
    await page.getByRole('textbox', { name: 'Find in this flow' }).waitFor();
    await page.keyboard.type('start');
    await press('Enter', 'Escape');
    await onCard('start');
    await addNext('send a message', 'Send a message');
    await write('Text', 'How are you?');
    await addNext('wait for a response', 'Wait for a response');
    await addNext('send a message', 'Send a message');
    await write('Text', 'Good to hear, {{ contact.name }}');
    await press('Alt+ArrowRight');
    await focusedCard('End');
  });

  it('walks along the edges, connects a way out by its name, and takes steps back', async () => {
    const code = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const { says } = await editingOf(page);
    const end = await focusedCard('End');
    await press('Alt+ArrowLeft');
    await focusedCard('Good to hear');
    await press('Alt+ArrowLeft');
    await focusedCard('Wait for a response');
    await press('Alt+ArrowLeft');
    const message = await focusedCard('How are you?');
    await press('c');
    await page.getByRole('dialog', { name: 'Which way out?' }).waitFor();
    await page.keyboard.type('failed');
    await press('Enter');
    await page.getByRole('dialog', { name: /Where does “Failed” lead/ }).waitFor();
    await page.keyboard.type('end');
    await press('Enter');
    await onCard(message);
    await says('Saved');
    const leadsToEnd = async () => (await draftOf(host, code)).edges.some(({ from, to }) => from === message && to === end);
    expect(await leadsToEnd()).to.equal(true);
    await press('Control+z');
    await page.getByRole('button', { name: 'Redo: Connect' }).waitFor();
    await says('Saved');
    expect(await leadsToEnd()).to.equal(false);
    await press('Control+Shift+z');
    await page.getByRole('button', { name: 'Undo: Connect' }).waitFor();
    await says('Saved');
    expect(await leadsToEnd()).to.equal(true);
  });

  it('publishes, and people are answered', async () => {
    await tabTo(page.getByRole('button', { name: 'Publish', exact: true }));
    await press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Publish “By keys”' });
    const act = drawer.getByRole('button', { name: 'Publish as version 1' });
    await act.and(page.locator(':enabled')).waitFor();
    await tabTo(act);
    await press('Enter');
    await page.getByText('Version 1 is online').waitFor();
    await host.say('491511000201', 'keys');
    expect((await host.heard('491511000201', 1)).map(({ text }) => text)).to.deep.equal(['How are you?']);
    await host.say('491511000201', 'Very well');
    expect((await host.heard('491511000201', 2)).at(-1)?.text).to.equal('Good to hear, Ada');
  });
});
