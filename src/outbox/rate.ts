/** How many messages a second an account is used for, and how it recovers after the provider has refused some as too many. */
export interface Rate {
  /** Messages a second that the provider allows. */
  readonly allowed: number;
  readonly refused?: Refused;
}
interface Refused {
  /** When, on the monotonic clock. */
  readonly at: number;
  /** The rate that was refused. */
  readonly rate: number;
  /** Another send was refused within the same second. */
  readonly isRepeated: boolean;
}

/** The share of what is allowed that is used. */
const USED = 0.95;
/** How long nothing is sent after a refusal, and for how long further refusals belong to it, in milliseconds. */
export const REFUSAL_PAUSE = 1_000;
/** What is left of the rate if one send was refused, which happens by chance, and if several were. */
const AFTER_ONE = 0.98;
const AFTER_SEVERAL = 0.7;
/** The share of what is allowed that comes back each second. */
const BACK = 0.005;
/** The share of the rate that was refused which is not exceeded for how many milliseconds. */
const CEILING = 0.95;
const CEILING_FOR = 300_000;

/** Returns the messages a second at a time of the monotonic clock. */
export function rateAt({ allowed, refused }: Rate, now: number): number {
  const full = USED * allowed;
  if (!refused) return full;
  const { at, rate, isRepeated } = refused;
  const [to, ceiling] = isRepeated ? [AFTER_SEVERAL, CEILING] : [AFTER_ONE, AFTER_ONE];
  const back = (millis: number) => (Math.max(0, millis) / 1_000) * BACK * allowed;
  return Math.min(full, Math.min(ceiling * rate, to * rate + back(now - at)) + back(now - at - CEILING_FOR));
}

/** Returns the rate after a refusal. */
export function slowDown(rate: Rate, now: number): Rate {
  const { allowed, refused } = rate;
  if (refused && now - refused.at < REFUSAL_PAUSE) return { allowed, refused: { ...refused, isRepeated: true } };
  return { allowed, refused: { at: now, rate: rateAt(rate, now), isRepeated: false } };
}
