import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { startBrowser, visit } from './support/browser.js';
import { type Host, startHost } from './support/host.js';

const ADA = '491511000301';

describe('drawing by mouse', function () {
  this.timeout(90_000);
  let host: Host;
  let browser: Browser;
  let page: Page;
  let errors: readonly string[];
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
    ({ page, errors } = await visit(browser, { reducedMotion: 'reduce' }));
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  /** Returns the middle of what is shown, once it stands still. */
  async function middleOf(shown: Locator): Promise<{ readonly x: number; readonly y: number }> {
    for (let last = ''; ; ) {
      const box = await shown.boundingBox();
      if (box && JSON.stringify(box) === last) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      last = JSON.stringify(box);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }
  const card = (words: string) => page.locator('.react-flow__node').filter({ hasText: words });
  const port = (words: string, name: string) => card(words).locator(`[data-handleid="${name}"]`);

  /** Drags with the mouse, in steps as a hand does. */
  async function drag(from: Locator, to: { readonly x: number; readonly y: number }): Promise<void> {
    const { x, y } = await middleOf(from);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.mouse.up();
  }

  /** Chooses in the picker what happens next. */
  async function pick(words: string): Promise<void> {
    const picker = page.getByRole('heading', { name: 'What happens next?' });
    await picker.waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await picker.waitFor({ state: 'hidden' });
  }

  /** Adds a node on the edge that ends at the end. */
  async function addBeforeEnd(words: string): Promise<void> {
    const { x, y } = await middleOf(page.getByRole('group', { name: /→ End$/ }).getByRole('button', { name: 'Add a node here' }));
    await page.mouse.click(x, y);
    await pick(words);
  }

  async function write(text: string): Promise<void> {
    await page.locator('#panel').getByRole('textbox', { name: 'Text' }).first().click();
    await page.keyboard.type(text);
  }

  /** Fills in a branch: its title, and the answer for which it is taken. */
  async function writeBranch(place: number, title: string, answer: string): Promise<void> {
    const row = page.locator('#panel').getByRole('list', { name: 'Branches' }).locator('> li').nth(place);
    await row.getByRole('textbox', { name: /^Title of branch/ }).fill(title);
    await row.getByRole('textbox', { name: 'Variable' }).click();
    await page.keyboard.type('answ');
    await page.getByRole('option', { name: /^answer/ }).click();
    await row.getByRole('textbox', { name: 'Value' }).click();
    await page.keyboard.type(answer);
  }

  it('makes a menu with three ways, which answers people by their choice', async () => {
    await page.goto(host.link);
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Bella Vista');
    await page.getByRole('combobox', { name: 'Words that start it' }).fill('menu');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Begin to draw' }).click();
    await page.waitForURL(/\/flows\/bella-vista$/);

    await addBeforeEnd('whatsapp');
    await write('What can we do for you?');
    for (const choice of ['Opening hours', 'Book a table', 'Speak to us']) {
      await page.locator('#panel').getByRole('button', { name: 'Add a choice' }).click();
      await page.keyboard.type(choice);
    }
    await addBeforeEnd('wait for');
    await addBeforeEnd('branch');
    await page.getByRole('button', { name: 'Show everything' }).click();
    const places = await Promise.all(['What can we do', 'Wait for', 'Branch'].map(async (words) => (await middleOf(card(words))).x));
    // Each stands behind the one before it, though there was no space between it and the end.
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    await writeBranch(0, 'Hours', 'Opening hours');
    await page.locator('#panel').getByRole('button', { name: 'Add a branch' }).click();
    await writeBranch(1, 'Table', 'Book a table');

    await page.getByRole('button', { name: 'Show everything' }).click();
    const branch = await middleOf(card('Branch'));
    await drag(port('Branch', 'table'), { x: branch.x, y: branch.y + 120 });
    await pick('whatsapp');
    await write('For how many people?');
    await page.getByRole('button', { name: 'Show everything' }).click();
    const table = await middleOf(card('For how many'));
    await drag(port('Branch', 'else'), { x: table.x - 200, y: table.y + 120 });
    await pick('whatsapp');
    await write('A colleague writes to you.');
    await addBeforeEnd('whatsapp');
    await write('We are open from 10 to 22.');

    await page.getByRole('button', { name: 'Show everything' }).click();
    for (const words of ['For how many', 'A colleague'])
      await drag(port(words, 'next'), await middleOf(page.getByRole('group', { name: 'End', exact: true })));
    await page.getByRole('button', { name: 'Tidy up' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: 'Publish as version 1' }).click();
    await page.getByText('Version 1 is online').waitFor();
    await host.say(ADA, 'menu');
    await host.heard(ADA, 1);
    await host.say(ADA, 'Book a table');
    expect((await host.heard(ADA, 2)).map(({ text }) => text)).to.deep.equal(['What can we do for you?', 'For how many people?']);
    const { body } = await host.call<{ edges: readonly { to: string }[] }>('GET', '/flows/bella-vista/draft');
    expect(body.edges.filter(({ to }) => to === 'end')).to.have.lengthOf(3);
    expect(errors).to.deep.equal([]);
  });
});
