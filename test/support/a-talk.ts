import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { Decision } from '../../src/contract/host/index.js';
import type { FlowDefinition, Json, JsonObject, SessionState, Warning } from '../../src/contract/index.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from './builders.js';
import type { Step } from './golden/conversation.js';
import { createPlayer, type GoldenWorld, goldenWorld } from './golden/player.js';
import { testNodes } from './test-nodes.js';

const nodeTypes = createNodeTypes([...plugins, ...testNodes]);

/** A node that sends a message on the platform of the run. A string is short for a text message. */
export function says(message: string | JsonObject, more: JsonObject = {}): readonly [type: string, params: JsonObject] {
  return ['send-message', { action: 'reply', message: typeof message === 'string' ? { type: 'text', text: message } : message, ...more }];
}

/** A node that waits for a message, by default for an hour. */
export function listens(saveAs: string, more: JsonObject = {}): readonly [type: string, params: JsonObject] {
  return ['wait-for-response', { timeout: { value: 1, unit: 'hours' }, saveAs, ...more }];
}

const MAIN_PORTS: Readonly<Record<string, string>> = { 'wait-for-response': 'replied', 'ask-question': 'answered' };

/** A flow with these nodes, one after another by their main ports. It is started by "go" on WhatsApp or Viber. */
export function aChain(nodes: Readonly<Record<string, readonly [type: string, params: JsonObject]>>, more: Partial<FlowDefinition> = {}) {
  const ids = ['start', ...Object.keys(nodes), 'end'];
  const edges = ids.slice(0, -1).map((from, i) => ({
    from,
    port: MAIN_PORTS[nodes[from]?.[0] ?? ''] ?? 'next',
    to: ids[i + 1] ?? 'end',
  }));
  return aFlow('chain', {
    triggers: [
      { type: 'TriggeredByWhatsApp', match: { keywords: ['go'] } },
      { type: 'TriggeredByViber', match: { keywords: ['go'] } },
    ],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      ...Object.entries(nodes).map(([id, [type, params]]) => ({ id, type, version: 1, params })),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges,
    ...more,
  });
}

/** The outcome of a step. */
export interface Heard {
  /** The texts that the person reads, or the types of messages without one. */
  readonly says: readonly string[];
  readonly kind: string;
  readonly warnings: readonly string[];
  readonly decision: Decision;
}

/** A person who talks to flows, in memory. */
export class ATalk {
  readonly #player;
  #at = 0;

  constructor(flows: readonly FlowDefinition[], change: (world: GoldenWorld) => GoldenWorld = (world) => world) {
    const programs = flows.map((one) => compileFlow(one, 1, nodeTypes));
    this.#player = createPlayer(programs, change(goldenWorld(programs, adapters)));
  }

  /** Plays one step, by default a second after the one before. */
  step(step: Omit<Step, 'at'> & { readonly at?: number }): Heard {
    this.#at = step.at ?? this.#at + 1;
    const { decision } = this.#player.play({ ...step, at: this.#at });
    return {
      says: decision.effects.flatMap(({ body, skipped }) =>
        body.kind === 'send' && !skipped
          ? ['text' in body.message && body.message.text !== undefined ? body.message.text : body.message.type]
          : [],
      ),
      kind: decision.decision.kind,
      warnings: decision.warnings.map(({ code }: Warning) => code),
      decision,
    };
  }

  /** Continues from a state as if it had been stored. */
  at(state: SessionState): this {
    this.#player.from(state);
    return this;
  }

  get state() {
    return this.#player.state;
  }

  /** The variables of the first run. */
  get vars(): Readonly<Record<string, Json>> {
    const frame = this.#player.state.runs[0]?.stack.at(-1);
    return frame?.kind === 'flow' ? frame.vars : {};
  }
}
