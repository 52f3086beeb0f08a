import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { FlowDefinition } from '../../src/contract/flow.js';
import { seriousMistakes } from './support/accessibility.js';
import { signIn, startBrowser, type Visit, visit } from './support/browser.js';
import { type Host, startHost } from './support/host.js';

/** A flow with a node of every kind of form: what they hold does not matter. */
const FLOW = {
  format: 'parley/1',
  code: 'forms',
  name: 'Forms',
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['table'] } }, { type: 'TriggeredByFlow' }],
  variables: [{ name: 'guests', type: 'number', input: true, default: 2 }],
  settings: { timeZone: 'Europe/Berlin' },
  nodes: [
    { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
    {
      id: 'ask',
      type: 'send-message',
      params: { message: { type: 'text', text: 'A table for', choices: [{ id: 'two', title: 'Two' }] } },
      position: { x: 300, y: 0 },
    },
    {
      id: 'which',
      type: 'conditional-branch',
      params: {
        branches: [
          {
            name: 'many',
            title: 'Many',
            when: {
              all: [{ variable: 'guests', operator: 'numberGreaterThan', value: 6 }, { not: { variable: 'guests', operator: 'exists' } }],
            },
          },
        ],
      },
      position: { x: 600, y: 0 },
    },
    { id: 'remember', type: 'set-variables', params: { set: [{ name: 'guests', value: 4, type: 'number' }] }, position: { x: 900, y: 0 } },
    { id: 'call', type: 'http-request', params: { url: 'https://example.com', body: { json: { a: 1 } } }, position: { x: 1200, y: 0 } },
    { id: 'pause', type: 'wait', params: { until: { time: '09:00', days: ['mon'] } }, position: { x: 1500, y: 0 } },
    { id: 'end', type: 'end', params: {}, position: { x: 1800, y: 0 } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'which' },
    { from: 'which', port: 'many', to: 'remember' },
    { from: 'remember', port: 'next', to: 'call' },
    { from: 'call', port: 'next', to: 'pause' },
    { from: 'pause', port: 'next', to: 'end' },
  ],
};

describe('forms in the editor', function () {
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

  /** Opens a node of a flow of its own. */
  async function opened(code: string, options: { colorScheme?: 'light' | 'dark' } = {}): Promise<Visit> {
    const made = await host.call('POST', '/flows', { ...FLOW, code });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    const one = await visit(browser, options);
    await signIn(one.page, host);
    await open(one.page, { code, node: 'ask' });
    return one;
  }

  async function open(page: Page, { code, node }: { readonly code: string; readonly node: string }): Promise<void> {
    await page.goto(`${host.url}/flows/${code}?node=${node}`);
    await page.locator('#panel .form').waitFor({ state: 'attached' });
  }

  const textOf = (page: Page) => page.locator('#panel [data-pointer="/params/message/text"] [role="textbox"]');
  const draft = async () => (await host.call<FlowDefinition>('GET', '/flows/completion/draft')).body;
  const saved = (page: Page) => page.getByText('Saved', { exact: true }).waitFor();

  for (const colorScheme of ['light', 'dark'] as const)
    it(`have no serious mistake of accessibility, ${colorScheme}`, async () => {
      const { page, context, errors } = await opened(colorScheme, { colorScheme });
      for (const id of colorScheme === 'light' ? ['ask', 'which', 'remember', 'call', 'pause', 'end'] : ['ask', 'which']) {
        await open(page, { code: colorScheme, node: id });
        const more = page.locator('#panel .word-button', { hasText: ' more: ' });
        while ((await more.count()) > 0) await more.first().click();
        expect(await seriousMistakes(page, '#panel'), id).to.deep.equal([]);
      }
      await context.close();
      expect(errors).to.deep.equal([]);
    });

  it('complete a variable, and undo what was written with the undo of the flow', async () => {
    const { page, context, errors } = await opened('completion');
    const text = textOf(page);
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' {{ gue');
    await page.getByRole('option', { name: 'guests' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#panel .template-pill')?.textContent === '{{ guests }}');
    await saved(page);
    expect((await draft()).nodes[1]?.params['message']).to.include({ text: 'A table for {{ guests }}' });
    for (let step = 0; step < 3 && (await text.textContent()) !== 'A table for'; step++) await page.keyboard.press('Control+z');
    expect(await text.textContent()).to.equal('A table for');
    await context.close();
    expect(errors).to.deep.equal([]);
  });

  it('keep what two kinds of messages have, as one step', async () => {
    const { page, context } = await opened('kinds');
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'Picture' }).click();
    await page.getByLabel('Caption').waitFor();
    expect(await textOf(page).textContent()).to.equal('A table for');
    await textOf(page).click();
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => !document.querySelector('#panel [data-pointer="/params/message/url"]'));
    expect(await page.locator('#panel .choice').count()).to.equal(1);
    await context.close();
  });

  it('take every letter of a plain field, the first one included', async () => {
    const { page, context } = await opened('letters');
    await open(page, { code: 'letters', node: 'which' });
    const title = page.getByLabel('Title of branch 1');
    await title.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' guests');
    expect(await title.inputValue()).to.equal('Many guests');
    await page.locator('#panel .choice-id', { hasText: 'many-guests' }).waitFor();
    await saved(page);
    const { edges, nodes } = (await host.call<FlowDefinition>('GET', '/flows/letters/draft')).body;
    expect(nodes[2]?.params['branches']).to.have.nested.property('[0].name', 'many-guests');
    expect(edges).to.deep.include({ from: 'which', port: 'many-guests', to: 'remember' });
    await context.close();
  });

  it('let the id of a choice follow its title, and Enter begin the next one', async () => {
    const { page, context } = await opened('choices');
    await page.locator('#panel .choice [role="textbox"]').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.locator('#panel .choice:nth-child(2) [role="textbox"]:focus').waitFor();
    await page.keyboard.type('Four people');
    await page.locator('#panel .choice-id', { hasText: 'four-people' }).waitFor();
    await page.getByText('keyboard').waitFor();
    await context.close();
  });
});
