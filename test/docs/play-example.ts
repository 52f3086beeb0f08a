import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { Decision } from '../../src/contract/host/index.js';
import {
  type Duration,
  durationMillis,
  type FlowDefinition,
  type Json,
  type JsonObject,
  type Problem,
  type Vars,
} from '../../src/contract/index.js';
import { dueWaits } from '../../src/engine/waits.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow } from '../../src/flow/check.js';
import { compileFlow } from '../../src/flow/compile.js';
import { readEnvelope } from '../../src/flow/envelope.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { secondsAt, timeAt } from '../../src/play/play-clock.js';
import type { Step } from '../support/golden/conversation.js';
import { createPlayer, goldenWorld } from '../support/golden/player.js';
import { linesOnPhone } from './phone.js';

const nodeTypes = createNodeTypes(plugins);
const LIMITS = channelLimits({ bound: adapters, loaded: adapters });

/** Every problem of the flow that an example stands for. */
export function problemsOfExample(flow: FlowDefinition): readonly Problem[] {
  return checkFlow(flow, { nodeTypes, limits: LIMITS });
}

/**
 * Plays a conversation: lines that begin with `>` are what the person does, `…` lets time pass, `*` is what else happens. Returns them
 * with what the phone shows after each, a line each.
 */
export function playExample(flow: FlowDefinition, happens: readonly string[]): readonly string[] {
  // As an upload is read: params that are left out are empty.
  const read = readEnvelope(flow);
  if (!('definition' in read)) throw new Error('the example is not a flow');
  const program = compileFlow(read.definition, 1, nodeTypes);
  const player = createPlayer([program], goldenWorld([program], adapters));
  const on = flow.triggers.some(({ type }) => type === 'TriggeredByViber') ? 'vb' : 'wa';
  let seconds = 0;
  let decided: Decision[] = [];
  const take = (step: Omit<Step, 'at'>) => {
    decided.push(player.play({ at: seconds, ...(on === 'wa' ? {} : { on }), ...step } as Step).decision);
    seconds += 1;
  };
  const pass = (millis: number) => {
    const target = seconds + millis / 1000;
    for (let [due] = dueWaits(player.state, timeAt(target)); due?.until !== undefined; [due] = dueWaits(player.state, timeAt(target))) {
      seconds = Math.max(seconds, secondsAt(due.until));
      take({ timeout: true });
    }
    seconds = target;
  };
  const shown = (): readonly string[] =>
    decided.flatMap(({ effects }) =>
      effects.flatMap(({ body, skipped }) => {
        if (body.kind !== 'send' || skipped) return [];
        const layout = player.world.channels.get(body.channel)?.tappable?.(body.message)?.shown ?? 'any';
        return [...(body.before ?? []), body.message].flatMap((message) => linesOnPhone(message, layout));
      }),
    );
  return happens.flatMap((line) => {
    decided = [];
    const [sign, ...words] = line.split(' ');
    const said = words.join(' ');
    if (sign === '…') pass(millisOf(said));
    else if (sign === '*') take(stepOf(said, flow.code));
    else take(said.startsWith('[') || said.startsWith('(') ? answerOf(said, flow) : { say: said });
    return [line, ...shown()];
  });
}

/** `10 minutes`. */
function millisOf(words: string): number {
  const [value = '', unit = ''] = words.split(' ');
  return durationMillis({ value: Number(value), unit: unit.replace(/s?$/, 's') as Duration['unit'] });
}

function stepOf(words: string, flow: string): Omit<Step, 'at'> {
  if (words === 'opens the chat') return { subscribes: 'started' };
  const [, outcome, value = ''] = /^the call (returns|fails with) (.*)$/.exec(words) ?? [];
  if (outcome) return { answer: { ok: outcome === 'returns', value: JSON.parse(value) as Json } };
  const [, text] = /^the model answers: (.*)$/.exec(words) ?? [];
  if (text !== undefined) return { answer: { ok: true, value: { text, isCut: false } } };
  if (words === 'the model fails') return { answer: { ok: false, value: { code: 'model/unavailable', reason: 'the model answered 503' } } };
  const [, data = '{}'] = /^is started by the API(?: with (.*))?$/.exec(words) ?? [];
  return { start: { flow, onBusy: 'queue', data: JSON.parse(data) as Vars } };
}

/** `[Yes]` is a tap, `(image)` a message of another type. */
function answerOf(words: string, flow: FlowDefinition): Omit<Step, 'at'> {
  const inside = words.slice(1, -1);
  if (words.startsWith('('))
    return { sends: { type: inside, text: '', ...(inside === 'location' ? { latitude: 52.5, longitude: 13.4 } : {}) } };
  const id = idOf(inside, flow as unknown as JsonObject);
  return { tap: { id: id ?? inside, title: inside } };
}

/** The id of a choice of the flow, by its title. */
function idOf(title: string, value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const one = value as { readonly title?: unknown; readonly id?: unknown };
  if (one.title === title && typeof one.id === 'string') return one.id;
  return Object.values(value)
    .map((inner) => idOf(title, inner))
    .find((found) => found !== undefined);
}
