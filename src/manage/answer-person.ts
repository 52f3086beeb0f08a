import { type Decision, isRefused, type Refusal } from '../contract/host/index.js';
import type { Contact, EventOf, JsonObject, OutboundMessage } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import type { Description } from '../flow/walk-schema.js';
import { anyMessageParams, type MessageParams } from '../params/message.js';
import { fillWritten } from '../params/written-message.js';
import { livingSession } from '../people/living-session.js';
import { newCommandId } from '../people/new-id.js';
import { type Reached, reachPerson } from '../people/reach-person.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import { showSession } from './session-view.js';
import { type CommandParts, livingView, unknownSession } from './sessions.js';

export interface AnswerParts extends CommandParts {
  readonly store: CommandParts['store'] & Pick<Store, 'contacts'>;
  readonly channels: Pick<ChannelBook, 'all' | 'get'>;
}

/** What an operator writes to a person, or that the operator is done. */
export interface AnswerRequest {
  readonly id: string;
  readonly text?: string;
  /** A message as in flow files, without templates. */
  readonly message?: JsonObject;
  /** The operator is done, and the flow goes on. */
  readonly giveBack?: boolean;
  /** Also if nobody has handed the person over. */
  readonly outside?: boolean;
  /** With `outside`: where to write, if the person has several addresses or none that they have written from. */
  readonly channel?: string;
  /** A repeat of it changes nothing, and gets the answer of the first request. */
  readonly uuid?: string;
}

interface Answered {
  /** The id of the message; absent if there was none. */
  readonly effect?: string;
  readonly session?: object;
}

/**
 * Sends the message of an operator to a person who is handed over, and gives the talk back if the operator is done. It is a turn of the
 * session. An operator who is too late is refused with the reason, and nothing is sent.
 */
export async function answerPerson(parts: AnswerParts, { name: by }: Caller, request: AnswerRequest): Promise<Outcome<Answered>> {
  const { id, giveBack, outside, uuid } = request;
  const contact = (await livingSession(parts.store, id))?.state.contact;
  if (!contact) return unknownSession(id);
  const message = messageOf(request, contact);
  if (message && isRefused(message)) return message;
  const reached = await reachOutside(parts, request);
  if (reached && isRefused(reached)) return reached;
  const at = parts.clock.now();
  const event: EventOf<'operator'> = {
    id: uuid === undefined ? newCommandId(at) : `operator:${uuid}`,
    at,
    type: 'operator',
    by,
    ...(message ? { message } : {}),
    ...(giveBack ? { giveBack } : {}),
    ...(outside ? { outside } : {}),
    ...(reached ? { reached } : {}),
  };
  const outcome = await parts.takeTurn(id, event);
  const { session } = outcome;
  if (outcome.kind === 'gone') return unknownSession(id);
  const turn = outcome.kind === 'taken' ? outcome.decision : await parts.store.turns.byEvent(session, event.id);
  if (turn?.decision.kind === 'refused') return refusalOf(turn);
  const effect = turn?.effects.find((one) => one.by !== undefined)?.id;
  const found = await livingView(parts.store, session);
  const done = { ...(effect === undefined ? {} : { effect }), ...(found ? { session: showSession(found) } : {}) };
  if (outcome.kind !== 'taken') return { done };
  const after = { ...(effect === undefined ? {} : { effect }), ...(giveBack ? { giveBack } : {}), ...(outside ? { outside } : {}) };
  return { done, changed: { action: 'session.answer', target: `session:${session}`, after } };
}

/**
 * Finds where to write to a person whom nobody handed over: on the channel that the request names. A person who has never written, but was
 * named by a system, is reached on the only channel that fits one of their identities. Undefined for all others: where they wrote last.
 */
async function reachOutside(parts: AnswerParts, { id, outside, channel }: AnswerRequest): Promise<Reached | Refusal | undefined> {
  if (!outside) return undefined;
  const state = (await livingSession(parts.store, id))?.state;
  if (!state || (channel === undefined && Object.keys(state.channels).length > 0)) return undefined;
  const fitting = parts.channels.all.filter(({ channel: { id: one }, adapter }) =>
    state.contact.identities.some((identity) => adapter.senderOf(identity, one)),
  );
  const bound = fitting.map(({ channel: { id: one } }) => one);
  return reachPerson(parts, { contact: { id: state.id }, ...(channel === undefined ? {} : { channel }) }, bound);
}

/** Reads the message as it will be sent. */
function messageOf({ text, message }: AnswerRequest, contact: Contact): OutboundMessage | Refusal | undefined {
  if (text !== undefined) return { type: 'text', text };
  if (message === undefined) return undefined;
  const schema = anyMessageParams();
  const { value, error } = validateAll(schema, message);
  if (error) {
    const about = { pointer: '/message', code: 'body', isNoFile: true } as const;
    const problems = problemsOfJoi(error, { ...about, schema: () => schema.describe() as Description, value: message });
    return { refused: 'http/bad-body', problems };
  }
  return fillWritten(value as MessageParams, contact.language) ?? UNSENDABLE;
}

const UNSENDABLE: Refusal = {
  refused: 'operator/not-sent',
  detail: 'The message cannot be sent: it has nothing to react to, or no valid place.',
};

/** The turn warns of the reason for its refusal. */
function refusalOf({ decision, warnings }: Pick<Decision, 'decision' | 'warnings'>): Refusal {
  const code = CODES.find((one) => warnings.some((warning) => warning.code === one)) ?? 'operator/not-sent';
  return { refused: code, detail: `Nothing was sent: ${decision.reason}.` };
}

const CODES = ['operator/not-handed-over', 'send/window-closed', 'send/opted-out', 'send/not-subscribed'] as const;
