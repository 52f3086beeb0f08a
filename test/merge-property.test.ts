import { expect } from 'chai';
import fc from 'fast-check';
import { silentLog, type TurnRecord } from '../src/contract/host/index.js';
import type { FlowDefinition, InboundEvent, SessionState } from '../src/contract/index.js';
import type { Store } from '../src/contract/store/index.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';
import { aFlow } from './support/builders.js';
import { CrashingProcess } from './support/crashing-process.js';
import { type ManualClock, manualClock } from './support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost } from './support/small-world.js';

const PHONE = '4915112345678';
const USER = 'US.1349';
const BOTH = [USER, PHONE];
const send = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
/** Asks, and waits for a minute. */
const asking = (code: string): FlowDefinition =>
  aFlow(code, {
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: [code] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      send('ask', `${code}?`),
      { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'minutes' }, timeoutBranch: true } },
      send('thanks', `thanks for ${code}`),
      send('late', `no ${code}`),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'wait' },
      { from: 'wait', port: 'replied', to: 'thanks' },
      { from: 'wait', port: 'notReplied', to: 'late' },
      { from: 'thanks', port: 'next', to: 'end' },
      { from: 'late', port: 'next', to: 'end' },
    ],
  });

/** What happens to one person, who is known by two addresses that nobody has joined yet. */
type Happening =
  | { readonly says: 'tea' | 'cake' | 'an answer'; readonly as: readonly string[] }
  | { readonly passes: number }
  /** The process dies at so many calls to the store from here, and comes back. */
  | { readonly dies: 'before' | 'after'; readonly call: number };

const happenings = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ says: fc.constantFrom('tea', 'cake', 'an answer' as const), as: fc.constantFrom([PHONE], [USER], BOTH) }),
    },
    { weight: 1, arbitrary: fc.record({ passes: fc.constantFrom(20, 70) }) },
    {
      weight: 2,
      arbitrary: fc.record({ dies: fc.constantFrom('before' as const, 'after' as const), call: fc.integer({ min: 1, max: 25 }) }),
    },
  ),
  { minLength: 2, maxLength: 9 },
) as fc.Arbitrary<readonly Happening[]>;

describe('whatever happens to a person with two addresses', () => {
  it('no flow of theirs is lost, and who has answered in time is not told that they did not', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (all) => {
        const world = await World.open();
        try {
          for (const one of all) await world.take(one);
          await world.check();
        } finally {
          await world.close();
        }
      }),
      {
        numRuns: 40,
        endOnFailure: false,
        // A talk under each address, before both turn out to be one person's.
        examples: [
          [
            [
              { says: 'tea', as: [PHONE] },
              { says: 'cake', as: [USER] },
              { says: 'an answer', as: BOTH },
            ],
          ],
          [
            [
              { says: 'an answer', as: [USER] },
              { says: 'tea', as: [PHONE] },
              { dies: 'after', call: 9 },
              { says: 'an answer', as: BOTH },
            ],
          ],
        ],
      },
    );
  }).timeout(120_000);
});

class World {
  readonly #store: Store;
  readonly #clock: ManualClock;
  readonly #stopProvider: () => Promise<void>;
  #host: SmallHost;
  #crashing = new CrashingProcess(undefined);
  #said = 0;

  private constructor(store: Store, clock: ManualClock, host: SmallHost, stopProvider: () => Promise<void>) {
    this.#store = store;
    this.#clock = clock;
    this.#host = host;
    this.#stopProvider = stopProvider;
  }

  static async open(): Promise<World> {
    const clock = manualClock();
    const store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    const emulator = await startProvider(store);
    for (const code of ['tea', 'cake']) await putOnline(store, asking(code));
    return new World(store, clock, await startSmallHost(store, clock), () => emulator.close());
  }

