import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { signIn, startBrowser, visit } from './support/browser.js';
import { type Host, startHost } from './support/host.js';

const ADA = '491511000201';

describe('a newcomer', function () {
  this.timeout(90_000);
  let host: Host;
  let browser: Browser;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  it('opens the printed link, takes a template, changes a text, publishes it, and is answered', async () => {
    const { page, context, errors } = await visit(browser);
    await page.goto(host.link);
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByRole('article', { name: 'Welcome', exact: true }).getByRole('button', { name: 'Take this template' }).click();
    await page.waitForURL(/\/flows\/welcome-\d$/);

    // The demo has a flow with the same words, so this one begins with another.
    const words = page.locator('#panel').getByRole('combobox', { name: /^Keywords/ });
    await words.click();
    for (const _ of ['start', 'hello', 'hi']) await page.keyboard.press('Backspace');
    await words.fill('table');
    await page.keyboard.press('Enter');

    await page.getByText('Ask the name').click();
    const text = page.getByRole('textbox', { name: 'Text' }).first();
    await text.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Good evening! Who is it?');
    await page.getByText('Saved', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: 'Publish as version 1' }).click();
    await page.getByText('Version 1 is online').waitFor();
    await host.say(ADA, 'table');
    expect((await host.heard(ADA, 1)).map((message) => message.text)).to.deep.equal(['Good evening! Who is it?']);
    await context.close();
    expect(errors).to.deep.equal([]);
  });

  it('draws a first flow on an empty canvas, in the time zone and the language of the browser', async () => {
    const { page, context, errors } = await visit(browser, { locale: 'en-GB', timezoneId: 'Asia/Tokyo' });
    await signIn(page, host);
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByLabel('Name', { exact: true }).fill('First steps');
    await page.getByRole('combobox', { name: 'Words that start it' }).fill('first');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Begin to draw' }).click();
    await page.waitForURL(/\/flows\/first-steps$/);
    const { body } = await host.call<{ settings: object }>('GET', '/flows/first-steps/draft');
    expect(body.settings).to.deep.equal({ timeZone: 'Asia/Tokyo', locale: 'en-GB' });
    await context.close();
    expect(errors).to.deep.equal([]);
  });

  it('who drops a broken file is told where it is broken, and one with problems finds each at its field', async () => {
    const { page, context, errors } = await visit(browser);
    await signIn(page, host);
    await page.getByRole('link', { name: 'New flow' }).waitFor();
    const choose = async (name: string, content: string) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Import' }).click();
      await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    };
    await choose('cut.json', '{\n  "format": "parley/1",\n  "code": ');
    await page.getByRole('alert').getByText('This is not valid JSON.').waitFor();
    await choose('other.json', '{ "format": "parley/1", "code": "x", "nodes": 7 }');
    await page.getByRole('alert').getByText('/nodes').first().waitFor();
    const broken = {
      format: 'parley/1',
      code: 'mendable',
      name: 'Mendable',
      triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['mend'] } }],
      nodes: [
        { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
        {
          id: 'say',
          type: 'send-message',
          name: 'Say it',
          params: { message: { type: 'text', text: 'Hello {{ nobody' } },
          position: { x: 200, y: 0 },
        },
        { id: 'end', type: 'end', params: {}, position: { x: 560, y: 0 } },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'say' },
        { from: 'say', port: 'next', to: 'end' },
      ],
    };
    await choose('mendable.json', JSON.stringify(broken));
    await page.waitForURL(/\/flows\/mendable$/);
    await page.getByText('Say it').click();
    await page
      .locator('#panel')
      .getByText(/not closed/)
      .first()
      .waitFor();
    await context.close();
    expect(errors).to.deep.equal([]);
  });
});
