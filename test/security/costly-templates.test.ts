import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import type { Json } from '../../src/contract/index.js';
import { createHardenedLiquid } from '../../src/template/hardened-liquid.js';
import { newAllowance } from '../../src/template/steps.js';
import { createTemplates } from '../../src/template/templates.js';
import { aFlow, START } from '../support/builders.js';
import { firstTurn } from '../support/play-alone.js';

const filled = (piece: string, length = 64_000) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** What one template may take, and the one step too many that ends it. */
const MOST_STEPS = 2_300_000;

interface Filled {
  readonly text: string;
  readonly codes: readonly string[];
  readonly steps: number;
}

/** Fills a text with data, and tells the text, the codes of the warnings and the steps taken. */
function fill(source: string, data: Readonly<Record<string, Json>> = {}): Filled {
  const codes: string[] = [];
  const allowance = newAllowance();
  const before = allowance.steps;
  const scope = { data, now: START, timeZone: 'UTC', random: () => 0.5, warn: (code: string) => void codes.push(code), allowance };
  const text = createTemplates().text(source, scope);
  return { text, codes, steps: before - allowance.steps };
}

const GROWING = "{% assign a = 'x' | split: '' %}{% for i in (1..60) %}{% assign a = a | push: a %}{% endfor %}";
const RUNNING_OUT: Readonly<Record<string, string>> = {
  'nested loops': '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{{ i }}{% endfor %}{% endfor %}{% endfor %}',
  'nested loops of nothing': '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}',
  'a huge range': '{% for i in (1..9999999999) %}x{% endfor %}',
  'a huge range that is only counted': '{{ (1..100000000) | size }}',
  'a text that doubles': "{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
  'a capture that doubles':
    "{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}",
  'a text put into itself for each of its letters':
    "{% assign a = 'aaaa' %}{% for i in (1..14) %}{% assign a = a | append: a %}{% endfor %}{{ a | replace: 'a', a }}",
  'a list that doubles': '{% assign a = (1..1000) %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}{{ a | size }}',
  'a list that holds itself, written': `${GROWING}{{ a }}`,
  'a list that holds itself, as JSON': `${GROWING}{{ a | json }}`,
  'a list that holds itself, joined': `${GROWING}{{ a | join: ',' }}`,
  'a list that holds itself, compared': `${GROWING}{% assign b = a | reverse %}{% if a == b %}{% endif %}`,
  'a wide date': "{{ 'now' | date: '%999999999d' }}",
  'expressions in expressions': `{{ list | has_exp: 'a', "list | has_exp: 'b', 'list | has_exp: false, false'" }}`,
  'a long expression for each element': `{{ list | find_exp: 'a', "${filled('false or ', 9_000)}false" }}`,
  'a sample of everything': '{{ (1..200000) | sample: 200000 | size }}',
};

describe('a template that is a bomb', () => {
  for (const [what, source] of Object.entries(RUNNING_OUT))
    it(`runs out of steps or room, is empty, and is told of: ${what}`, () => {
      const { text, codes, steps } = fill(source, { list: Array.from({ length: 3_000 }, (_, i) => i) });
      expect(steps).to.be.at.most(MOST_STEPS);
      expect([text, codes]).to.deep.equal(['', ['template/failed']]);
    });

  it('is empty when it is nested deeper than can be read', () => {
    expect(fill('{% if true %}'.repeat(1_500)).codes).to.deep.equal(['template/failed']);
    expect(fill(`{{ ${'('.repeat(9_000)} }}`).text).to.equal('');
  });

  it('has no filter to work with that takes a long text or list for nothing', () => {
    const lists = [Array.from({ length: 9_000 }, (_, i) => i), Array.from({ length: 3_000 }, (_, i) => ({ a: i, b: 'x' }))];
    for (const x of [filled('a '), ...lists])
      for (const filter of Object.keys(createHardenedLiquid().filters).filter((name) => name !== 'raw'))
        for (const args of ['', ": ''", ": ' '", ': 99999999', ': x', ": 'a', x", ": 'it', 'it.a > 3'"]) {
          const { codes, steps } = fill(`{{ x | ${filter}${args} }}`, { x });
          const least = typeof x === 'string' ? x.length / 4 : x.length;
          if (!codes.includes('template/failed')) expect(steps, `${filter}${args} of a ${typeof x}`).to.be.within(least, MOST_STEPS);
        }
  }).timeout(60_000);

  it('has no operator that compares a long text or list for nothing', () => {
    for (const x of [filled('a '), Array.from({ length: 9_000 }, (_, i) => i)])
      for (const operator of Object.keys(createHardenedLiquid().options.operators).filter((name) => name !== 'not'))
        for (const [left, right] of ['xy', 'yx'])
          expect(fill(`{% if ${left} ${operator} ${right} %}{% endif %}`, { x, y: 1 }).steps, `${operator} of a ${typeof x}`).to.be.within(
            x.length / 8,
            MOST_STEPS,
          );
  });
});

describe('a flow of bombs', () => {
  const bomb = RUNNING_OUT['nested loops'] ?? '';
  const sends = Array.from({ length: 90 }, (_, i) => ({
    id: `n${i}`,
    type: 'send-message',
    version: 1,
    params: { action: 'reply', message: { type: 'text', text: `${bomb}${i}` } },
  }));
  const definition = aFlow('bombs', {
    settings: { onError: 'Something went wrong.' },
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      ...sends,
      { id: 'last', type: 'send-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'The end.' } } },
    ],
    edges: ['start', ...sends.map(({ id }) => id)].map((from, i) => ({ from, port: 'next', to: sends[i]?.id ?? 'last' })),
  });

  it('uses up the steps of its turn, and comes to its end all the same', () => {
    const done = firstTurn(definition, plugins);
    const sent = done.effects.filter(({ skipped }) => !skipped);
    expect(sent.map(({ body }) => body.kind === 'send' && body.message.type === 'text' && body.message.text)).to.deep.equal(['The end.']);
    expect(done.session.runs).to.deep.equal([]);
    expect(done.warnings.filter(({ code }) => code === 'template/failed')).to.have.length(90);
  });
});
