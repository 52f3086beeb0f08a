import { adapters } from '../../adapters/index.js';
import type { Decision } from '../../src/contract/host/index.js';
import type { FlowDefinition, FlowNode, Plugin } from '../../src/contract/index.js';
import { advance } from '../../src/engine/advance.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { newSession } from '../../src/people/new-session.js';
import { aFlow, START } from './builders.js';

/** Plays the first turn of a flow that goes through these nodes by their ports `next`, on Viber. */
export function playAlone(nodes: readonly FlowNode[], plugins: readonly Plugin[]): Decision {
  const definition = aFlow('alone', {
    settings: { onError: 'Something went wrong.' },
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...nodes],
    edges: nodes.map(({ id }, i) => ({ from: nodes[i - 1]?.id ?? 'start', port: 'next', to: id })),
  });
  return firstTurn(definition, plugins);
}

/** Plays the first turn of a flow, on Viber. */
export function firstTurn(definition: FlowDefinition, plugins: readonly Plugin[]): Decision {
  const program = compileFlow(definition, 1, createNodeTypes(plugins));
  const viber = adapters.find(({ type }) => type === 'viber');
  if (!viber) throw new Error('there is no adapter');
  const from = { identities: ['whatsapp:491511'], address: '491511' };
  const start = {
    flow: definition.code,
    version: 1,
    run: 'r',
    channel: 'wa',
    by: 'api',
    lane: 'reply',
    onBusy: 'queue',
    data: {},
  } as const;
  const step = advance({
    programs: { get: () => program, online: () => program },
    channels: new Map([['wa', { id: 'wa', platform: 'viber', limits: viber.limits, variables: {} }]]),
    session: { ...newSession('s1', from, START), turn: 1, channels: { wa: { address: '491511' } } },
    waitingEffects: 0,
    event: { ...start, id: 'e', at: START, type: 'start', from },
    match: () => ({ tried: [] }),
  });
  if (!('done' in step)) throw new Error('there are no guests here');
  return step.done;
}
