import { readText } from '../../../src/adapter-kit/index.js';
import type { JsonObject, SendFailure } from '../../../src/contract/index.js';
import { refusalFor } from '../accepts.js';

/** The people who have met the emulated bot. */
export interface People {
  /** A person opens the chat, which does not subscribe them. */
  meet(id: string, name?: string): Person;
  /** A person writes, which subscribes them and allows another hundred messages. */
  wrote(id: string, name?: string): Person;
  subscribe(id: string, name?: string): Person;
  unsubscribe(id: string): Person;
  /** Returns why no message can be sent to a person now. */
  refusalFor(id: string): SendFailure | undefined;
  /** A message was taken for a person. */
  sentTo(id: string, body: JsonObject): void;
  known(id: string): Person | undefined;
  readonly subscribers: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly subscribed: boolean;
  /** The `tracking_data` of the bot's last message. It comes back with what the person writes. */
  readonly tracking: string;
}

const HOUR = 3_600_000;
/** Messages an hour to a person who does not answer. https://developers.viber.com/docs/api/rest-bot-api/#send-message */
const MAX_AN_HOUR = 100;

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
    // A new subscription has no tracking_data.
    subscribe: (id, name) => Object.assign(meet(id, name), { subscribed: true, tracking: '' }),
    unsubscribe: (id) => Object.assign(meet(id), { subscribed: false }),
    refusalFor(id) {
      const person = people.get(id);
      if (!person) return refusalFor(5);
      if (!person.subscribed) return refusalFor(6);
      person.sentAt = person.sentAt.filter((at) => at > Date.now() - HOUR);
      return person.sentAt.length < MAX_AN_HOUR ? undefined : refusalFor(12);
    },
    sentTo(id, body) {
      const person = meet(id);
      person.sentAt.push(Date.now());
      person.tracking = readText(body['tracking_data']) ?? '';
    },
    get subscribers() {
      return [...people.values()].filter(({ subscribed }) => subscribed).length;
    },
  };
}
