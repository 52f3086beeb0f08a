import { isRefused, type Refusal, type TakeTurn, type TurnRecord } from '../contract/host/index.js';
import type { Clock, Run, Vars } from '../contract/index.js';
import type { SessionStatus, SessionView, Store, StoredSession } from '../contract/store/index.js';
import type { MediaBox } from '../media/media-box.js';
import { livingSession } from '../people/living-session.js';
import { newCommandId } from '../people/new-id.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';
import { type DeliveryStates, messagesIn, showSession, showTurn } from './session-view.js';

export interface SessionParts {
  /** Makes addresses of files for viewers. */
  readonly media?: Pick<MediaBox, 'shortly'>;
  readonly store: Pick<Store, 'sessions' | 'turns' | 'deliveries'>;
}
interface Named {
  readonly id: string;
}

export interface SessionListRequest extends PageRequest {
  /** The id of a contact, or of one that was merged into it. */
  readonly contact?: string;
  /** A flow in which a run stands. */
  readonly flow?: string;
  readonly status?: SessionStatus;
  /** The queue to which a person is handed over. */
  readonly queue?: string;
}

/** Lists sessions. */
export async function listSessions({ store }: SessionParts, _caller: Caller, request: SessionListRequest): Promise<Outcome<Page<object>>> {
  const contact = request.contact === undefined ? undefined : (await livingSession(store, request.contact))?.state.id;
  const query = { ...request, ...(contact === undefined ? {} : { contact }), limit: request.limit + 1 };
  const found = await store.sessions.list(query);
  return {
    done: mapPage(
      pageOf(found, request.limit, ({ state }) => state.id),
      showSession,
    ),
  };
}

/** Reads one session. */
export async function readSession({ store }: SessionParts, _caller: Caller, { id }: Named): Promise<Outcome<object>> {
  const found = await livingView(store, id);
  return found ? { done: showSession(found) } : unknownSession(id);
}

/** Lists why each turn came out as it did. `after` is the number of the last turn of the page before, or 0. */
export async function listTurns(
  { store }: SessionParts,
  _caller: Caller,
  { id, after, limit }: Named & { readonly after: number; readonly limit: number },
): Promise<Outcome<Page<object>>> {
  const session = await known(store, id);
  if (isRefused(session)) return session;
  const found = await store.turns.list(session.state.id, { after, limit: limit + 1 });
  const states = await deliveryStatesOf(store, session, found);
  return {
    done: mapPage(
      pageOf(found, limit, ({ turn }) => String(turn)),
      (turn) => showTurn(turn, states),
    ),
  };
}

/** A message as the API shows it; of its content, what is changed here. */
interface ShownMessage {
  readonly message?: { readonly mediaUrl?: string };
}
type PlacedMessage = ShownMessage & { readonly place: string };

/** Lists messages that came in and went out, with their status. `after` is the place of the last message of the page before: its turn, and its number there. */
export async function listMessages(
  { store, media }: SessionParts,
  _caller: Caller,
  { id, after, limit }: Named & { readonly after: readonly [turn: number, index: number]; readonly limit: number },
): Promise<Outcome<Page<PlacedMessage>>> {
  const session = await known(store, id);
  if (isRefused(session)) return session;
  const [turn, index] = after;
  // A turn may hold several messages: begin with the turn that the last page ended in.
  const found = await findMessages(store, session, { turn: turn - 1, skip: index, limit: limit + 1 });
  return {
    done: mapPage(
      pageOf(found, limit, ({ place }) => place),
      (one) => forViewers(one, media),
    ),
  };
}

/** Returns a message with an address of its file that is valid for some minutes: the one in the log is valid for a day. */
function forViewers<T extends ShownMessage>(shown: T, media: SessionParts['media']): T {
  const { message } = shown;
  if (!media || message?.mediaUrl === undefined) return shown;
  return { ...shown, message: { ...message, mediaUrl: media.shortly(message.mediaUrl) } };
}

