import { createChance } from '../../chaos/random.js';
import type { Clock, Lane, Pace } from '../../src/contract/index.js';
import { createPacing } from '../../src/outbox/pacing.js';

/** An account at a provider that refuses a send if there were too many messages within the second before it, whoever sent them. */
export interface Account {
  /** Messages a second that the channel is set to, and those that the provider really allows. */
  readonly set: number;
  readonly allowed: number;
  /** How many people write a second. Each is answered once. */
  readonly people: number;
  readonly seconds: number;
  readonly seed: number;
}
export interface Outcome {
  /** Sends that were refused, as a share of the attempts. */
  readonly refused: Readonly<Record<Lane, number>>;
  /** The share of what the provider allows that was used. */
  readonly use: number;
  /** How long half of the replies waited for their place, at most, in milliseconds. */
  readonly medianWait: number;
}

/** How long a message takes to the provider or back, at most; and how long a refused send waits. In milliseconds. */
const LATENCY = 30;
const RETRY_AFTER = 1_000;
/** How late a busy event loop fires a timer, at most, in milliseconds. */
const LATE = 20;
/** Campaign sends that are claimed at once. */
const ROOM = 80;

/** Plays a campaign that never ends beside people who write, in virtual time. */
export async function simulate({ set, allowed, people, seconds, seed }: Account): Promise<Outcome> {
  const time = virtualTime();
  const chance = createChance(seed);
  const late: typeof time.after = (millis, call) => time.after(millis + chance.between(0, 1) ** 2 * LATE, call);
  const pacing = createPacing({ monotonic: time.monotonic, after: late });
  const pace: Pace = { perSecond: set };
  const counts = { reply: { attempts: 0, refused: 0 }, campaign: { attempts: 0, refused: 0 } };
  const waits: number[] = [];
  const pause = (millis: number) => new Promise<void>((go) => void time.after(millis, go));
  const latency = () => pause(chance.between(LATENCY / 3, LATENCY));
  let taken: number[] = [];
  let used = 0;

  function takes(isSend: boolean): boolean {
    taken = taken.filter((at) => at > time.monotonic() - 1_000);
    if (isSend && taken.length >= allowed) return false;
    taken.push(time.monotonic());
    used += 1;
    return true;
  }

  async function send(lane: Lane): Promise<void> {
    const asked = time.monotonic();
    for (;;) {
      const askIn = await pacing.place({ channel: 'wa', address: '', lane }, pace);
      if (askIn > 0) await pause(askIn);
      else {
        if (lane === 'reply') waits.push(time.monotonic() - asked);
        await latency();
        const isTaken = takes(true);
        await latency();
        counts[lane].attempts += 1;
        if (isTaken) return;
        counts[lane].refused += 1;
        pacing.refused('wa', pace);
        await pause(RETRY_AFTER);
      }
    }
  }

  async function peopleWrite(): Promise<void> {
    for (;;) {
      await pause((-Math.log(1 - chance.between(0, 1)) * 1_000) / people);
      takes(false);
      void latency().then(() => {
        pacing.heard('wa', pace);
        return send('reply');
      });
    }
  }

  async function campaign(): Promise<void> {
    for (;;) await send('campaign');
  }

  if (people > 0) void peopleWrite();
  for (let i = 0; i < ROOM; i += 1) void campaign();
  await time.run(seconds * 1_000);
  const share = (lane: Lane) => counts[lane].refused / Math.max(1, counts[lane].attempts);
  waits.sort((a, b) => a - b);
  return {
    refused: { reply: share('reply'), campaign: share('campaign') },
    use: used / seconds / allowed,
    medianWait: waits[waits.length >> 1] ?? 0,
  };
}

/** Turns of the microtask queue after which nobody goes on without a timer. */
const MICROTASKS = 12;

/** A clock whose timers fire one after another, without waiting for them. */
function virtualTime(): Pick<Clock, 'monotonic' | 'after'> & { run(until: number): Promise<void> } {
  let now = 0;
  const timers: { readonly at: number; readonly call: () => void }[] = [];
  return {
    monotonic: () => now,
    after(millis, call) {
      const at = now + Math.max(0, millis);
      const place = timers.findLastIndex((one) => one.at <= at) + 1;
      const timer = { at, call };
      timers.splice(place, 0, timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    async run(until) {
      for (let next = timers[0]; next && next.at <= until; next = timers[0]) {
        timers.shift();
        now = next.at;
        next.call();
        for (let i = 0; i < MICROTASKS; i += 1) await undefined;
      }
      now = until;
    },
  };
}
