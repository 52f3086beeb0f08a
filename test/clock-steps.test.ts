import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import type { WaitingEffect } from '../src/contract/store/index.js';
import { dropDatabase, ownDatabase } from './support/both-stores.js';
import { aFlow } from './support/builders.js';
import { type ManualClock, manualClock } from './support/manual-clock.js';
import { ACCOUNT, until } from './support/small-world.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const [MINUTE, HOUR, YEAR] = [60_000, 3_600_000, 365 * 86_400_000];
const STEPS: readonly (readonly [string, number])[] = [
  ['a minute ahead', MINUTE],
  ['a minute back', -MINUTE],
  ['an hour ahead', HOUR],
  ['an hour back', -HOUR],
  ['a year ahead', YEAR],
  ['a year back', -YEAR],
];
const say = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
const talk = aFlow('talk', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    say('ask', 'Name?'),
    {
      id: 'name',
      type: 'wait-for-response',
      version: 1,
      params: { timeout: { value: 2, unit: 'hours' }, timeoutBranch: true, saveAs: 'name' },
    },
    say('thanks', 'Thanks {{ name }}'),
    say('silent', 'You did not answer'),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'name' },
    { from: 'name', port: 'replied', to: 'thanks' },
    { from: 'name', port: 'notReplied', to: 'silent' },
    { from: 'thanks', port: 'next', to: 'end' },
    { from: 'silent', port: 'next', to: 'end' },
  ],
});

for (const kind of ['embedded', ...(process.env['MONGODB_URL'] === undefined ? [] : ['MongoDB'])])
  describe(`somebody sets the clock of a host while people talk to it: ${kind}`, () => {
    let folder: string;
    let database: string | undefined;
    let clock: ManualClock;
    let host: TestApp;
    let emulator: WhatsAppEmulator;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'parley-clock-'));
      database = kind === 'MongoDB' ? ownDatabase() : undefined;
      clock = manualClock();
      host = await startTestApp({ DATA_DIR: folder, ...(database === undefined ? {} : { MONGODB_URL: database }) }, undefined, { clock });
      emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
      const config = { ...ACCOUNT, baseUrl: emulator.url, throughput: 0 };
      for (const [method, path, body] of [
        ['POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config }],
        ['POST', '/api/flows', talk],
        ['PUT', '/api/flows/talk/channels', { channels: ['wa'] }],
        ['POST', '/api/flows/talk/publish', {}],
      ] as const)
        expect((await host.call(method, path, body)).status, path).to.be.lessThan(300);
    });
    after(async () => {
      await host.app.stop();
      await emulator.close();
      if (database !== undefined) await dropDatabase(database);
      rmSync(folder, { recursive: true });
    });

    /** The provider's clock is right, whatever becomes of the host's. */
    const truth = Date.parse(manualClock().now());
    const heardBy = (from: string) => emulator.heard.filter(({ to }) => to === from).map(({ text }) => text);
    const says = async (from: string, text: string) =>
      expect(await emulator.say({ from, text, at: truth + clock.monotonic() })).to.equal(true);
    const hears = (from: string, ...texts: readonly string[]) => until(() => heardBy(from).length >= texts.length);
    const sendsTo = async (from: string): Promise<readonly WaitingEffect[]> => {
      const session = await host.app.store.contacts.find(`whatsapp:${from}`);
      return (await host.app.store.sessions.load(session ?? ''))?.effects ?? [];
    };
    /** Time passes slowly beside the host's work: each time it is turned, the store is asked something, too. */
    const turning = (isSo: () => boolean | Promise<boolean>) =>
      until(async () => {
        clock.advance(100);
        await host.app.store.meta.get('turning');
        return isSo();
      });
    const whenSend = (from: string, isSo: (send: WaitingEffect | undefined) => boolean) =>
      until(async () => isSo((await sendsTo(from))[0]));

    STEPS.forEach(([how, millis], i) => {
      it(`${how} and back again: nothing is lost, and nothing told twice`, async () => {
        const [ada, bob, cy, dee, eve] = [1, 2, 3, 4, 5].map((n) => `4915100000${i}${n}`) as [string, string, string, string, string];
        const all = [ada, bob, cy, dee, eve];
        for (const one of all) await says(one, 'hi');
        for (const one of all) await hears(one, 'Name?');
        for (const one of all) await whenSend(one, (send) => send === undefined);

        // Refused for now; taken, its answer lost; not taken, and nobody knows. Eve has not answered yet.
        emulator.next({ error: 130_429 });
        await says(bob, 'Bob');
        await whenSend(bob, (send) => send?.attempts === 1);
        emulator.next({ lost: true });
        await says(cy, 'Cy');
        await whenSend(cy, (send) => send?.inDoubt === true);
        emulator.next({ drop: true });
        await says(dee, 'Dee');
        await whenSend(dee, (send) => send?.inDoubt === true);
        const doubtedAt = clock.monotonic();

        clock.step(millis);
        await says(ada, 'Ada');
        await hears(ada, 'Name?', 'Thanks Ada');
        await turning(() => heardBy(bob).length === 2);
        const taken = emulator.heard.find(({ to, text }) => to === cy && text === 'Thanks Cy');
        if (taken) await emulator.receipt(taken, 'sent');
        // The proof may come while a look has the send in its hands, which puts it off a little; the next look finds the proof.
        await turning(async () => (await sendsTo(cy)).length === 0);
        await turning(() => heardBy(dee).length === 2);
        expect(clock.monotonic() - doubtedAt).to.be.at.least(20_000);
        await turning(() => clock.monotonic() - doubtedAt > 30_000);

        clock.step(-millis);
        await turning(() => clock.monotonic() - doubtedAt > 35_000);
        await says(eve, 'Eve');
        await hears(eve, 'Name?', 'Thanks Eve');
        for (const one of all) await whenSend(one, (send) => send === undefined);
        for (const one of all) await says(one, 'hi');
        for (const one of all) await hears(one, 'Name?', 'Thanks', 'Name?');
        const names = ['Ada', 'Bob', 'Cy', 'Dee', 'Eve'];
        expect(all.map(heardBy)).to.deep.equal(names.map((name) => ['Name?', `Thanks ${name}`, 'Name?']));
      }).timeout(120_000);
    });

    it('a year ahead for more than a minute: the new time counts, and who did not answer is told so', async () => {
      const ada = '491520000001';
      await says(ada, 'hi');
      await hears(ada, 'Name?');
      clock.step(YEAR);
      const steppedAt = clock.monotonic();
      await turning(async () => {
        const session = (await host.app.store.contacts.find(`whatsapp:${ada}`)) ?? '';
        return ((await host.app.store.turns.list(session, { limit: 10 })).at(-1)?.event.type ?? '') === 'timeout';
      });
      expect(clock.monotonic() - steppedAt).to.be.at.least(MINUTE);
    }).timeout(120_000);
  });
