import type { EffectBody, NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { fillMessage } from '../../src/params/message.js';
import { checkOnPlatforms } from '../../src/params/message-limits.js';
import { fillRows } from '../../src/params/rows.js';
import { type EndParams, params } from './params.js';

/** Ends the flow, with a last message and outputs for a flow that has called it. */
export const node: NodeType<EndParams> = {
  type: 'end',
  version: 1,
  title: 'End',
  sentence: 'Ends the flow, with a last message if you like.',
  words: ['stop', 'finish', 'goodbye', 'return', 'output'],
  icon: 'flag',
  group: 'core',
  params,
  summary: ['/message', '/outputs'],
  ports: [],
  endsFlow: true,
  check: ({ message }, world) => checkOnPlatforms(message, '/message', world),
  needsWindow: ({ message }) => (message && message.type !== 'template' ? [{ pointer: '/message' }] : []),
  enter,
};

function enter(scope: NodeScope<EndParams>): NodeOutcome {
  const { outputs = [], message } = scope.params;
  const filled = message && fillMessage(message, scope);
  const effects: readonly EffectBody[] = filled ? [{ kind: 'send', message: filled }] : [];
  return { effects, then: { end: { outputs: fillRows(outputs, scope) } } };
}
