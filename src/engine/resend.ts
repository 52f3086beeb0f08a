import { BUDGET, type CallBody, type Effect, type SendBody, type Vars } from '../contract/index.js';
import { waitsForSubscription } from './add-effect.js';
import { type Judged, judgeSend } from './judge-send.js';
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
  const { skipped } = body.kind === 'call' ? {} : judgeAgain(work, body);
  if (skipped) {
    conclude(work, 'refused', skipped.reason);
    return;
  }
  const { id } = recordEffect(work, {
    body,
    ...(body.kind === 'call' ? {} : waitsForSubscription(work, body)),
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

function judgeAgain(work: Work, body: SendBody): Pick<Judged, 'skipped'> {
  const world = { ...whereabouts(work), now: work.input.event.at, optOut: work.contact.optOut, answers: undefined, run: body };
  return judgeSend({ kind: 'send', to: body, message: body.message }, world);
}