  async take(one: Happening): Promise<void> {
    if ('passes' in one) {
      this.#clock.advance(one.passes * 1_000);
      await this.#insist(() => this.#host.look());
    } else if ('dies' in one) {
      this.#crashing = new CrashingProcess({ call: one.call, when: one.dies });
      await this.#restart();
    } else {
      this.#clock.advance(1_000);
      this.#said += 1;
      const event = said(this.#said, one, this.#clock.now());
      await this.#insist(() => this.#host.inbound.take('wa', event));
      // A provider may bring it again, whatever it was answered.
      if (this.#said % 2 === 0) await this.#insist(() => this.#host.inbound.take('wa', event));
    }
  }

  /** Until it is done, as a provider or a timer does. */
  async #insist(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 0; attempt < 9; attempt += 1) {
      try {
        await work();
        if (!this.#crashing.hasCrashed) return;
      } catch {
        if (!this.#crashing.hasCrashed) throw new Error('it failed without a crash');
      }
      this.#crashing.restart();
      await this.#restart();
    }
    throw new Error('it was never taken');
  }

  async #restart(): Promise<void> {
    await this.#host.stop();
    this.#host = await startSmallHost(this.#crashing.wrap(this.#store), this.#clock);
  }

  async #people(): Promise<readonly SessionState[]> {
    return (await this.#store.sessions.list({ limit: 9 })).map(({ state }) => state);
  }

  async check(): Promise<void> {
    // Whoever finds a merge half done finishes it.
    await this.#insist(() => this.#host.look());
    const people = await this.#people();
    const turns = (await Promise.all(people.map(({ id }) => this.#store.turns.list(id, { limit: 200 })))).flat();
    for (const { mergedInto, runs, held, contact } of people)
      if (mergedInto !== undefined) expect([runs, held, contact.identities]).to.deep.equal([[], [], []]);
    const left = new Set(people.flatMap(({ runs }) => runs.map(({ id }) => id)));
    const begun = new Set(turns.flatMap(({ path }) => path.map(({ run }) => run)));
    for (const run of begun) {
      const ended = endsOf(run, turns);
      expect(left.has(run) ? ['left', ...ended] : ended, `${run} of ${JSON.stringify(turns, null, 1)}`).to.have.length(1);
    }
    // What anybody takes as an answer ends the wait of one run, which says thanks and not that it is too late.
    for (const { decision, path } of turns.filter(({ decision: { kind } }) => kind === 'answered')) {
      const thanks = path.filter(({ node, port }) => node === 'thanks' && port === 'next');
      expect(thanks, decision.reason).to.have.length(1);
    }
    // Nobody's answer goes by while something waits for it.
    const ignored = turns.filter(({ event, decision }) => event.type === 'message' && decision.kind === 'ignored');
    for (const turn of ignored) expect(waitedBefore(turn, turns), `turn ${turn.id}`).to.equal(false);
  }

  async close(): Promise<void> {
    await this.#host.stop();
    await this.#stopProvider();
    await this.#store.close();
  }
}

/** How a run has come to an end: one way, and once. */
function endsOf(run: string, turns: readonly TurnRecord[]): readonly string[] {
  const said = turns.flatMap(({ path }) => path.filter((step) => step.run === run && step.node === 'end').map(() => 'ended'));
  const merged = turns.flatMap(({ warnings }) =>
    warnings.filter(({ code, detail }) => code === 'run/merged' && detail.includes(run)).map(({ code }) => code),
  );
  return [...said, ...merged];
}

/** Did some run of this person stand at its question, with time left, when this turn was taken? */
function waitedBefore({ id, event }: TurnRecord, turns: readonly TurnRecord[]): boolean {
  const session = id.slice(0, id.indexOf('.'));
  const own = turns.filter((one) => one.id.startsWith(`${session}.`) && one.at < event.at);
  const runs = new Set(own.flatMap(({ path }) => path.map(({ run }) => run)));
  return [...runs].some((run) => {
    const last = own.flatMap(({ path }) => path.filter((step) => step.run === run)).at(-1);
    return (
      last?.node === 'wait' &&
      endsOf(
        run,
        turns.filter(({ at }) => at <= event.at),
      ).length === 0
    );
  });
}

function said(n: number, { says, as }: Extract<Happening, { says: string }>, sentAt: string): Exclude<InboundEvent, { type: 'receipt' }> {
  const identities = as.flatMap((one) => (one === PHONE ? [`whatsapp:${one}`, `phone:+${one}`] : [`whatsapp:${one}`]));
  const from = { identities, address: as.includes(PHONE) ? PHONE : USER, name: 'Ada' };
  return {
    account: ACCOUNT.phoneNumberId,
    type: 'message',
    id: `wa:${n}`,
    message: { id: `m${n}`, platform: 'whatsapp', from, type: 'text', text: says, sentAt },
  };
}
