import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { newAllowance } from '../../src/template/steps.js';
import { createTemplates } from '../../src/template/templates.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp } from '../support/test-app.js';

const MOST_TEXT = 250_000;
/** What one template may take, and the one step too many that ends it. */
const MOST_STEPS = 2_300_000;

const numbers = Array.from({ length: 20_000 }, (_, i) => String(i));
const BOMBS: readonly (readonly [what: string, template: string, data?: Readonly<Record<string, Json>>])[] = [
  ['a large range', '{% for i in (1..100000000) %}x{% endfor %}'],
  ['a range as a value', '{{ (1..100000000) }}'],
  ['a range that is joined', '{{ (1..100000000) | join: "" | size }}'],
  ['loops in loops', `${'{% for i in (1..1000) %}'.repeat(4)}x${'{% endfor %}'.repeat(4)}`],
  ['loops in loops that say nothing', '{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}'],
  ['rows of a table', '{% tablerow i in (1..10000000) %}x{% endtablerow %}'],
  [
    'a text that is doubled by append',
    '{% assign s = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
  ],
  [
    'a text that is doubled by capture',
    '{% assign s = "xxxxxxxxxx" %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{{ s }}',
  ],
  [
    'a large capture that is looked into',
    '{% capture s %}{% for i in (1..2000) %}{{ x }}{% endfor %}{% endcapture %}{% if s contains "y" %}y{% endif %}',
    { x: 'x'.repeat(200_000) },
  ],
  [
    'a text that is replaced by itself',
    '{% assign s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" %}{% for i in (1..10) %}{% assign s = s | replace: "a", s %}{% endfor %}{{ s }}',
  ],
  [
    'a list that is doubled',
    '{% assign a = x %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}{{ a | size }}',
    { x: [1, 2] },
  ],
  [
    'a list that holds itself',
    '{% assign a = "a" | split: "" %}{% for i in (1..40) %}{% assign a = a | push: a | push: a %}{% endfor %}{{ a | json }}',
  ],
  ['thousands of levels', `${'{% if true %}'.repeat(5_000)}x${'{% endif %}'.repeat(5_000)}`],
  ['levels in a liquid tag', `{% liquid\n${'if true\n'.repeat(9_000)}echo x\n${'endif\n'.repeat(9_000)}%}`],
  ['brackets in brackets', `{{ ${'a['.repeat(20_000)}1${']'.repeat(20_000)} }}`],
  ['thousands of filters', `{{ x ${'| upcase '.repeat(20_000)}}}`, { x: 'x'.repeat(1_000) }],
  ['thousands of outputs', '{{ x }}{{ y }} '.repeat(10_000), { x: 'x'.repeat(200_000) }],
  ['plain outputs of a large text', '{{ x }}'.repeat(2_000), { x: 'x'.repeat(200_000) }],
  ['a wide number', '{% for i in (1..1000) %}{{ "now" | date: "%100000000d" }}{% endfor %}'],
  ['an expression for each of many items', '{{ x | where_exp: "i", "x contains i" | size }}', { x: numbers }],
  ['the same, grouped', '{{ x | group_by_exp: "i", "x contains i" | size }}', { x: numbers }],
  ['the same, to find one', '{{ x | find_exp: "i", "x contains i and false" | size }}', { x: numbers }],
  ['a list that is looked through for each of its items', '{% for i in x %}{% if x contains i %}{% endif %}{% endfor %}', { x: numbers }],
  [
    'a case with thousands of values',
    `{% for i in (1..100000) %}{% case i %}${'{% when 1,2,3,4,5,6,7,8,9 %}x'.repeat(500)}{% endcase %}{% endfor %}`,
  ],
  [
    'a case that compares large lists',
    `{% case x %}${'{% when y,y %}x'.repeat(400)}{% endcase %}{% for i in (1..9) %}{% if x == y %}{% endif %}{% endfor %}`.repeat(2),
    { x: [numbers], y: [[...numbers, '']] },
  ],
  ['an if with hundreds of branches', `{% for i in (1..100000) %}{% if false %}${'{% elsif false %}'.repeat(900)}{% endif %}{% endfor %}`],
  [
    'an unless with hundreds of branches',
    `{% for i in (1..100000) %}{% unless true %}${'{% elsif false %}'.repeat(900)}{% endunless %}{% endfor %}`,
  ],
  ['a cycle of thousands of texts', `{% for i in (1..100000) %}{% cycle ${'"a",'.repeat(4_000)}"b" %}{% endfor %}`],
  ['names of days', '{% for i in (1..100000) %}{% assign y = "now" | date: "%A %B %c %x" %}{% endfor %}'],
  ['texts that are encoded', '{% for i in (1..100000) %}{% assign y = x | url_encode %}{% endfor %}', { x: 'é'.repeat(64_000) }],
  ['conditions of thousands of words', `{% for i in (1..100000) %}{% if ${'1 == 1 and '.repeat(900)}true %}{% endif %}{% endfor %}`],
  [
    'an expression that is read again and again',
    `{% for i in (1..100000) %}{% assign y = x | find_exp: "k", "${'true and '.repeat(200)}k" %}{% endfor %}`,
    { x: ['a'] },
  ],
  [
    'a path that is read again and again',
    `{% for i in (1..100000) %}{% assign y = x | where: "${'a.'.repeat(900)}k" %}{% endfor %}`,
    { x: ['a'] },
  ],
  ['a list that is copied for each of its items', '{% for i in x %}{% for j in x %}{% break %}{% endfor %}{% endfor %}', { x: numbers }],
  ['a list that is shown hundreds of times', '{{ x }}'.repeat(900), { x: numbers }],
  ['a loud JSON', '{{ x | json: 10 }}', { x: numbers.map((one) => [[[one]]]) }],
];

