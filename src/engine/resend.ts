import { BUDGET, type CallBody, type Effect, type SendBody, type Skipped, type Vars } from '../contract/index.js';
import { waitsForSubscription } from './add-effect.js';
import { judgeSend } from './judge-send.js';
import { recordEffect } from './record-effect.js';
import { conclude, edit, type Work, whereabouts } from './work.js';

/** The failed send or notice, as the command brings it: the engine does not look it up. */
export type ResendRequest = Pick<Effect, 'run' | 'flow' | 'version' | 'node'> & {
  readonly effect: string;
  readonly body: SendBody | CallBody;
};

/** Sends a failed message again: a new effect with the same channel, address and message. No node waits for it. */
export function sendAgain(work: Work, request: Vars, by: string): undefined {
  const { effect, body, run, flow, version, node } = request as unknown as Partial<ResendRequest>;
  if (effect === undefined || !body || (body.kind === 'call' && !body.notice)) {
    conclude(work, 'refused', 'there is no message to send again');
    return;
  }
  if (work.input.waitingEffects >= BUDGET.waitingEffects) {
    conclude(work, 'refused', `more than ${BUDGET.waitingEffects} effects are waiting`);
    return;
  }
  // It was split and cut before; all that is checked again is whether it may be sent now.
  const judged: Judged = body.kind === 'call' ? { body } : judgeAgain(work, body);
  if (judged.skipped) {
    conclude(work, 'refused', judged.skipped.reason);
    return;
  }
  const { id } = recordEffect(work, {
    body: judged.body,
    ...(judged.body.kind === 'call' ? {} : waitsForSubscription(work, judged.body)),
    ...(run === undefined ? {} : { run }),
    ...(flow === undefined || version === undefined ? {} : { flow, version }),
    ...(node === undefined ? {} : { node }),
    resends: effect,
  });
  // Taps on the new message count as taps on the first one.
  for (const asking of work.runs) {
    const offered = asking.offer?.find((one) => one.effectId === effect);
    if (offered) edit(work, asking).offer = [...(asking.offer ?? []), { ...offered, effectId: id }];
  }
  conclude(work, 'commanded', `the message ${effect} was sent again by ${by}`);
}

/** What is sent again, and why it must not be sent. */
interface Judged {
  readonly body: SendBody | CallBody;
  readonly skipped?: Skipped;
}

/** Judges a send again. The address may have become the contact's own, or another person's. */
function judgeAgain(work: Work, { isOther: _, ...body }: SendBody): Judged {
  const world = { ...whereabouts(work), now: work.input.event.at, optOut: work.contact.optOut, answers: undefined, run: body };
  const { skipped, body: judged } = judgeSend({ kind: 'send', to: body, message: body.message }, world);
  return { body: { ...body, ...(judged.isOther ? { isOther: true } : {}) }, ...(skipped ? { skipped } : {}) };
}
