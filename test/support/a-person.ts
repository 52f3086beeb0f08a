import { plugins } from '../../plugins/all.js';
import type { Decision } from '../../src/contract/host/index.js';
import type { FlowEvent, FlowNode, OnBusy, SessionState, Vars } from '../../src/contract/index.js';
import { advance } from '../../src/engine/advance.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import type { Program } from '../../src/flow/program.js';
import { aFlow, aMessage, aSession, at } from './builders.js';
import { whatsappFacts } from './whatsapp-facts.js';

const nodeTypes = createNodeTypes(plugins);
export const say = (id: string, text: string, choices?: readonly string[]): FlowNode => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: {
    action: 'reply',
    message: { type: 'text', text, ...(choices ? { choices: choices.map((title) => ({ id: title, title })) } : {}) },
  },
});
export const listen = (id: string, more: FlowNode['params'] = {}): FlowNode => ({
  id,
  type: 'wait-for-response',
  version: 1,
  params: { timeout: { value: 60, unit: 'seconds' }, timeoutBranch: true, saveAs: 'said', ...more },
});
const pause = (id: string, seconds: number): FlowNode => ({
  id,
  type: 'wait',
  version: 1,
  params: { for: { value: seconds, unit: 'seconds' } },
});
const call: FlowNode = { id: 'call', type: 'http-request', version: 1, params: { method: 'GET', url: 'https://example.com/' } };

/** Returns a flow with these nodes, one after another. */
export function flow(code: string, ...nodes: readonly FlowNode[]): Program {
  const ids = ['start', ...nodes.map(({ id }) => id)];
  const edges = ids.slice(1).map((to, i) => ({
    from: ids[i] ?? '',
    port: nodes[i - 1]?.type === 'wait-for-response' ? 'replied' : 'next',
    to,
  }));
  const start = { id: 'start', type: 'start', version: 1, params: {} };
  return compileFlow(aFlow(code, { nodes: [start, ...nodes], edges }), 1, nodeTypes);
}

/** The flows that people can be in. A test may add its own. */
export const programs = [
  flow('order', say('ask', 'What may it be?'), listen('listen'), say('thanks', 'You get {{ said }}')),
  flow(
    'choose',
    say('ask', 'Which one?', ['Red', 'Blue']),
    say('more', 'Take your time.'),
    listen('listen'),
    say('thanks', 'It is {{ said }}'),
  ),
  flow('later', say('ask', 'I will be back.'), pause('pause', 600), say('back', 'Here I am.')),
  flow('weather', say('ask', 'I am looking.'), call, say('answer', 'It rains.')),
];

/** A contact, whose events are played one by one. */
export class Person {
  state: SessionState;
  #clock: number;

  constructor(id: string, begins = 0) {
    this.state = aSession(id, {
      channels: { wa: { address: `to-${id}`, lastInboundAt: at(0) }, wb: { address: `b-${id}`, lastInboundAt: at(0) } },
    });
    this.#clock = begins;
  }

  take(event: object, seconds = this.#clock + 1): Decision {
    this.#clock = seconds;
    const turn = this.state.turn + 1;
    const step = advance({
      programs: { get: (key) => programs.find((one) => one.key === key), online: (code) => programs.find((one) => one.code === code) },
      channels: new Map([
        ['wa', whatsappFacts('wa')],
        ['wb', whatsappFacts('wb')],
      ]),
      session: { ...this.state, turn },
      waitingEffects: 0,
      event: { id: `${this.state.id}-${turn}`, at: at(seconds), ...event } as FlowEvent,
      match: () => ({ tried: [] }),
    });
    if (!('done' in step)) throw new Error('there are no guests here');
    this.state = JSON.parse(JSON.stringify(step.done.session)) as SessionState;
    return step.done;
  }

  /** Starts a flow, by default through the API. */
  begins(
    code: string,
    how: { readonly channel?: string; readonly by?: string; readonly onBusy?: OnBusy; readonly data?: Vars } = {},
  ): Decision {
    const { channel = 'wa', by = 'api', onBusy = 'queue', data = {} } = how;
    const from = { identities: [`whatsapp:${this.state.id}`], address: `to-${this.state.id}` };
    return this.take({
      type: 'start',
      flow: code,
      version: 1,
      run: `${this.state.id}-${code}`,
      channel,
      from,
      by,
      lane: 'reply',
      onBusy,
      data,
    });
  }

  says(text: string, seconds?: number): Decision {
    return this.take({ type: 'message', message: aMessage(text, { sentAt: at(0) }) }, seconds);
  }

  takesOver(loser: Person, toldOn?: string): Decision {
    const { id, contact, channels, runs, held, effectCount } = loser.state;
    return this.take({
      type: 'merge',
      id: `merge:${id}`,
      loser: id,
      contact,
      channels,
      runs,
      held,
      effectCount,
      ...(toldOn === undefined ? {} : { toldOn }),
    });
  }

  get places(): readonly string[] {
    return this.state.runs.map(({ id, place }) => `${id} ${place}`);
  }
}

/** The texts that were sent, or the kinds of other effects. */
export const textsOf = ({ effects }: Decision) =>
  effects.map(({ body }) => (body.kind === 'send' && 'text' in body.message ? body.message.text : body.kind));
