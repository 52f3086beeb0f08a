import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { FlowDefinition } from '../../src/contract/flow.js';
import { seriousMistakes } from './support/accessibility.js';
import { signIn, startBrowser, visit } from './support/browser.js';
import { edit } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

const FLOW = {
  format: 'parley/1',
  code: 'tongues',
  name: 'Tongues',
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['tongues'] } }],
  settings: { locale: 'en' },
  nodes: [
    { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
    {
      id: 'ask',
      type: 'send-message',
      params: {
        message: {
          type: 'text',
          text: 'A table for',
          choices: [
            { id: 'two', title: 'Two' },
            { id: 'four', title: 'Four' },
          ],
        },
      },
      locales: { de: { '/message/text': 'Ein Tisch für', '/message/choices/1/title': 'Vier' } },
      translatedFrom: { de: { '/message/text': 'A desk for' } },
      position: { x: 300, y: 0 },
    },
    { id: 'end', type: 'end', params: {}, position: { x: 600, y: 0 } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'end' },
  ],
};

describe('translations in the editor', function () {
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

  it('are written beside their texts; a problem leads to them, and another language is added', async () => {
    expect((await host.call('POST', '/flows', FLOW)).status).to.equal(201);
    const { page, context, errors } = await visit(browser);
    await signIn(page, host);
    const { says } = await edit(page, host, 'tongues');
    const section = page.locator('#panel .panel-languages');
    await page.locator('.problems').click();
    await page.getByRole('menuitem', { name: /no translation into "de"/ }).click();
    await section.getByRole('heading', { name: 'German' }).waitFor();
    expect(await section.locator('summary').textContent()).to.include('1 text missing');
    await section.getByText('The text has changed. It was: A desk for').waitFor();
    await section.getByRole('textbox', { name: 'Message · Choices · 1 · Title' }).fill('Zwei');
    await section.getByRole('textbox', { name: 'Message · Text' }).fill('Ein Tisch für:');
    await section.getByText('The text has changed').waitFor({ state: 'detached' });
    await section.getByRole('combobox', { name: 'Code of a language' }).fill('ar');
    await section.getByRole('button', { name: 'Add language' }).click();
    await section.locator('[data-pointer="/locales/ar"]').getByRole('textbox', { name: 'Message · Text' }).fill('طاولة لـ');
    await says('Saved');
    expect(await seriousMistakes(page, '#panel')).to.deep.equal([]);
    const { nodes } = (await host.call<FlowDefinition>('GET', '/flows/tongues/draft')).body;
    expect(nodes[1]).to.deep.include({
      locales: {
        de: { '/message/text': 'Ein Tisch für:', '/message/choices/0/title': 'Zwei', '/message/choices/1/title': 'Vier' },
        ar: { '/message/text': 'طاولة لـ' },
      },
      translatedFrom: {
        de: { '/message/text': 'A table for', '/message/choices/0/title': 'Two' },
        ar: { '/message/text': 'A table for' },
      },
    });
    await context.close();
    expect(errors).to.deep.equal([]);
  });
});
