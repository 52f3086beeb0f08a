import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { FlowDefinition } from '../../src/contract/index.js';
import { signIn, startBrowser, visit } from './support/browser.js';
import { type Host, startHost } from './support/host.js';

/** A flow that greets whoever writes its word. */
const greeting = (text: string): FlowDefinition => ({
  format: 'parley/1',
  code: 'greeting',
  name: 'Greeting',
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['greet'] } }],
  nodes: [
    { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
    { id: 'say', type: 'send-message', name: 'Say it', params: { message: { type: 'text', text } }, position: { x: 200, y: 0 } },
    { id: 'end', type: 'end', params: {}, position: { x: 560, y: 0 } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'say' },
    { from: 'say', port: 'next', to: 'end' },
  ],
});

describe('publishing in the console', function () {
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

  /** Opens the drawer and publishes. */
  async function publish(version: number): Promise<void> {
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: `Publish as version ${version}` }).click();
    await page.getByText(`Version ${version} is online`).waitFor();
  }

  it('binds the flow to the one channel that fits, and people are answered', async () => {
    await host.call('POST', '/flows', greeting('Hello from one'));
    await page.goto(`${host.url}/flows/greeting`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    expect(
      await page
        .getByRole('dialog')
        .getByRole('checkbox', { name: /demo-whatsapp/ })
        .isChecked(),
    ).to.equal(true);
    await page.keyboard.press('Escape');
    await publish(1);
    await host.say('491511000101', 'greet');
    expect((await host.heard('491511000101', 1)).map(({ text }) => text)).to.deep.equal(['Hello from one']);
  });

  it('says what is different against what is online, in the words of the form', async () => {
    const { headers } = await host.call('GET', '/flows/greeting/draft');
    await host.call('PUT', '/flows/greeting/draft', greeting('Hello from two'), { 'if-match': headers.get('etag') ?? '' });
    await page.goto(`${host.url}/flows/greeting`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const change = page.getByRole('listitem').filter({ hasText: 'Say it' });
    await change.waitFor();
    expect(await change.locator('del').textContent()).to.equal('Hello from one');
    expect(await change.locator('ins').textContent()).to.equal('Hello from two');
    await page.keyboard.press('Escape');
    await publish(2);
    await host.say('491511000102', 'greet');
    expect((await host.heard('491511000102', 1)).map(({ text }) => text)).to.deep.equal(['Hello from two']);
  });

  it('rolls back to an earlier version, which answers again', async () => {
    await page.goto(`${host.url}/flows/greeting?tab=history`);
    await page.getByRole('article').filter({ hasText: 'Version 1' }).getByRole('button', { name: 'Roll back…' }).click();
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    await page.getByText('Version 1 is online').waitFor();
    await host.say('491511000103', 'greet');
    expect((await host.heard('491511000103', 1)).map(({ text }) => text)).to.deep.equal(['Hello from one']);
  });

  it('names every reason at once, and leads to the node where it is mended', async () => {
    const broken = greeting('Hello {{ nobody');
    const tied = {
      ...broken,
      code: 'broken',
      name: 'Broken',
      triggers: [{ type: 'TriggeredByWhatsApp' as const, match: { keywords: ['greet'] } }],
    };
    await host.call('POST', '/flows', tied);
    await page.goto(`${host.url}/flows/broken`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByRole('button', { name: 'Say it' }).waitFor();
    await alert.getByText('greeting').waitFor();
    expect(await page.getByRole('button', { name: /Publish as version/ }).isDisabled()).to.equal(true);
    await alert.getByRole('button', { name: 'Say it' }).click();
    await page.waitForURL(`${host.url}/flows/broken?node=say`);
  });
});
