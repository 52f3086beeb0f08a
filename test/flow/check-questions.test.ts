import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { JsonObject } from '../../src/contract/index.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const world = { nodeTypes: createNodeTypes(plugins), limits: channelLimits({ bound: adapters, loaded: adapters }) };
const BUTTONS = { type: 'text', text: 'Agree?', choices: [{ id: 'yes', title: 'Yes' }] };

/** The problems of a flow with one question, with their pointers into its params. */
function found(params: JsonObject, port = 'answered'): readonly string[] {
  const flow = aFlow('f', {
    settings: { timeZone: 'UTC' },
    variables: [{ name: 'slots', type: 'list', default: [] }],
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'ask', type: 'ask-question', version: 1, params },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port, to: 'end' },
    ],
  });
  return checkFlow(flow, world).map(({ code, pointer }) => `${code} ${pointer.replace('/nodes/1/params', '')}`);
}
const text = (answer: JsonObject, more: JsonObject = {}) => found({ message: { type: 'text', text: 'Well?' }, answer, ...more });

describe('the check of a question', () => {
  it('finds nothing in a good one', () => {
    expect(text({ type: 'text' })).to.deep.equal([]);
    expect(found({ answer: { type: 'choice' } })).to.deep.equal([]);
    expect(found({ message: BUTTONS, answer: { type: 'choice' } }, 'yes')).to.deep.equal([]);
    expect(found({ message: BUTTONS, answer: { type: 'number' } })).to.deep.equal([]);
    expect(found({ message: { ...BUTTONS, choices: { from: 'slots', title: '{{ item }}' } }, answer: { type: 'choice' } })).to.deep.equal(
      [],
    );
  });

  it('a choice needs choices', () => {
    expect(text({ type: 'choice' })).to.deep.equal(['question/no-choices /message']);
    expect(text({ type: 'choices' })).to.deep.equal(['question/no-choices /message']);
  });

  it('each choice is a port, so its id has to be the name of one', () => {
    const withId = (id: string) => ({ message: { ...BUTTONS, choices: [{ id, title: 'Yes' }] }, answer: { type: 'choice' } });
    expect(found(withId('Yes!'))).to.deep.equal(['question/choice-id /message/choices/0/id']);
    expect(found(withId('answered'))).to.deep.equal(['flow/port-taken /message/choices/0/id']);
    expect(found({ ...withId('Yes!'), branchByChoice: false })).to.deep.equal([]);
    expect(found({ ...withId('yes'), branchByChoice: false }, 'yes')).to.include('flow/no-such-port /edges/1/port');
  });

  it('a pattern is needed where the answer is one, and has to be one of RE2', () => {
    expect(text({ type: 'regex' })).to.deep.equal(['params/missing /answer/regex']);
    expect(text({ type: 'regex', regex: '(?=a)' })).to.deep.equal(['flow/bad-regex /answer/regex']);
    expect(text({ type: 'text', regex: 'a' })).to.deep.equal(['params/wrong /answer/regex']);
  });

  it('bounds are numbers or dates, in their order', () => {
    expect(text({ type: 'number', min: 1, max: '{{ 3 }}' })).to.deep.equal([]);
    expect(text({ type: 'number', min: 'one' })).to.deep.equal(['question/bad-bound /answer/min']);
    expect(text({ type: 'number', min: 2, max: 1 })).to.deep.equal(['question/bad-bound /answer/min']);
    expect(text({ type: 'date', min: '2026-12-24' })).to.deep.equal([]);
    expect(text({ type: 'date', max: 5 })).to.deep.equal(['question/bad-bound /answer/max']);
    expect(text({ type: 'email', max: 5 })).to.deep.equal(['params/wrong /answer/max']);
  });

  it('tries are a number or unlimited', () => {
    expect(text({ type: 'text' }, { tries: 'unlimited' })).to.deep.equal([]);
    for (const tries of [0, 1.5, 101, 'many']) expect(text({ type: 'text' }, { tries }), String(tries)).to.include('params/wrong /tries');
  });

  it('the end of the wait is a moment', () => {
    expect(text({ type: 'text' }, { until: { date: 'soon' } })).to.deep.equal(['wait/no-date /until/date']);
    expect(text({ type: 'text' }, { until: { time: '18:00', zone: 'Mars/Olympus' } })).to.deep.equal(['flow/unknown-zone /until/zone']);
  });

  it('a question that is asked again whenever nobody answers is an endless loop', () => {
    const flow = aFlow('f', {
      triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'ask', type: 'ask-question', version: 1, params: { message: BUTTONS, answer: { type: 'choice' } } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'ask' },
        { from: 'ask', port: 'invalid', to: 'ask' },
        { from: 'ask', port: 'answered', to: 'end' },
      ],
    });
    expect(checkFlow(flow, world).map(({ code }) => code)).to.deep.equal(['flow/endless-loop']);
  });
});
