import { expect } from 'chai';
import { plugins } from '../../plugins/index.js';
import type { Json } from '../../src/contract/index.js';
import { createHardenedLiquid } from '../../src/template/hardened-liquid.js';
import { createTemplates } from '../../src/template/templates.js';
import { aFlow, START } from '../support/builders.js';
import { firstTurn } from '../support/play-alone.js';
import { withinSeconds } from '../support/within-seconds.js';

const filled = (piece: string, length = 64_000) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Fills a text with data, and tells the text and the codes of the warnings. */
function fill(source: string, data: Readonly<Record<string, Json>> = {}): { readonly text: string; readonly codes: readonly string[] } {
  const codes: string[] = [];
  const scope = { data, now: START, timeZone: 'UTC', random: () => 0.5, warn: (code: string) => void codes.push(code) };
  const text = withinSeconds(1, () => createTemplates().text(source, scope), source.slice(0, 80));
  return { text, codes };
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
    it(`runs out within a second, is empty, and is told of: ${what}`, () => {
      const { text, codes } = fill(source, { list: Array.from({ length: 3_000 }, (_, i) => i) });
      expect([text, codes]).to.deep.equal(['', ['template/failed']]);
    });

  it('is empty when it is nested deeper than can be read', () => {
    expect(fill('{% if true %}'.repeat(1_500)).codes).to.deep.equal(['template/failed']);
    expect(fill(`{{ ${'('.repeat(9_000)} }}`).text).to.equal('');
  });

  it('has no filter to work with that is slow on any text or list of what a variable may hold', () => {
    const texts = ['<', '<script', '<!--', ' ', ' x', '\n', '&', '%41', '%', 'a ', 'a,', 'é', '\ud800', 'a-', '😀'].map(
      (one) => `${filled(one)}x`,
    );
    const lists = [Array.from({ length: 9_000 }, (_, i) => i), Array.from({ length: 3_000 }, (_, i) => ({ a: i, b: 'x' }))];
    for (const filter of Object.keys(createHardenedLiquid().filters))
      for (const value of [...texts, ...lists])
        for (const args of ['', ": ''", ": ' '", ': 99999999', ': x', ": 'a', x", ": 'it', 'it.a > 3'"])
          fill(`{{ x | ${filter}${args} }}`, { x: value });
  }).timeout(60_000);
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

  it('takes a turn of less than a second, and comes to its end all the same', () => {
    const done = withinSeconds(1, () => firstTurn(definition, plugins));
    const sent = done.effects.filter(({ skipped }) => !skipped);
    expect(sent.map(({ body }) => body.kind === 'send' && body.message.type === 'text' && body.message.text)).to.deep.equal(['The end.']);
    expect(done.session.runs).to.deep.equal([]);
    expect(done.warnings.filter(({ code }) => code === 'template/failed')).to.have.length(90);
  });
});
