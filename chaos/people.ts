import { randomBytes } from 'node:crypto';
import type { Writer } from '../adapters/whatsapp/emulator/recipient.js';
import { IN_PASSING, type TwoAddresses, twoAddresses, userIdOf, writerOf } from './addresses.js';
import { colleagueOf } from './colleagues.js';
import type { Said } from './count.js';
import type { Person } from './person.js';
import { CHANNELS, type Provider, type Side } from './provider.js';
import type { Chance } from './random.js';
import { type Line, lineOf, MANNERS, type Manner } from './talk.js';

export interface People {
  /** Those who write, and the colleagues who are told. */
  readonly all: readonly Person[];
  /** Sends nothing new. Resolves when all messages that were begun have been accepted. */
  stop(): Promise<void>;
}

const FIRST = 491_520_000_000;
const FIRST_COLLEAGUE = 491_540_000_000;
/** How many replies may be missing when a person writes the next message. */
const PATIENCE: Readonly<Record<Manner, number>> = { patient: 0, quick: 12, exact: 0, served: 0 };
/** The time between two messages of a person, in milliseconds. */
const THINKING = { min: 20, max: 600 } as const;
/** The share of messages that the provider delivers twice at the same time. */
const TWICE = 0.05;
/** The share of messages after which the provider delivers an old one again. */
const AGAIN = 0.03;

export function startPeople(how: { readonly count: number; readonly provider: Provider; readonly chance: Chance }): People {
  let isOver = false;
  const people = Array.from({ length: how.count }, (_, i) => {
    const manner = MANNERS[i % MANNERS.length] ?? 'patient';
    const side = Math.floor(i / MANNERS.length) % 2 === 0 ? 'whatsapp' : 'viber';
    const address = side === 'whatsapp' ? String(FIRST + i) : `chaos/+${i}==`;
    const chance = how.chance.stream(address);
    const two = side === 'whatsapp' ? twoAddresses(Math.floor(i / (2 * MANNERS.length)), chance) : undefined;
    return new Talker({
      address,
      side,
      manner,
      provider: how.provider,
      chance,
      ...(two ? { two } : {}),
      colleague: manner === 'served' ? String(FIRST_COLLEAGUE + i) : '',
    });
  });
  const colleagues = people.filter(({ colleague }) => colleague !== '').map((one) => colleagueOf(one, how.provider));
  const talks = people.map((one) => one.talk(() => isOver));
  return {
    all: [...people, ...colleagues],
    async stop() {
      isOver = true;
      for (const one of people) one.wake();
      await Promise.all(talks);
    },
  };
}

/** Returns true if an address belongs to Viber. */
export function isOnViber(address: string): boolean {
  return address.endsWith('==');
}

interface Spoken extends Line, Omit<Said, 'accepted'> {
  readonly writer: Writer;
  readonly id: string;
  readonly at: number;
  accepted: boolean;
}

interface TalkerParts {
  readonly address: string;
  readonly side: Side;
  readonly manner: Manner;
  readonly provider: Provider;
  readonly chance: Chance;
  readonly two?: TwoAddresses;
  /** The phone number of somebody who is told about each conversation; empty if nobody is. */
  readonly colleague: string;
}

class Talker implements Person {
  readonly said: Spoken[] = [];
  readonly #heard = new Set<string>();
  #wake: () => void = () => {};

  constructor(readonly parts: TalkerParts) {
    parts.provider.listen(parts.address, (text) => {
      this.#heard.add(text);
      this.wake();
    });
  }

  get address(): string {
    return this.parts.address;
  }

  get colleague(): string {
    return this.parts.colleague;
  }

  get identities(): readonly string[] {
    if (this.parts.side === 'viber') return [`viber:${CHANNELS.viber}:${this.address}`];
    return [this.address, userIdOf(this.address)].map((one) => `whatsapp:${one}`);
  }

  get missing(): number {
    // Only the last few: replies come in order.
    return this.said
      .slice(-PATIENCE.quick)
      .filter(({ accepted }) => accepted)
      .flatMap(({ replies }) => replies)
      .filter((text) => !this.#heard.has(text)).length;
  }

  wake(): void {
    this.#wake();
  }

  async talk(isOver: () => boolean): Promise<void> {
    const { address, chance, manner, two, provider, colleague } = this.parts;
    await pause(chance.between(0, THINKING.max));
    for (let number = 1; !isOver(); number += 1) {
      if (number === two?.passesBefore && !(await this.#say({ text: IN_PASSING, replies: [] }, { from: userIdOf(address) }))) return;
      if (number === two?.revealedFrom && two.revealedBy === 'an answer') provider.learn(address);
      if (!(await this.#say(lineOf(manner, number, colleague), writerOf(address, number, this.parts)))) return;
      if (chance.happens(AGAIN)) await this.#bring(chance.oneOf(this.said));
      while (!isOver() && this.missing > PATIENCE[manner]) await this.#somethingNew();
      if (!isOver()) await pause(chance.between(THINKING.min, THINKING.max));
    }
  }

  /** Says something. Returns false if no host has accepted it. */
  async #say(line: Line, writer: Writer): Promise<boolean> {
    const { chance, side } = this.parts;
    const id = newId(side);
    const event = `${side === 'whatsapp' ? 'wa' : 'vb'}:${id}`;
    const spoken: Spoken = { ...line, writer, id, event, at: Date.now(), accepted: false };
    this.said.push(spoken);
    const tries = await Promise.all(chance.happens(TWICE) ? [this.#bring(spoken), this.#bring(spoken)] : [this.#bring(spoken)]);
    spoken.accepted = tries.some((one) => one);
    return spoken.accepted;
  }

  #bring({ writer, id, at, text }: Spoken): Promise<boolean> {
    return this.parts.provider.bring(this.parts.side, { ...writer, id, at, text });
  }

  #somethingNew(): Promise<void> {
    return new Promise((go) => {
      this.#wake = go;
    });
  }
}

/** Returns a wamid, or a number of 64 bits that a double cannot hold exactly. */
function newId(side: Side): string {
  return side === 'whatsapp'
    ? `wamid.${randomBytes(12).toString('hex')}`
    : String(4_900_000_000_000_000_000n + (randomBytes(8).readBigUInt64BE() >> 8n));
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}
