import type { Clock } from '../contract/index.js';
import { type Rate, REFUSAL_PAUSE, rateAt, slowDown } from './rate.js';

/**
 * How much may leave at once, in milliseconds of the account's rate. With more, some seconds have more than the provider allows; with less, a
 * timer that fires late costs places.
 */
const BURST = 80;
/** The share of the burst that campaign sends leave to replies. */
const FOR_REPLIES = 0.25;
/** How long a send may wait for its turn, in milliseconds. One that would wait longer returns to its queue. */
const AHEAD = 5_000;
/** Messages from people take places up to so many milliseconds ahead. More are not counted, so that replies still find places. */
const HEARD_AHEAD = 1_000;
/** Longest time after which a send without a place asks again, in milliseconds. */
export const MAX_PUT_OFF = 60_000;

/**
 * The pace of one account: a bucket of places that fills at the account's rate. Replies take places ahead of time. Campaign sends wait in
 * line, and leave only while a part of the burst is left for replies.
 */
export class AccountPace {
  readonly #clock: Pick<Clock, 'monotonic' | 'after'>;
  #rate: Rate;
  /** When the bucket is full again, on the monotonic clock. */
  #fullAt = 0;
  /** Counts refusals: places that were taken before one are void. */
  #refusals = 0;
  /** Campaign sends that wait, in their order. A timer is set for the first one. */
  readonly #line: (() => void)[] = [];
  /** When the next send that is put off asks again: one after another, so that they do not all ask at once. */
  #askAt = 0;

  constructor(clock: Pick<Clock, 'monotonic' | 'after'>, allowed: number) {
    this.#clock = clock;
    this.#rate = { allowed };
  }

  get allowed(): number {
    return this.#rate.allowed;
  }

  /** Messages a second, now. */
  get perSecond(): number {
    return rateAt(this.#rate, this.#clock.monotonic());
  }

  /** Returns 0 when the reply may leave, or the milliseconds after which to ask again. A promise if it has to wait. */
  placeReply(): number | Promise<number> {
    const wait = this.#waitFor(0);
    if (wait > AHEAD) return this.#putOff(wait);
    this.#take();
    return wait === 0 ? 0 : this.#keepPlace(wait);
  }

  async #keepPlace(wait: number): Promise<number> {
    const refusals = this.#refusals;
    await new Promise<void>((go) => void this.#clock.after(wait, go));
    return refusals === this.#refusals ? 0 : this.placeReply();
  }

  /** The same for a send of a campaign. */
  placeCampaign(): number | Promise<number> {
    const wait = this.#waitForCampaign() + this.#line.length * this.#every;
    if (wait > AHEAD) return this.#putOff(wait);
    if (wait > 0) return this.#waitInLine();
    this.#take();
    return 0;
  }

  async #waitInLine(): Promise<number> {
    await new Promise<void>((go) => {
      if (this.#line.push(go) === 1) this.#serve();
    });
    return 0;
  }

  heard(): void {
    if (this.#waitFor(0) < HEARD_AHEAD) this.#take();
  }

  /** Slows down, and takes no places for a while. Places that were taken for later are taken again. */
  refused(): void {
    const now = this.#clock.monotonic();
    const before = this.#rate.refused?.at;
    this.#rate = slowDown(this.#rate, now);
    if (this.#rate.refused?.at === before) return;
    this.#refusals += 1;
    this.#fullAt = now + REFUSAL_PAUSE + this.#burst - this.#every;
  }

  /** Lets the first ones in line leave, and returns when the next one has to wait. */
  #serve(): void {
    for (let first = this.#line[0]; first; first = this.#line[0]) {
      const wait = this.#waitForCampaign();
      if (wait > 0) return void this.#clock.after(wait, () => this.#serve());
      this.#line.shift();
      this.#take();
      first();
    }
  }

  #waitForCampaign(): number {
    return this.#waitFor(Math.min(FOR_REPLIES * this.#burst, this.#burst - this.#every));
  }

  /** Returns how long it takes until there is a place and so many milliseconds of the burst are left beside it. */
  #waitFor(left: number): number {
    return Math.max(0, Math.ceil(this.#fullAt - this.#clock.monotonic() + this.#every + left - this.#burst));
  }

  #take(): void {
    this.#fullAt = Math.max(this.#fullAt, this.#clock.monotonic()) + this.#every;
  }

  #putOff(wait: number): number {
    const now = this.#clock.monotonic();
    const turn = Math.max(this.#askAt, now + wait);
    if (turn - now > MAX_PUT_OFF) return MAX_PUT_OFF;
    this.#askAt = turn + this.#every;
    return Math.ceil(turn - now);
  }

  /** Milliseconds from one place to the next. */
  get #every(): number {
    return 1_000 / this.perSecond;
  }

  get #burst(): number {
    return Math.max(BURST, this.#every);
  }
}
