import { type NodeOutcome, type NodeScope, type NodeType, STARTS } from '../../src/contract/index.js';
import { fillRows } from '../../src/params/rows.js';
import { problemsIn } from './check.js';
import { params, type StartParams } from './params.js';

/** Starts a flow for somebody else, as the trigger endpoint does, and does not wait for it. */
export const node: NodeType<StartParams> = {
  type: 'start-flow',
  version: 1,
  title: 'Start a flow for somebody',
  sentence: 'Starts a flow for somebody else, such as a colleague.',
  words: ['notify', 'colleague', 'trigger', 'broadcast', 'others'],
  icon: 'user-share',
  group: 'core',
  params,
  blank: { flow: '', contact: '' },
  summary: ['/flow', '/contact'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  check: problemsIn,
  enter,
  on: { result: () => ({ then: { exit: 'next' } }) },
};

/** Waits for the answer only if something follows from a refusal. */
function enter(scope: NodeScope<StartParams>): NodeOutcome {
  const { flow, contact, input = [] } = scope.params;
  const asked = { flow: scope.text(flow).trim(), contact: scope.text(contact).trim(), input: fillRows(input, scope) };
  return {
    effects: [{ kind: 'call', service: STARTS, input: asked }],
    then: scope.linked('failed') ? { wait: { for: 'call' } } : { exit: 'next' },
  };
}
