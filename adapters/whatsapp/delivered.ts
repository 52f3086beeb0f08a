import { readNumber, readTime } from '../../src/adapter-kit/index.js';
import type { IsoTime, JsonObject } from '../../src/contract/index.js';

/** The account that a part of a webhook is about, and when the host got the webhook. */
export interface Delivered {
  readonly account: string;
  readonly at: IsoTime;
}

/** Returns the time of a message or a status: Unix seconds, which some senders give in milliseconds. */
export function timeIn({ timestamp }: JsonObject): IsoTime | undefined {
  const time = readNumber(timestamp);
  return readTime(time === undefined || time >= 1e12 ? time : time * 1000);
}
