import { BUDGET, type Effect, type SendBody, type Vars } from '../contract/index.js';
import { say, type Work } from './work.js';

/** What the command brings along of the send that was given up: the engine asks nobody for it. */
export type WantedAgain = Pick<Effect, 'run' | 'flow' | 'version' | 'node'> & { readonly effect: string; readonly body: SendBody };

/** Another effect with the body of one that was given up: same channel, address and message. No node waits for it any more. */
export function sendAgain(work: Work, wish: Vars, by: string): void {
  const { effect, body, run, flow, version, node } = wish as unknown as Partial<WantedAgain>;
  if (effect === undefined || body?.kind !== 'send') {
    say(work, 'refused', 'there is no message to send again');
    return;
  }
  if (work.input.waitingEffects >= BUDGET.waitingEffects) {
    say(work, 'refused', `more than ${BUDGET.waitingEffects} effects are waiting`);
    return;
  }
  work.effectCount += 1;
  const id = `${work.input.session.id}.${work.input.session.turn}.${work.effects.length + 1}`;
  work.effects.push({
    id,
    number: work.effectCount,
    at: work.input.event.at,
    body,
    ...(work.channels[body.channel]?.subscribed === false ? { parked: true } : {}),
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
  say(work, 'commanded', `the message ${effect} was sent again by ${by}`);
}
