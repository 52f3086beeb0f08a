import { type Clock, type IsoTime, plusMillis, type SendFailure } from '../contract/index.js';
import { doubtsOf, type Settlement, type WaitingEffect } from '../contract/store/index.js';

/** Returns a settlement that puts an effect back into the queue as it was. It does not count as an attempt. */
export function putOff(waiting: WaitingEffect, notBefore: IsoTime, reason: string): Settlement {
  const { effect, accepted, providerIds } = waiting;
  return { effect: effect.id, outcome: 'retry', notBefore, reason, accepted, providerIds, untried: true, ...doubtOf(waiting) };
}

/** Returns a settlement that returns an effect to its queue at once, because the host stops. */
export function stopped(waiting: WaitingEffect, { now }: Pick<Clock, 'now'>): Settlement {
  return putOff(waiting, plusMillis(now(), 1), 'the host stopped');
}

/** Returns a settlement that gives an effect up. */
export function dead(effect: string, { kind, code, message }: SendFailure): Settlement {
  return { effect, outcome: 'dead', error: { kind, code, message } };
}

/** Returns a settlement of an effect that is not to be sent any more. */
export function skipped(effect: string, { kind, code, message }: SendFailure): Settlement {
  return { effect, outcome: 'skipped', error: { kind, code, message } };
}

/** Returns the doubt that a settlement has to keep, whatever became of the latest attempt: the receipt of an earlier one may still come. */
export function doubtOf(waiting: WaitingEffect): Pick<WaitingEffect, 'inDoubt' | 'doubts'> {
  return waiting.inDoubt ? { inDoubt: true, doubts: doubtsOf(waiting) } : {};
}
