import { BUDGET, type Effect, type SendBody, type Vars } from '../contract/index.js';
import { keep, waitsForSubscription } from './add-effect.js';
import { judgeSend } from './judge-send.js';
import { conclude, type Work, whereabouts } from './work.js';

/** What the command brings along of the send that was given up: the engine asks nobody for it. */
export type WantedAgain = Pick<Effect, 'run' | 'flow' | 'version' | 'node'> & { readonly effect: string; readonly body: SendBody };

/** Another effect with the body of one that was given up: same channel, address and message. No node waits for it any more. */
export function sendAgain(work: Work, request: Vars, by: string): undefined {
  const { effect, body, run, flow, version, node } = request as unknown as Partial<WantedAgain>;
  if (effect === undefined || body?.kind !== 'send') {
    conclude(work, 'refused', 'there is no message to send again');
    return;
  }
  if (work.input.waitingEffects >= BUDGET.waitingEffects) {
    conclude(work, 'refused', `more than ${BUDGET.waitingEffects} effects are waiting`);
    return;
  }
  // Its parts fit already: only whether it may go out is asked again.
  const { skipped } = judgeSend(
    { kind: 'send', to: body, message: body.message },
    { ...whereabouts(work), now: work.input.event.at, run: body },
  );
  if (skipped) {
    conclude(work, 'refused', skipped.reason);
    return;
  }
  const { id } = keep(work, {
    body,
    ...waitsForSubscription(work, body),
    ...(run === undefined ? {} : { run }),
    ...(flow === undefined || version === undefined ? {} : { flow, version }),
    ...(node === undefined ? {} : { node }),
    resends: effect,
  });
  // It asks what the first one asked.
  for (const asker of work.runs) {
    const asked = asker.offer?.find((one) => one.effectId === effect);
    if (asked) asker.offer = [...(asker.offer ?? []), { ...asked, effectId: id }];
  }
  conclude(work, 'commanded', `the message ${effect} was sent again by ${by}`);
}
