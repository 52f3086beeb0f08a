import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { plugins } from '../../plugins/all.js';
import { isRefused, Mailboxes, REFUSALS, silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { listChanges, recordChange } from '../../src/manage/audit.js';
import { endSessions } from '../../src/manage/end-sessions.js';
import { changeFlow, createFlow, deleteFlow } from '../../src/manage/flows.js';
import { bindFlow, publishFlow, takeFlowOffline } from '../../src/manage/publishing.js';
import { listSessions } from '../../src/manage/sessions.js';
import { startFlow, startFlowWithMany } from '../../src/manage/starts.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aFlow, aSession } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { type SmallHost, startProvider, startSmallHost } from '../support/small-world.js';

const EVA = { id: 'k1', name: 'Eva', role: 'editor' } as const;
const SHOP = { id: 'k2', name: 'shop', role: 'trigger', flows: ['shipped'] } as const;
const shipped = aFlow('shipped', {
  triggers: [{ type: 'TriggeredManually' }],
  nodes: [
    { id: 'start', type: 'start', params: {} },
    { id: 'ask', type: 'wait-for-response', params: { timeout: { value: 1, unit: 'days' }, timeoutBranch: true } },
    { id: 'end', type: 'end', params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'replied', to: 'end' },
    { from: 'ask', port: 'notReplied', to: 'end' },
  ],
});
const ada = { contact: { identity: 'whatsapp:4915112345678' }, channel: 'wa', data: {} };

for (const { name, open } of bothStores)
  describe(`operations, called without HTTP: ${name}`, () => {
    let own: OwnStore;
    let store: Store;
    let clock: ManualClock;
    let provider: WhatsAppEmulator;
    let host: SmallHost;
    beforeEach(async () => {
      own = await open();
      store = own.store;
      clock = manualClock();
      provider = await startProvider(store);
      host = await startSmallHost(store, clock);
    });
    afterEach(async () => {
      await host.stop();
      await provider.close();
      await own.drop();
    });

    const parts = () => {
      const nodeTypes = createNodeTypes(plugins);
      const { channels, programs, takeTurn } = host;
      return {
        store,
        clock,
        nodeTypes,
        channels,
        programs,
        takeTurn,
        slices: new Mailboxes(),
        checkWorld: () => ({ nodeTypes, limits: () => [] }),
        log: silentLog,
      };
    };
    const putOnline = async () => {
      await createFlow(parts(), EVA, { definition: shipped });
      return publishFlow(parts(), EVA, { code: 'shipped', remark: 'first' });
    };

    it('publishing puts a flow ONLINE, and says what has changed for the audit log', async () => {
      const outcome = await putOnline();
      expect(outcome).to.deep.include({ done: { version: 1, problems: [], sessions: { keep: 0, positions: [] } } });
      if (isRefused(outcome)) throw new Error(outcome.refused);
      await recordChange(parts(), EVA, outcome.changed);
      const listed = await listChanges(parts(), EVA, { limit: 10 });
      expect(isRefused(listed) ? [] : listed.done.items).to.have.length(1);
      expect(isRefused(listed) ? undefined : listed.done.items[0]).to.deep.include({
        by: EVA,
        action: 'flow.publish',
        target: 'flow:shipped',
        after: { version: 1, draft: 1, remark: 'first', sessions: 'keep' },
      });
      expect(host.programs.snapshot().online('shipped')?.version).to.equal(1);
    });

    it('a change that leaves everything as it was is not in the audit log', async () => {
      await putOnline();
      const outcome = await changeFlow(parts(), EVA, { code: 'shipped', name: shipped.name });
      if (isRefused(outcome)) throw new Error(outcome.refused);
      await recordChange(parts(), EVA, outcome.changed);
      await recordChange(parts(), EVA, undefined);
      expect(await listChanges(parts(), EVA, { limit: 10 })).to.deep.equal({ done: { items: [] } });
    });

    it('a refusal names its code and what is wrong, and nothing of HTTP', async () => {
      await putOnline();
      const refusals = [
        await publishFlow(parts(), EVA, { code: 'mars' }),
        await createFlow(parts(), EVA, { definition: shipped }),
        await createFlow(parts(), EVA, { definition: { format: 'parley/1' } }),
        await deleteFlow(parts(), EVA, { code: 'shipped' }),
        await bindFlow(parts(), EVA, { code: 'shipped', channels: ['wa', 'nowhere'] }),
        await startFlow(parts(), EVA, { code: 'shipped', by: 'test', start: { ...ada, channel: 'nowhere' } }),
      ];
      expect(refusals.map((one) => isRefused(one) && one.refused)).to.deep.equal([
        'flow/unknown',
        'flow/taken',
        'flow/invalid',
        'flow/online',
        'channel/unknown',
        'channel/unknown',
      ]);
      for (const one of refusals) {
        expect(Object.keys(one)).to.satisfy((keys: string[]) => keys.every((key) => ['refused', 'detail', 'problems'].includes(key)));
        if (isRefused(one)) expect(REFUSALS[one.refused].status).to.be.within(400, 499);
      }
    });

    it('a key that is bound to flows starts these alone, and of many starts each has its own answer', async () => {
      await putOnline();
      expect(await startFlow(parts(), SHOP, { code: 'other', by: 'shop', start: ada })).to.include({ refused: 'key/other-flow' });
      const starts = [ada, { refused: 'http/bad-body' } as const, { contact: { id: 'nobody' }, data: {} }, { ...ada, uuid: 'u1' }];
      const many = await startFlowWithMany(parts(), SHOP, { code: 'shipped', by: 'shop', starts: starts.map((one) => () => one) });
      const answers = isRefused(many) ? [] : many.done;
      expect(answers.map((one) => (isRefused(one) ? one.refused : one.status))).to.deep.equal([
        'started',
        'http/bad-body',
        'contact/unknown',
        'queued',
      ]);
      const turns = await listSessions(parts(), EVA, { limit: 10 });
      expect(isRefused(turns) ? 0 : turns.done.items.length).to.equal(1);
    });

    it('publishing that ends who is in the flow leaves who has come in by the new version', async () => {
      await putOnline();
      const came = (digit: number) =>
        startFlow(parts(), EVA, {
          code: 'shipped',
          by: 'test',
          start: { ...ada, contact: { identity: `whatsapp:491511234567${digit}` } },
        });
      await came(1);
      const refresh = async () => {
        await host.programs.refresh();
        await came(2);
      };
      const programs = { ...host.programs, refresh };
      const outcome = await publishFlow({ ...parts(), programs }, EVA, { code: 'shipped', sessions: 'end' });
      expect(isRefused(outcome) ? undefined : outcome.done.sessions).to.include({ ended: 1 });
      const ids = await Promise.all([1, 2].map((digit) => store.contacts.find(`whatsapp:491511234567${digit}`)));
      const stored = await Promise.all(ids.map((id) => store.sessions.load(id ?? '')));
      const standing = stored.map((one) =>
        one?.state.runs.flatMap(({ stack }) => stack.map((frame) => frame.kind === 'flow' && frame.version)),
      );
      expect(standing).to.deep.equal([[], [2]]);
    });

    it('taking a flow offline ends who is in it, if that is asked for', async () => {
      await putOnline();
      await startFlow(parts(), EVA, { code: 'shipped', by: 'test', start: ada });
      const outcome = await takeFlowOffline(parts(), EVA, { code: 'shipped', sessions: 'end' });
      expect(isRefused(outcome) ? undefined : outcome.done).to.deep.include({ state: 'OFFLINE', ended: 1, waiting: 0 });
      expect(isRefused(outcome) ? undefined : outcome.changed?.after).to.deep.equal({ state: 'OFFLINE', sessions: 'end', ended: 1 });
    });
  });

describe('ending everybody who is in a flow', () => {
  it('goes through every page, counts who was in it, and is not stopped by one who could not be ended', async () => {
    const everybody = Array.from({ length: 401 }, (_, i) => `s${1_000 + i}`);
    const sessions = {
      list: async ({ limit, after = '' }: { readonly limit: number; readonly after?: string }) =>
        everybody
          .filter((id) => id > after)
          .slice(0, limit)
          .map((id) => ({ state: aSession(id) })),
    };
    const asked: string[] = [];
    const takeTurn = async (id: string) => {
      asked.push(id);
      if (id === 's1007') throw new Error('away');
      const kind = id === 's1008' ? 'noted' : 'commanded';
      return { kind: 'taken', decision: { decision: { kind } }, session: id };
    };
    const parts = { store: { sessions }, takeTurn, clock: manualClock(), log: silentLog };
    const ended = await endSessions(parts as unknown as Parameters<typeof endSessions>[0], { flow: 'shipped', by: 'publish' });
    expect(ended).to.equal(399);
    expect(asked.sort()).to.deep.equal(everybody);
  });
});
