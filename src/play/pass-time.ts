import { PARKED } from '../contract/host/index.js';
import { millisOf, plusMillis, timeoutEventId } from '../contract/index.js';
import { dueWaits } from '../engine/waits.js';
import { waitingCalls } from './answer-call.js';
import { notSubscribed } from './perform-send.js';
import { secondsAt, timeAt } from './play-clock.js';
import { stop } from './play-problem.js';
import type { Scene } from './scene.js';
import { failedReceipt, takeEvent } from './take-event.js';

/** How many waits may end in one play: a flow that wakes every second would play for ever. */
const MAX_WAITS = 1_000;

/** Lets time pass until a moment. Whatever ends on the way is an event at its own time. */
export function passUntil(scene: Scene, target: number): void {
  for (let due = nextDue(scene, target); due; due = nextDue(scene, target)) {
    scene.waits += 1;
    if (scene.waits > MAX_WAITS)
      stop({
        pointer: `/steps/${Math.max(scene.step, 0)}`,
        code: 'play/too-many-waits',
        message: `${MAX_WAITS.toLocaleString('en')} waits have ended, and more are due`,
        hint: 'Let less time pass.',
      });
    scene.seconds = Math.max(scene.seconds, secondsAt(due.at));
    due.happen(timeAt(scene.seconds));
  }
  scene.seconds = Math.max(scene.seconds, target);
}

/** Something that happens by itself when its time has come. */
interface Due {
  readonly at: string;
  /** Does it, now. */
  happen(now: string): void;
}

/** Returns what happens next by itself, if it does so in time: the end of a wait, the deadline of a call, or that of a parked message. */
function nextDue(scene: Scene, target: number): Due | undefined {
  const limit = timeAt(target);
  const all = [...waitsDue(scene, limit), ...callsDue(scene), ...parkedDue(scene)].filter(({ at }) => at <= limit);
  return all.reduce<Due | undefined>((first, one) => (first && millisOf(first.at) <= millisOf(one.at) ? first : one), undefined);
}

function waitsDue(scene: Scene, limit: string): readonly Due[] {
  return dueWaits(scene.talk.state, limit).flatMap(({ id, until }) => {
    if (until === undefined) return [];
    const happen = (at: string) => takeEvent(scene, { event: { id: timeoutEventId(id), at, type: 'timeout', waitId: id } });
    return [{ at: until, happen }];
  });
}

/** The outbox gives a call up at its deadline. */
function callsDue(scene: Scene): readonly Due[] {
  return waitingCalls(scene).map((call) => ({
    at: plusMillis(call.at, call.body.deadline),
    happen(at) {
      scene.calls = scene.calls.filter((one) => one !== call);
      const value = { code: 'call/timeout', reason: 'the deadline has passed' };
      takeEvent(scene, { event: { id: `${call.id}:result`, at, type: 'callResult', callId: call.id, ok: false, value } });
    },
  }));
}

/** The provider refuses a message when it has waited for a subscription for too long. Only a run that waits for its outcome hears of that. */
function parkedDue(scene: Scene): readonly Due[] {
  return scene.parked.map((one) => ({
    at: plusMillis(one.effect.at, PARKED),
    happen(at) {
      scene.parked = scene.parked.filter((other) => other !== one);
      const { id, awaited, body } = one.effect;
      if (awaited) takeEvent(scene, { event: failedReceipt(id, at, notSubscribed(scene.providers.get(body.channel))) });
    },
  }));
}
