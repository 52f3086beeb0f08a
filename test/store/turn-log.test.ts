import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import type { Run } from '../../src/contract/index.js';
import type { Store, TurnCommit } from '../../src/contract/store/index.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { dataFile } from '../../src/store/migrate-store.js';
import { openStore } from '../../src/store/open-store.js';
import { aCommit, aSend, aSession, at } from '../support/builders.js';

const RUNS = 3;
const STEPS = 200;
const PEOPLE = ['ada', 'bo', 'cy', 'di'];

/** What is known of a turn of the log: its number, its event, when it was, and below which turn the log may be cut once it is old. */
interface KeptTurn {
  readonly turn: number;
  readonly event: string;
  readonly time: number;
  readonly cut: number | undefined;
}

/** What is known of a person. */
interface Person {
  id: string;
  turns: KeptTurn[];
  /** Numbers of all turns, those included that are no longer in the log. */
  last: number;
  joined: string[];
}

/** Returns numbers from 0 to below `below`, which are the same for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Does random things with a few people, each also in a plain list of turns, and compares the log with the lists. */
class Walk {
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-turn-log-'));
  readonly #roll: (below: number) => number;
  readonly #people = new Map<string, Person>();
  readonly #gone = new Set<string>();
  #store!: Store;
  #time = 0;
  #serial = 0;

  constructor(seed: number) {
    this.#roll = dice(seed);
  }

  async walk(): Promise<void> {
    await this.#open();
    for (const name of PEOPLE) this.#arrive(name);
    for (let step = 0; step < STEPS; step += 1) {
      this.#time += 1;
      await this.#step();
      if (step % 25 === 0) await this.#compare(`step ${step}`);
    }
    await this.#open();
    await this.#compare('the end');
    for (const { id } of this.#all()) await this.#forget(id);
    await this.#store.close();
    expect(this.#rows()).to.deep.equal({ turn_log: 0, turn_index: 0, forgotten: 0 });
  }

  async end(): Promise<void> {
    await this.#store.close();
    rmSync(this.#folder, { recursive: true });
  }

  async #open(): Promise<void> {
    await this.#store?.close();
    this.#store = await openStore({ dataDir: this.#folder, synchronous: 'NORMAL', now: at(this.#time) }, silentLog);
  }

  #arrive(name: string): void {
    const id = `${name}${++this.#serial}`;
    this.#people.set(name, { id, turns: [], last: 0, joined: [] });
  }

  #all(): readonly Person[] {
    return [...this.#people.values(), ...this.#merged];
  }
  readonly #merged: Person[] = [];

  async #step(): Promise<void> {
    const name = PEOPLE[this.#roll(PEOPLE.length)] ?? '';
    const person = this.#people.get(name) as Person;
    const what = this.#roll(100);
    if (what < 70) return this.#talk(person);
    if (what < 80) return this.#repeat(person);
    if (what < 86) return this.#settle(person);
    if (what < 91) return this.#prune();
    if (what < 95) return this.#open();
    if (what < 98) return this.#merge(name, person);
    await this.#forget(person.id);
    this.#people.delete(name);
    this.#arrive(name);
  }

  /** Takes up to twelve turns, in the same tick or one after the other. */
  async #talk(person: Person): Promise<void> {
    const commits: Promise<unknown>[] = [];
    const together = this.#roll(2) === 0;
    for (let left = 1 + this.#roll(12); left > 0; left -= 1) {
      const done = this.#commit(person, this.#roll(3) === 0 ? { effects: [aSend(person.id, person.last + 1, 1)] } : {});
      commits.push(done);
      if (!together) await done;
    }
    await Promise.all(commits);
  }

