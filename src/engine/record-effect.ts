import type { Effect } from '../contract/index.js';
import type { Work } from './work.js';

/** An effect that has no place in the order yet. */
export type NewEffect = Omit<Effect, 'id' | 'number' | 'at'>;

/** Adds an effect to the turn under the next number. */
export function recordEffect(work: Work, effect: NewEffect): Effect {
  work.effectCount += 1;
  const { session, event } = work.input;
  const recorded: Effect = {
    id: `${session.id}.${session.turn}.${work.effects.length + 1}`,
    number: work.effectCount,
    at: event.at,
    ...effect,
  };
  work.effects.push(recorded);
  return recorded;
}
