import { type Clock, type Effect, effectSession, type Json, type Store, type TurnRecord } from '../contract/index.js';
import type { TakeTurn } from '../contract/take-turn.js';
import type { WantedAgain } from '../engine/resend.js';
import { livingSession } from '../people/living-session.js';
import { effectOf } from '../turn/quoted-message.js';

/**
 * `sent-again`, `already`: under the id of the new effect. `unknown`: the turn log has no such effect (any more). `not-dead`: it is
 * waiting, was taken, or is a call. `gone`: nobody has this session. `refused`: as the turn says; it may be asked again.
 */
export type Resent =
  | { readonly kind: 'sent-again' | 'already'; readonly effect: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown' | 'not-dead' | 'gone' };

interface ResendParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** Sends once more what the outbox has given up, as a turn of its session. Asked again, also after a crash half way, it answers with the first try. */
export async function resendEffect(parts: ResendParts, effectId: string, by: string): Promise<Resent> {
  const { store, takeTurn, clock } = parts;
  const stored = await livingSession(store, effectSession(effectId));
  if (!stored) return { kind: 'gone' };
  const effect = await effectOf(store, effectId);
  // Of one whose words were not to be kept there is nothing to send.
  if (!effect || effect.unlogged) return { kind: 'unknown' };
  if (effect.body.kind !== 'send') return { kind: 'not-dead' };

  const session = stored.state.id;
  const { id, sent } = await earlierTry(store, session, effectId);
  if (sent) return told(store, 'already', sent);
  const isWaiting = stored.effects.some((one) => one.effect.id === effectId);
  if (isWaiting || !(await store.deliveries.isDead(effectId))) return { kind: 'not-dead' };

  const outcome = await takeTurn(session, { id, at: clock.now(), type: 'command', command: 'resend', args: argsOf(effect), by });
  if (outcome.kind === 'taken') {
    const again = resentBy(outcome.decision.effects, effectId);
    return again ? told(store, 'sent-again', again) : { kind: 'refused', reason: outcome.decision.decision.reason };
  }
  const first = outcome.kind === 'duplicate' ? (await earlierTry(store, session, effectId)).sent : undefined;
  return first ? told(store, 'already', first) : { kind: 'gone' };
}

/** The turn is stored; only then the old send leaves the list, and whoever finds it there meanwhile is told of the turn. */
async function told(store: Store, kind: 'sent-again' | 'already', { id, resends = '' }: Effect): Promise<Resent> {
  await store.deliveries.revive(resends);
  return { kind, effect: id };
}

/** The effect that a try has made; else the id for the next one, as tries that were refused have used up theirs. */
async function earlierTry(store: Store, session: string, effectId: string): Promise<{ readonly id: string; readonly sent?: Effect }> {
  let id = `resend:${effectId}`;
  for (;;) {
    const turn: TurnRecord | undefined = await store.turns.byEvent(session, id);
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
  const wanted = { effect: id, body, run, flow, version, node } satisfies { [K in keyof WantedAgain]: unknown };
  return JSON.parse(JSON.stringify(wanted)) as Json;
}