  async #commit(person: Person, more: Partial<TurnCommit> = {}): Promise<void> {
    const number = ++this.#serial;
    // Ids that hold each other as text, also as JSON.
    const event = more.event ?? [`e${number}`, `x"e${number + 9}`, `],[${number},1,`, `e${number}\\`][this.#roll(4)] ?? '';
    const usual = aCommit(person.id, person.last, { ...more, event });
    const [isRunning, begins] = [this.#roll(3) > 0, this.#roll(4) === 0];
    const time = this.#time;
    const commit: TurnCommit = {
      ...usual,
      now: at(time),
      eventTime: at(time),
      state: { ...usual.state, runs: isRunning ? [{} as Run] : [] },
      journal: { ...usual.journal, at: at(time), ...(begins ? { before: aSession(person.id) } : {}) },
    };
    person.last += 1;
    const turn = person.last;
    const begun = begins ? turn : undefined;
    person.turns.push({ turn, event, time, cut: isRunning ? begun : turn + 1 });
    expect(await this.#store.sessions.commit(commit), `${person.id}: ${event}`).to.have.property('revision', turn);
  }

  /** A provider delivers an event again. */
  async #repeat(person: Person): Promise<void> {
    const known = [person, ...this.#merged.filter(({ id }) => person.joined.includes(id))].flatMap(({ turns }) => turns);
    const one = known[this.#roll(known.length)];
    if (!one) return;
    const again = aCommit(person.id, person.last, { event: one.event, eventTime: at(one.time), now: at(this.#time) });
    expect(await this.#store.sessions.commit(again), `${person.id}: ${one.event} again`).to.equal('duplicate');
  }

  async #settle({ id }: Person): Promise<void> {
    const claim = await this.#store.sessions.claim(at(this.#time + 3_600), { session: id });
    if (claim)
      await this.#store.sessions.settle(at(this.#time), claim, [
        { effect: claim.effect.effect.id, outcome: 'done', receipt: { ok: true, providerIds: [`w-${claim.effect.effect.id}`] } },
      ]);
  }

  async #prune(): Promise<void> {
    const before = this.#time - this.#roll(40);
    while (await this.#store.retention.prune('turns', at(before)));
    for (const person of this.#all()) {
      const cuts = person.turns.flatMap(({ cut, time }) => (cut !== undefined && time < before ? [cut] : []));
      person.turns = person.turns.filter(({ turn }) => turn >= Math.max(0, ...cuts));
    }
  }

  /** Somebody turns out to be the same person as another. */
  async #merge(name: string, loser: Person): Promise<void> {
    const winner = this.#people.get(PEOPLE[(PEOPLE.indexOf(name) + 1) % PEOPLE.length] ?? '') as Person;
    if (loser.last === 0 || winner.last === 0) return;
    const index = { status: 'idle', positions: [], mergedInto: winner.id } as const;
    await this.#commit(loser, { event: `merged:${winner.id}`, index });
    await this.#commit(winner, { event: `merge:${loser.id}`, adopts: loser.id });
    await this.#commit(loser, { event: `merged:${winner.id}:done`, index, empties: true });
    winner.joined.push(loser.id, ...loser.joined);
    this.#merged.push(loser);
    this.#people.delete(name);
    this.#arrive(name);
  }

  async #forget(id: string): Promise<void> {
    await this.#store.sessions.forget(id, at(this.#time));
    if (this.#roll(3) === 0) await this.#open();
    await this.#store.turns.forget(id);
    this.#gone.add(id);
    const merged = this.#merged.findIndex((one) => one.id === id);
    if (merged >= 0) this.#merged.splice(merged, 1);
    for (const one of this.#people.values()) one.joined = one.joined.filter((joined) => joined !== id);
  }

  async #compare(when: string): Promise<void> {
    for (const { id, turns } of this.#all()) {
      const numbers = turns.map(({ turn }) => turn);
      const after = this.#roll((numbers.at(-1) ?? 0) + 2);
      const limit = 1 + this.#roll(20);
      expect(await this.#list(id, { limit: 10_000 }), `${when}: ${id}`).to.deep.equal(numbers);
      expect(await this.#list(id, { after, limit }), `${when}: ${id} after ${after}`).to.deep.equal(
        numbers.filter((one) => one > after).slice(0, limit),
      );
      for (const { turn, event } of turns)
        expect((await this.#store.turns.byEvent(id, event))?.turn, `${when}: ${id} ${event}`).to.equal(turn);
    }
    for (const id of this.#gone) expect(await this.#list(id, { limit: 1 }), `${when}: ${id} is forgotten`).to.deep.equal([]);
  }

  async #list(id: string, query: { readonly after?: number; readonly limit: number }): Promise<readonly number[]> {
    return (await this.#store.turns.list(id, query)).map(({ turn }) => turn);
  }

  #rows(): object {
    const db = openDatabase(dataFile(this.#folder), 'NORMAL');
    const count = (what: string) => db.prepare(`SELECT count(*) AS n FROM ${what}`).all()[0]?.['n'];
    const counts = {
      turn_log: count('turn_log'),
      turn_index: count('turn_index'),
      forgotten: count('forgotten WHERE newest_turns IS NOT NULL'),
    };
    db.close();
    return counts;
  }
}

describe('the turn log on SQLite', () => {
  for (let seed = 1; seed <= RUNS; seed += 1)
    it(`has every turn once, whatever happens: ${seed}`, async () => {
      const walk = new Walk(seed);
      await walk.walk().finally(() => walk.end());
    });
});
