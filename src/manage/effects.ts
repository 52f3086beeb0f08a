import type { Refusal, TakeTurn, TurnRecord } from '../contract/host/index.js';
import { type Clock, type Effect, effectSession, type Json } from '../contract/index.js';
import type { DeadSend, Store } from '../contract/store/index.js';
import type { ResendRequest } from '../engine/resend.js';
import { livingSession } from '../people/living-session.js';
import { hasOptedOut, OPTED_OUT } from '../people/opted-out.js';
import type { ChannelBook } from '../published/channel-book.js';
import { effectOf } from '../turn/quoted-message.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';

export interface EffectParts {
  readonly store: Pick<Store, 'sessions' | 'turns' | 'deliveries' | 'contacts'>;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly takeTurn: TakeTurn;
  readonly clock: Pick<Clock, 'now'>;
}
type ShownDead = Omit<DeadSend, 'key' | 'effect'> & { readonly id: string };

/** Lists the sends that have failed for good and were not sent again. */
export async function listDeadEffects(
  { store }: { readonly store: Pick<Store, 'deliveries'> },
  _caller: Caller,
  { channel, ...page }: PageRequest & { readonly channel?: string },
): Promise<Outcome<Page<ShownDead>>> {
  const found = await store.deliveries.dead({ ...page, ...(channel === undefined ? {} : { channel }), limit: page.limit + 1 });
  return {
    done: mapPage(
      pageOf(found, page.limit, ({ key }) => key),
      ({ key: _, effect: id, ...rest }) => ({ id, ...rest }),
    ),
  };
}

interface Resent {
  /** The id of the new effect. */
  readonly effect: string;
  /** An earlier request has sent it already; this one has changed nothing. */
  readonly repeated: boolean;
}

/**
 * Sends a message again that has failed for good, as a turn of its session. A repeated request, also after a crash half way, gets the
 * answer of the first. If the turn refuses to send it (the window may be closed), it may be requested again later.
 */
export async function resendEffect(
  parts: EffectParts,
  { name: by }: Caller,
  { id: effectId }: { readonly id: string },
): Promise<Outcome<Resent>> {
  const { store, takeTurn, clock } = parts;
  const stored = await livingSession(store, effectSession(effectId));
  const effect = stored && (await effectOf(store, effectId));
  // The text of a message that was not logged is gone.
  if (!effect || effect.unlogged) return unknownEffect(effectId);
  if (effect.body.kind === 'call' && !effect.body.notice) return notDead(effectId);

  const session = stored.state.id;
  const { id, sent } = await earlierTry(store, session, effectId);
  if (sent) return resent(store, sent, true);
  const isWaiting = stored.effects.some((one) => one.effect.id === effectId);
  if (isWaiting || !(await store.deliveries.isDead(effectId))) return notDead(effectId);

  if (await isForOptedOut(parts, effect.body)) return notSent(effectId, OPTED_OUT.message);
  const outcome = await takeTurn(session, { id, at: clock.now(), type: 'command', command: 'resend', args: argsOf(effect), by });
  if (outcome.kind === 'taken') {
    const again = resentBy(outcome.decision.effects, effectId);
    if (again) return resent(store, again, false);
    return notSent(effectId, outcome.decision.decision.reason);
  }
  const first = outcome.kind === 'duplicate' ? (await earlierTry(store, session, effectId)).sent : undefined;
  return first ? resent(store, first, true) : unknownEffect(effectId);
}

function unknownEffect(id: string): Refusal {
  return { refused: 'effect/unknown', detail: `Unknown effect: "${id}". It may have been removed.` };
}

function notDead(id: string): Refusal {
  return { refused: 'effect/not-dead', detail: `"${id}" has not failed for good: it is waiting, was accepted, or is not a send.` };
}

function notSent(id: string, reason: string): Refusal {
  return { refused: 'session/refused', detail: `"${id}" was not sent again: ${reason}.` };
}

/** Returns whether a message to somebody else than the contact would be skipped. The turn judges those to the contact. */
async function isForOptedOut({ store, channels }: EffectParts, body: Effect['body']): Promise<boolean> {
  if (body.kind !== 'send' || !body.isOther) return false;
  const known = channels.get(body.channel);
  return known !== undefined && (await hasOptedOut(store, known, body.address));
}

/** Takes the old send off the list of failed ones. The turn is stored by now, so a request that still finds it there gets the same answer. */
async function resent(
  { deliveries }: EffectParts['store'],
  { id: effect, resends = '' }: Effect,
  repeated: boolean,
): Promise<Outcome<Resent>> {
  await deliveries.revive(resends);
  const done = { effect, repeated };
  if (repeated) return { done };
  const target = `session:${effectSession(resends)}`;
  return { done, changed: { action: 'effect.resend', target, before: { dead: resends }, after: { effect } } };
}

/** Finds the effect that an earlier try has made, or else the event id for the next try: each refused try has used up an id. */
async function earlierTry(
  { turns }: EffectParts['store'],
  session: string,
  effectId: string,
): Promise<{ readonly id: string; readonly sent?: Effect }> {
  let id = `resend:${effectId}`;
  for (;;) {
    const turn: TurnRecord | undefined = await turns.byEvent(session, id);
    if (!turn) return { id };
    const sent = resentBy(turn.effects, effectId);
    if (sent) return { id, sent };
    id = `resend:${effectId}:${turn.turn}`;
  }
}

function resentBy(effects: readonly Effect[], effectId: string): Effect | undefined {
  return effects.find(({ resends }) => resends === effectId);
}

function argsOf({ id, body, run, flow, version, node }: Effect): Json {
  const wanted = { effect: id, body, run, flow, version, node } satisfies { [K in keyof ResendRequest]: unknown };
  return JSON.parse(JSON.stringify(wanted)) as Json;
}
