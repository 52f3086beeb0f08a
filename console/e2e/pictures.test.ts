import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { FlowDefinition } from '../../src/contract/index.js';
import { booking } from './support/booking.js';
import { signIn, startBrowser, visit } from './support/browser.js';
import { type Host, startHost } from './support/host.js';

const FOLDER = join(process.cwd(), 'docs/pictures');

// Not a test: it makes the pictures of README.md and docs/console.md. They are never compared.
if (process.env['PICTURES'])
  describe('pictures of the console', function () {
    this.timeout(120_000);
    let host: Host;
    let browser: Browser;
    let page: Page;
    before(async () => {
      mkdirSync(FOLDER, { recursive: true });
      [host, browser] = await Promise.all([startHost({ PARLEY_SECRET_BOOKING: 'not-shown' }), startBrowser()]);
      ({ page } = await visit(browser, { viewport: { width: 1440, height: 860 }, reducedMotion: 'reduce' }));
      await signIn(page, host);
      await host.call('POST', '/flows', booking);
      await host.call('PUT', '/flows/table-booking/channels', { channels: ['demo-whatsapp'] });
      const { status, body } = await host.call('POST', '/flows/table-booking/publish', { remark: 'First version' });
      expect(status, JSON.stringify(body)).to.equal(200);
    });
    after(async () => {
      await browser?.close();
      await host?.stop();
    });

    const picture = async (name: string) => {
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(FOLDER, `console-${name}.png`), animations: 'disabled', caret: 'hide' });
    };
    const open = async (path: string) => {
      await page.goto(`${host.url}${path}`);
      await page.getByRole('main').first().waitFor();
    };

    it('the editor', async () => {
      await page.setViewportSize({ width: 1760, height: 900 });
      await open('/flows/table-booking?node=wish');
      await page.getByText('Welcome', { exact: true }).click();
      await page.getByRole('textbox', { name: 'Text' }).waitFor();
      await picture('editor');
      await page.setViewportSize({ width: 1440, height: 860 });
    });

    it('the editor in dark, and what can happen next', async () => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await open('/flows/table-booking?node=wish');
      await page.getByText('Book a table').first().waitFor();
      await page.keyboard.press('n');
      await page.getByRole('heading', { name: 'What happens next?' }).or(page.getByText('What happens next?')).first().waitFor();
      await picture('next');
      await page.keyboard.press('Escape');
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('the list of flows, and a new one', async () => {
      await open('/');
      await page.getByText('Table booking').waitFor();
      await picture('flows');
      await open('/new');
      await page.getByRole('article').first().locator('svg').waitFor();
      await picture('new');
    });

    it('what a publish changes, and the history', async () => {
      const { headers } = await host.call('GET', '/flows/table-booking/draft');
      const changed = await host.call('PUT', '/flows/table-booking/draft', edited(booking), { 'if-match': headers.get('etag') ?? '' });
      expect(changed.status).to.equal(200);
      await open('/flows/table-booking');
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await page.getByRole('listitem').filter({ hasText: 'Booked' }).waitFor();
      await picture('publish');
      await page.keyboard.press('Escape');
      await open('/flows/table-booking?tab=history');
      await page.getByText('Version 1').first().waitFor();
      await picture('history');
    });

    it('a channel', async () => {
      await open('/channels/demo-whatsapp');
      await page.getByText('Webhook address').first().waitFor();
      await picture('channel');
    });
  });

/** Another text, and a longer wait. */
function edited(flow: FlowDefinition): FlowDefinition {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => {
      if (node.id === 'booked')
        return { ...node, params: { message: { type: 'text', text: 'Table {{ table }} is yours at eight. See you soon!' } } };
      return node.id === 'wish' ? { ...node, params: { ...node.params, timeout: { value: 1, unit: 'hours' } } } : node;
    }),
  };
}
