import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import type { FlowEvent } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { isUsable } from '../../src/engine/links.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aGreeting, aMessage, at } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { putOnline, type SmallHost, startProvider, startSmallHost } from '../support/small-world.js';

describe('a turn', () => {
  it('of a person is loaded, decided and stored before the next one of theirs begins', async () => {
    const store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    const emulator = await startProvider(store);
    await putOnline(store, aGreeting());
    const open = { now: 0, most: 0 };
    const host: SmallHost = await startSmallHost(watched(store, open), manualClock());
    const messages = Array.from(
      { length: 8 },
      (_, i): FlowEvent => ({
        id: `e${i}`,
        at: at(i),
        type: 'message',
        message: aMessage(`m${i}`),
      }),
    );
    const outcomes = await Promise.all(messages.map((event) => host.takeTurn('s1', event)));
    expect(outcomes.map(({ kind }) => kind)).to.deep.equal(messages.map(() => 'taken'));
    expect(open.most).to.equal(1);
    expect((await store.turns.list('s1', { limit: 20 })).map(({ event }) => event.id)).to.deep.equal(messages.map(({ id }) => id));
    await host.stop();
    await emulator.close();
    await store.close();
  });
});

describe('a link', () => {
  const link = { token: 's1-abc', platform: 'viber', until: at(60) } as const;

  it('is good on its platform alone, with its token, and until its time', () => {
    const opened = { token: 's1-abc', platform: 'viber', at: at(59) } as const;
    expect(isUsable([link], opened)).to.equal(true);
    for (const other of [{ platform: 'whatsapp' }, { token: 's1-abd' }, { at: at(60) }] as const)
      expect(isUsable([link], { ...opened, ...other }), JSON.stringify(other)).to.equal(false);
  });
});

/** Counts turns between their load and their commit. */
function watched(store: Store, open: { now: number; most: number }): Store {
  const { load, commit } = store.sessions;
  return {
    ...store,
    sessions: {
      ...store.sessions,
      load: async (id) => {
        open.now += 1;
        open.most = Math.max(open.most, open.now);
        return load(id);
      },
      commit: async (turn) => {
        // Who came too early would come now.
        await new Promise((next) => setImmediate(next));
        const result = await commit(turn);
        open.now -= 1;
        return result;
      },
    },
  };
}
