import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { FlowDefinition, FlowNode } from '../../src/contract/index.js';
import { caseParams } from '../test/flow/support/cases.js';
import { descriptors } from '../test/flow/support/descriptors.js';
import { signIn, startBrowser, visit } from './support/browser.js';
import { type Host, startHost } from './support/host.js';

/** Words that are wrapped in different ways. */
const TEXTS = [
  'Short',
  'A table for {{ guests }} at {{ time }} on {{ day | date: "%d.%m." }}. Please write back soon, {{ customerName }}, or it is gone!',
  'Averyveryveryveryveryveryveryverylongwordwithoutblanks https://example.com/a/very/long/address/that/does/not/end?x=1',
  'One\nTwo\n\nThree\nFour\nFive',
  'Grüße aus München – wir haben für Sie reserviert, und zwar einen Tisch für vier Personen.',
  'مرحبا كيف حالك اليوم؟ نحن سعداء جدا برؤيتك هنا',
  '日本語のテキストは空白がないので、どこでも改行できます。とても長い文章です。',
  '👍 Emoji 🎉 are wider than letters 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉',
  '{{ aVeryLongVariableNameThatDoesNotFitIntoTheLineOfABubble }} and more',
  '  leading and   many   blanks  ',
  'Ends with a blank line\n',
  '',
];

/** A node of each kind of card: pictures, words, choices, lines, rows, and none of these. */
const NODES: readonly Pick<FlowNode, 'type' | 'name' | 'params'>[] = [
  ...TEXTS.map((text, i) => ({
    type: 'send-message',
    ...(i % 2 === 0 ? { name: 'With a name' } : {}),
    params: { message: { type: 'text', text, ...(i % 3 === 0 ? { choices: choices(i + 1) } : {}) } },
  })),
  { type: 'send-message', params: { message: { type: 'image', url: 'https://example.com/{{ x }}.png', text: 'A picture' } } },
  {
    type: 'send-message',
    params: { message: { type: 'document', url: 'https://example.com/a.pdf', fileName: 'menu.pdf', text: 'Our menu' } },
  },
  { type: 'send-whatsapp-message', params: { message: { type: 'text', text: 'Hi' }, notRead: { after: { value: 1, unit: 'hours' } } } },
  { type: 'wait-for-response', params: { timeout: { value: 10, unit: 'minutes' }, timeoutBranch: true, saveAs: 'answer' } },
  {
    type: 'conditional-branch',
    params: { branches: ['a', 'b', 'c'].map((name) => ({ name, when: { variable: 'v', operator: 'exists' } })) },
  },
  { type: 'set-variables', params: { set: ['a', 'b', 'c', 'd'].map((name) => ({ name, value: `{{ ${name} }}` })) } },
  { type: 'http-request', params: { method: 'POST', url: 'https://booking.example.com/v1/tables/{{ table }}/reservations?day={{ day }}' } },
  { type: 'wait', params: { until: { time: '09:00', to: '17:00', days: ['mon', 'tue'] } } },
  { type: 'call-flow', params: { flow: '' } },
  { type: 'call-flow', params: { flow: '', timeout: { value: 5, unit: 'minutes' } } },
  { type: 'end', params: { message: { type: 'text', text: 'Goodbye' }, outputs: [{ name: 'result', value: '{{ answer }}' }] } },
  { type: 'end', params: {} },
  { type: 'of-another-host', params: {} },
];

function choices(count: number) {
  return Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title: i === 1 ? '{{ title }}' : `Choice ${i}` }));
}

const allKinds: FlowDefinition = {
  format: 'parley/1',
  code: 'all-kinds',
  name: 'All kinds',
  triggers: [{ type: 'TriggeredManually' }],
  nodes: [
    { id: 'start', type: 'start', params: {}, position: { x: -300, y: 0 } },
    ...NODES.map((node, i) => ({ ...node, id: `n${i}`, position: { x: (i % 7) * 280, y: Math.floor(i / 7) * 300 } })),
  ],
  edges: [],
};

/** Cards outside of the view are not drawn, and so many fit into it. */
const IN_VIEW = 120;

/** Each type as it is added, and with the params of all of its cases. */
const casesOfAll = [...descriptors].flatMap(([type, { blank }]) =>
  [...new Set([blank.params, ...(caseParams.get(type) ?? [])].map((params) => JSON.stringify(params)))].map((params) => ({
    type,
    params: JSON.parse(params) as FlowNode['params'],
  })),
);
const allCases: readonly FlowDefinition[] = Array.from({ length: Math.ceil(casesOfAll.length / IN_VIEW) }, (_, part) => ({
  format: 'parley/1',
  code: `all-cases-${part + 1}`,
  name: 'All cases',
  triggers: [{ type: 'TriggeredManually' }],
  nodes: casesOfAll
    .slice(part * IN_VIEW, (part + 1) * IN_VIEW)
    .map((node, i) => ({ ...node, id: `n${i}`, position: { x: (i % 14) * 280, y: Math.floor(i / 14) * 320 } })),
  edges: [],
}));

describe('the sizes of cards in the console', function () {
  this.timeout(60_000);
  let host: Host;
  let browser: Browser;
  let page: Page;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
    // Cards outside of the view are not drawn.
    ({ page } = await visit(browser, { viewport: { width: 2600, height: 1600 } }));
    await signIn(page, host);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  const templates = readdirSync('templates')
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(`templates/${file}`, 'utf8')) as FlowDefinition);
  for (const flow of [...templates, allKinds, ...allCases])
    it(`are known before the cards of ${flow.code} are drawn`, async () => {
      const code = `${flow.code}-cards`;
      await host.call('POST', '/flows', { ...flow, code });
      await page.goto(`${host.url}/flows/${code}`);
      await page.locator('.react-flow__node').first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      await page.keyboard.press('Shift+1');
      await page.waitForFunction((count) => document.querySelectorAll('.react-flow__node').length === count, flow.nodes.length);
      const cards = await page.evaluate(measureCards);
      expect(cards.filter(({ given, natural }) => Math.abs(given - natural) > 2)).to.deep.equal([]);
      // Words are cut only at the end of the last line that a card may have.
      const wrong = cards.flatMap(({ id, lines }) => lines.filter(({ shown, all, max }) => shown !== Math.min(all, max)).map(() => id));
      expect(wrong).to.deep.equal([]);
    });
});

/** Runs in the page. Returns the height that each card has been given, and the one that it would take by itself, and likewise for lines of words. */
function measureCards() {
  // Far away, words are hidden.
  document.querySelector('#canvas')?.classList.remove('is-far');
  return [...document.querySelectorAll<HTMLElement>('.react-flow__node')].map((node) => {
    const card = node.querySelector<HTMLElement>('.card') as HTMLElement;
    const lines = [...card.querySelectorAll<HTMLElement>('.card-lines')].map((words) => {
      const shown = words.offsetHeight;
      const { cssText } = words.style;
      words.style.cssText += '; display: block; -webkit-line-clamp: none';
      const all = words.offsetHeight;
      words.style.cssText = cssText;
      return { shown: shown / 17, all: all / 17, max: words.closest('.card-bubble') ? 4 : 2 };
    });
    const given = card.offsetHeight;
    const { height } = card.style;
    card.style.height = 'auto';
    const natural = card.offsetHeight;
    card.style.height = height;
    return { id: node.dataset['id'], given, natural, lines };
  });
}
