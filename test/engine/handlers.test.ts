import { expect } from 'chai';
import type { CaseHappening, Happenings, Json, NodeHandlers, NodeType } from '../../src/contract/index.js';
import { closed } from '../../src/params/fields.js';
import { playCase } from '../../src/testing/index.js';

/** A node type that waits, with these handlers. */
function waiting(on: NodeHandlers<object, Json>): NodeType<object, Json> {
  return {
    type: 'waiting',
    version: 1,
    title: 'Waiting',
    sentence: 'Does what the test needs.',
    group: 'core',
    params: closed<object>({}),
    ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
    enter: () => ({ then: { wait: { for: 'call' } } }),
    on,
  };
}

/** What the handlers get, by the name of the one that is called. */
function heardBy(on: CaseHappening): Json | undefined {
  const hear = (name: keyof Happenings) => (_scope: unknown, what: unknown) =>
    ({ memory: { [name]: what === undefined ? null : (what as Json) }, then: { exit: 'next' } }) as const;
  const node = waiting({
    message: hear('message'),
    timeout: hear('timeout'),
    receipt: hear('receipt'),
    result: hear('result'),
    operator: hear('operator'),
    returned: hear('returned'),
    failed: hear('failed'),
  });
  return playCase(node, { name: '', params: {}, on, expect: { then: { exit: 'next' } } }).outcome.memory;
}

describe('the handlers of a node', () => {
  const happenings: readonly Exclude<CaseHappening, { message: unknown }>[] = [
    { receipt: { status: 'delivered', messageId: 'm1' } },
    { receipt: { status: 'read' } },
    { result: { status: 200 } },
    { operator: { text: 'Done', giveBack: true } },
    { returned: { total: 5 } },
    { failed: { code: 'call/timeout', reason: 'no answer', status: 504 } },
    { failed: { kind: 'blocked', code: '131047', reason: 'blocked by the person' } },
  ];
  for (const one of happenings)
    it(`are called by what has happened: ${JSON.stringify(one)}`, () => {
      expect(heardBy(one)).to.deep.equal(one);
    });

  it('get the message as the run has read it, and nothing for a time-out', () => {
    expect(heardBy({ message: { text: 'hi' } })).to.have.nested.property('message.text', 'hi');
    expect(heardBy({ timeout: true })).to.deep.equal({ timeout: null });
  });

  const row = { name: '', params: {}, expect: { then: { exit: 'next' } } } as const;
  const why = { code: 'call/timeout', reason: 'no answer' };

  it('may leave out failures: those leave the node by failed', () => {
    expect(playCase(waiting({}), { ...row, on: { failed: why } }).outcome).to.deep.equal({ then: { fail: why } });
  });

  it('may leave out nothing else: an event without a handler is a mistake of the type', () => {
    for (const on of [{ timeout: true }, { result: 7 }, { message: { text: 'hi' } }] as const)
      expect(() => playCase(waiting({}), { ...row, on }), JSON.stringify(on)).to.throw(
        `the node type "waiting" has no handler "${Object.keys(on)[0]}"`,
      );
  });
});
