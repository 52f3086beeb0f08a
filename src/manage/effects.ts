import { type Clock, type DeadSend, type Effect, effectSession, type Json, type Store, type TurnRecord } from '../contract/index.js';
import type { Refusal } from '../contract/refusals.js';
import type { TakeTurn } from '../contract/take-turn.js';
import type { ResendRequest } from '../engine/resend.js';
import { livingSession } from '../people/living-session.js';
import { effectOf } from '../turn/quoted-message.js';
import type { Caller, Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';

export interface EffectParts {
  readonly store: Pick<Store, 'sessions' | 'turns' | 'deliveries'>;
  readonly takeTurn: TakeTurn;
  readonly clock: Pick<Clock, 'now'>;
}
type ShownDead = Omit<DeadSend, 'key' | 'effect'> & { readonly id: string };

/** Lists the sends that were given up and not sent again. */
export async function listDeadEffects(
  { store }: EffectParts,
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
  /** An earlier request has sent it again; this one has changed nothing. */
  readonly repeated: boolean;
}

/**
 * Sends a message once more that the outbox has given up, as a turn of its session. Asked again, also after a crash half way, it answers
 * with the first try. If the turn refuses it (the window is closed, say), it may be asked again later.
 */
export async function resendEffect(
  parts: EffectParts,
  { name: by }: Caller,
  { id: effectId }: { readonly id: string },
): Promise<Outcome<Resent>> {
  const { store, takeTurn, clock } = parts;
  const stored = await livingSession(store, effectSession(effectId));
  const effect = stored && (await effectOf(store, effectId));
  // Of a message that was not logged there is nothing to send.
  if (!effect || effect.unlogged) return unknownEffect(effectId);
  if (effect.body.kind !== 'send') return notDead(effectId);

  const session = stored.state.id;
  const { id, sent } = await earlierTry(store, session, effectId);
  if (sent) return resent(store, sent, true);
  const isWaiting = stored.effects.some((one) => one.effect.id === effectId);
  if (isWaiting || !(await store.deliveries.isDead(effectId))) return notDead(effectId);

  const outcome = await takeTurn(session, { id, at: clock.now(), type: 'command', command: 'resend', args: argsOf(effect), by });
  if (outcome.kind === 'taken') {
    const again = resentBy(outcome.decision.effects, effectId);
    if (again) return resent(store, again, false);
    return { refused: 'session/refused', detail: `"${effectId}" is not sent again: ${outcome.decision.decision.reason}.` };
  }
  const first = outcome.kind === 'duplicate' ? (await earlierTry(store, session, effectId)).sent : undefined;
  return first ? resent(store, first, true) : unknownEffect(effectId);
}

function unknownEffect(id: string): Refusal {
  return { refused: 'effect/unknown', detail: `There is no effect "${id}", or none any more.` };
}

function notDead(id: string): Refusal {
  return { refused: 'effect/not-dead', detail: `"${id}" was not given up: it waits, was taken, or is no send.` };
}

/** Takes the old send off the list of dead ones. Its turn is stored by now, so whoever finds it there meanwhile gets the same answer. */
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