describe('Liquid bombs', () => {
  for (const [what, template, data = {}] of BOMBS) {
    it(`${what}: an empty text and a warning, after a bounded number of steps`, () => {
      for (const kind of ['text', 'value'] as const) {
        const warnings: string[] = [];
        const allowance = newAllowance();
        const before = allowance.steps;
        const made = createTemplates()[kind](template, { ...scopeOf(data, warnings), allowance });
        expect(before - allowance.steps, kind).to.be.at.most(MOST_STEPS);
        if (made === '') expect(warnings, kind).to.have.length.of.at.least(1);
        else expect(JSON.stringify(made).length, kind).to.be.at.most(MOST_TEXT);
        if (kind === 'text') expect(String(made).length).to.be.at.most(MOST_TEXT);
      }
    });
  }

  for (const [what, template] of [
    ['tags', (count: number) => '{% if x %}{% endif %}'.repeat(count / 2)],
    ['outputs', (count: number) => '{{ x | upcase }}'.repeat(count)],
    ['lines of a liquid tag', (count: number) => `{% liquid\n${'echo x\n'.repeat(count)}%}`],
  ] as const)
    it(`a template has a thousand ${what} at most`, () => {
      const refusals = [980, 1_010].map((count) => {
        const warnings: string[] = [];
        createTemplates().text(template(count), scopeOf({ x: 'y' }, warnings));
        return warnings.length;
      });
      expect(refusals).to.deep.equal([0, 1]);
    });

  it('a thousand of them in one turn use up the steps of the turn, and the run goes on', async () => {
    const host = await startTestApp();
    const config = { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9' };
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config });
    const loops = '{% for i in (1..1000) %}{% for j in (1..1000) %}{{ i | times: j }}{% endfor %}{% endfor %}';
    const set = Array.from({ length: 100 }, (_, i) => ({ name: `v${i}`, value: `${i}${loops}` }));
    const names = Array.from({ length: 10 }, (_, i) => `bombs${i}`);
    const flow = {
      ...aFlow('bombs'),
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        ...names.map((id) => ({ id, type: 'set-variables', version: 1, params: { set } })),
        { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 600, unit: 'seconds' }, timeoutBranch: true } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        ...['start', ...names].map((from, i) => ({ from, port: 'next', to: names[i] ?? 'wait' })),
        { from: 'wait', port: 'replied', to: 'end' },
        { from: 'wait', port: 'notReplied', to: 'end' },
      ],
    };
    expect((await host.call('POST', '/api/flows', flow)).json.problems).to.deep.equal([]);
    await host.call('PUT', '/api/flows/bombs/channels', { channels: ['wa'] });
    expect((await host.call('POST', '/api/flows/bombs/publish', {})).status).to.equal(200);
    const started = await host.call('POST', '/api/flows/bombs/trigger', { contact: { identity: 'whatsapp:4915112345678' }, channel: 'wa' });
    const { runs } = (await host.call('GET', `/api/sessions/${started.json.sessionId}`)).json;
    expect([started.json.status, runs[0].frames[0].node]).to.deep.equal(['started', 'wait']);
    const { items } = (await host.call('GET', `/api/sessions/${started.json.sessionId}/turns`)).json;
    const details = items[0].warnings.map(({ detail }: { readonly detail: string }) => detail);
    expect(
      details.filter((detail: string) => detail.endsWith('the templates of this turn have used all their steps')),
    ).to.have.length.above(900);
    await host.app.stop();
  });
});

function scopeOf(data: Readonly<Record<string, Json>>, warnings: string[]) {
  return {
    data,
    now: '2026-11-24T09:00:00.000Z',
    timeZone: 'UTC',
    random: () => 0.5,
    warn: (code: string) => void warnings.push(code),
  };
}
