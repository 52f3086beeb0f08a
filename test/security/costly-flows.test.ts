import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { MAX_EFFORT, newEffort } from '../../src/flow/check/effort.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

const world = {
  nodeTypes: createNodeTypes(plugins),
  limits: channelLimits({ bound: adapters, loaded: adapters }),
};
/** About what a body may have, in characters. */
const MUCH = 1_900_000;
const filled = (piece: string, length: number) => piece.repeat(Math.floor(length / piece.length));
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const send = (id: string, text: unknown, more: object = {}) => ({
  id,
  type: 'send-message',
  params: { message: { type: 'text', text, ...more } },
});
const branch = (...rules: readonly object[]) => ({
  id: 'branch',
  type: 'conditional-branch',
  params: { branches: [{ name: 'b', when: { all: rules } }] },
});
const flow = (nodes: readonly object[], more: object = {}) => ({
  format: 'parley/1',
  code: 'costly',
  name: 'Costly',
  triggers: [{ type: 'TriggeredManually' }],
  nodes: [{ id: 'start', type: 'start', params: {} }, ...nodes, { id: 'end', type: 'end', params: {} }],
  edges: [],
  ...more,
});
const exists = (variable: string) => ({ variable, operator: 'exists' });
const matches = (value: string) => ({ variable: 'a', operator: 'stringAnyMatchesRegex', value });

/** What of a flow of 2 MB took from seconds to minutes, or overflowed, and what is told of it now. */
const COSTLY: readonly (readonly [what: string, body: unknown, code: string])[] = [
  ['templates of 200 kB', flow(many(10, (i) => send(`n${i}`, filled('{{ a }} ', MUCH / 10)))), 'template/syntax'],
  ['many templates of 20 kB', flow(many(95, (i) => send(`n${i}`, filled('{{ a | append: b }}', 19_000)))), 'flow/too-large'],
  ['tags', flow(many(95, (i) => send(`n${i}`, filled('{% if a %}x{% endif %}', 19_000)))), 'flow/too-large'],
  [
    'a hundred thousand templates',
    flow([{ id: 'set', type: 'set-variables', params: { set: [{ name: 'v', value: many(100_000, () => '{{ a }}') }] } }]),
    'flow/too-large',
  ],
  ['an expression', flow([branch(exists(`${filled('a and ', MUCH)}a`))]), 'template/bad-expression'],
  ['many expressions', flow([branch(...many(1_000, () => exists(`${filled('a and ', 1_900)}a`)))]), 'flow/too-large'],
  ['a regular expression', flow([branch(matches(filled('(a*b|c){10}', MUCH)))]), 'params/wrong'],
  ['many regular expressions', flow([branch(...many(2_000, (i) => matches(`(a|b)*${i}x{900}`)))]), 'flow/too-large'],
  [
    'repetitions in it',
    flow([], { triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: filled('[ab]{999}', 480) } }] }),
    'flow/bad-regex',
  ],
  ['repetitions of repetitions', flow([branch(matches('(((a{1,10}b?){10}){10}){10}'))]), 'flow/bad-regex'],
  [
    'translations of a long text',
    flow([{ ...send('n', filled('x', MUCH / 2)), locales: Object.fromEntries(many(4_000, (i) => [`l${i}`, { '/message/text': 'y' }])) }]),
    'flow/too-large',
  ],
  ['choices', flow([send('n', 'x', { choices: many(40_000, (i) => ({ id: `i${i}`, title: 't' })) })]), 'params/wrong'],
  [
    'members of params',
    flow([{ id: 'n', type: 'send-message', params: Object.fromEntries(many(150_000, (i) => [`k${i}`, 1])) }]),
    'flow/too-large',
  ],
  ['members of the flow', flow([], Object.fromEntries(many(150_000, (i) => [`k${i}`, 1]))), 'flow/too-large'],
  ['triggers that are none', flow([], { triggers: many(200_000, () => 1) }), 'flow/wrong'],
  [
    'translations that are none',
    flow(many(200, (i) => ({ ...send(`n${i}`, 'x'), locales: Object.fromEntries(many(900, (l) => [`l${l}`, 1])) }))),
    'flow/wrong',
  ],
];

describe('a flow file that is made to be costly', () => {
  for (const [what, body, code] of COSTLY)
    it(`is refused with a bounded effort: ${what}`, () => {
      const effort = newEffort();
      const problems = checkFlow(body, world, effort);
      expect(effort.spent()).to.be.at.most(MAX_EFFORT);
      expect(problems.filter(({ severity }) => severity === 'error').map((one) => one.code)).to.include(code);
      for (const { pointer, hint } of problems) expect([pointer, hint !== '']).to.deep.equal([pointer, true]);
    });

  it('may be as large as flows are: five thousand nodes with their texts have no problem of size, and cost twice what half of them do', () => {
    const costOf = (count: number) => {
      const nodes = many(count, (i) => send(`n${i}`, `Hello {{ customerName }}, this is ${1_000 + i}`));
      const edges = [
        { from: 'start', port: 'next', to: 'n0' },
        ...many(count - 1, (i) => ({ from: `n${i}`, port: 'next', to: `n${i + 1}` })),
      ];
      const effort = newEffort();
      expect(checkFlow(flow(nodes, { edges, triggers: [{ type: 'TriggeredByWhatsApp' }] }), world, effort)).to.deep.equal([]);
      return effort.spent();
    };
    const whole = costOf(4_900);
    expect(whole).to.be.within(1, MAX_EFFORT / 2);
    expect(costOf(2_450)).to.equal(whole / 2);
  });
});
