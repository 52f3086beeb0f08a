import { doubtsOf, type IsoTime, type SendFailure, type Settlement, type WaitingEffect } from '../contract/index.js';

/** Back into the queue as it was, without having been tried. */
export function putOff(waiting: WaitingEffect, notBefore: IsoTime, reason: string): Settlement {
  const { effect, accepted, providerIds } = waiting;
  return { effect: effect.id, outcome: 'retry', notBefore, reason, accepted, providerIds, untried: true, ...doubtOf(waiting) };
}

/** Given up, with the reason. */
export function dead(effect: string, { kind, code, message }: SendFailure): Settlement {
  return { effect, outcome: 'dead', error: { kind, code, message } };
}

/** The doubt about a send that a settlement has to carry on, whatever became of the latest try: the receipt of an earlier one may still come. */
export function doubtOf(waiting: WaitingEffect): Pick<WaitingEffect, 'inDoubt' | 'doubts'> {
  return waiting.inDoubt ? { inDoubt: true, doubts: doubtsOf(waiting) } : {};
}
