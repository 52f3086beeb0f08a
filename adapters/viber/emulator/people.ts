import type { JsonObject } from '../../../src/contract/index.js';
import { textOf } from '../../../src/contract/json-members.js';
import type { Refusal } from './rules.js';

/** The people whom the emulated bot has met. */
export interface People {
  /** Somebody opened the chat; who is new is not subscribed. */
  meet(id: string, name?: string): Person;
  /** Writing subscribes, and makes room for another hundred messages. */
  wrote(id: string, name?: string): Person;
  subscribe(id: string, name?: string): Person;
  unsubscribe(id: string): Person;
  /** Why nothing can be sent to somebody now. */
  refusalFor(id: string): Refusal | undefined;
  /** A message was taken for somebody. */
  sentTo(id: string, body: JsonObject): void;
  known(id: string): Person | undefined;
  readonly subscribers: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly subscribed: boolean;
  /** The `tracking_data` of the bot's last message, given back with what the person says. */
  readonly tracking: string;
}

const HOUR = 3_600_000;
/** https://developers.viber.com/docs/api/rest-bot-api/#send-message */
const MOST_AN_HOUR = 100;

export function createPeople(): People {
  const people = new Map<string, { id: string; name: string; subscribed: boolean; tracking: string; sentAt: number[] }>();

  function meet(id: string, name?: string) {
    const person = people.get(id) ?? { id, name: name ?? 'Somebody', subscribed: false, tracking: '', sentAt: [] };
    if (name !== undefined) person.name = name;
    people.set(id, person);
    return person;
  }

  return {
    meet,
    known: (id) => people.get(id),
    wrote: (id, name) => Object.assign(meet(id, name), { subscribed: true, sentAt: [] }),
    // Subscribing anew forgets what was tracked.
    subscribe: (id, name) => Object.assign(meet(id, name), { subscribed: true, tracking: '' }),
    unsubscribe: (id) => Object.assign(meet(id), { subscribed: false }),
    refusalFor(id) {
      const person = people.get(id);
      if (!person) return { status: 5, reason: 'receiverNotRegistered' };
      if (!person.subscribed) return { status: 6, reason: 'receiverNotSubscribed' };
      person.sentAt = person.sentAt.filter((at) => at > Date.now() - HOUR);
      return person.sentAt.length < MOST_AN_HOUR ? undefined : { status: 12, reason: 'tooManyRequests' };
    },
    sentTo(id, body) {
      const person = meet(id);
      person.sentAt.push(Date.now());
      person.tracking = textOf(body['tracking_data']) ?? '';
    },
    get subscribers() {
      return [...people.values()].filter(({ subscribed }) => subscribed).length;
    },
  };
}