async function findMessages(
  store: SessionParts['store'],
  session: StoredSession,
  from: { readonly turn: number; readonly skip: number; readonly limit: number },
): Promise<readonly PlacedMessage[]> {
  const found: PlacedMessage[] = [];
  let after = Math.max(0, from.turn);
  while (found.length < from.limit) {
    const turns = await store.turns.list(session.state.id, { after, limit: 200 });
    const states = await deliveryStatesOf(store, session, turns);
    for (const turn of turns) {
      const skip = turn.turn === from.turn + 1 ? from.skip : 0;
      messagesIn(turn, states).forEach((message, i) => {
        if (i >= skip) found.push({ ...message, place: `${turn.turn}.${i + 1}` });
      });
    }
    after = turns.at(-1)?.turn ?? after;
    if (turns.length < 200) break;
  }
  return found.slice(0, from.limit);
}

async function deliveryStatesOf(
  { deliveries }: SessionParts['store'],
  session: StoredSession,
  turns: readonly TurnRecord[],
): Promise<DeliveryStates> {
  const ids = turns.flatMap(({ effects }) => effects.map(({ id }) => id));
  return { deliveries: await deliveries.of(ids), waiting: new Map(session.effects.map((one) => [one.effect.id, one])) };
}

export interface CommandParts extends SessionParts {
  readonly takeTurn: TakeTurn;
  readonly clock: Pick<Clock, 'now'>;
}

/** What an operator does with a session. */
export interface Command extends Named {
  readonly command: 'end' | 'resume' | 'move';
  /** `end` takes `run` (all runs if absent) and `message`; `resume` takes `run` and `port`; `move` takes `run` and `node`. */
  readonly args: Vars;
}

/**
 * Ends a run or all runs, makes a run leave the node where it waits, or moves it to another node of its flow. The command is a turn of the
 * session: it comes after the turn under way, and is part of the session's log.
 */
export async function commandSession(
  { store, takeTurn, clock }: CommandParts,
  { name: by }: Caller,
  { id, command, args }: Command,
): Promise<Outcome<object | undefined>> {
  const before = await livingView(store, id);
  const at = clock.now();
  const outcome = await takeTurn(id, { id: newCommandId(at), at, type: 'command', command, args, by });
  if (outcome.kind !== 'taken') return unknownSession(id);
  const { kind, reason } = outcome.decision.decision;
  if (kind === 'refused') return { refused: 'session/refused', detail: `The session was not changed: ${reason}.` };
  const found = await livingView(store, outcome.session);
  return {
    done: found && showSession(found),
    changed: {
      action: `session.${command}`,
      target: `session:${outcome.session}`,
      before: before && standing(before.state.runs),
      after: { ...args, ...(found ? standing(found.state.runs) : {}) },
    },
  };
}

/** Shows where the runs of a session stand, by the innermost frame of each: `welcome@3#ask`. */
function standing(runs: readonly Run[]): object {
  const at = (run: Run) => {
    const top = run.stack.at(-1);
    return top?.kind === 'flow' ? `${top.flow}@${top.version}#${top.nodeId}` : `dialog:${top?.dialog ?? ''}`;
  };
  return { runs: runs.map((one) => ({ id: one.id, place: one.place, at: at(one) })) };
}

/** A session as lists show it; of a contact that was merged into another one, the session of that one. */
export async function livingView(store: SessionParts['store'], id: string): Promise<SessionView | undefined> {
  const living = await livingSession(store, id);
  const [found] = living ? await store.sessions.list({ contact: living.state.id, limit: 1 }) : [];
  return found;
}

async function known(store: SessionParts['store'], id: string): Promise<StoredSession | Refusal> {
  return (await livingSession(store, id)) ?? unknownSession(id);
}

/** The refusal for a session that does not exist. */
export function unknownSession(id: string): Refusal {
  return { refused: 'session/unknown', detail: `Unknown session: "${id}".` };
}
