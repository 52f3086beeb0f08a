import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { startViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { Membership, SessionState } from '../../src/contract/index.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { eventually } from '../support/eventually.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Stores that earlier releases have written, made by test/fixtures/stores/make.mjs. Every later release must open each of them. */
const FOLDER = resolve(import.meta.dirname, '../../../test/fixtures/stores');
const RELEASES = ['0a8c91a'] as const;
/** An hour after the fixtures were made, so that nothing in them has expired. */
const AN_HOUR_LATER = '2026-11-29T10:08:00.000Z';
const DAY = 86_400_000;

const WHATSAPP = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'fixture-access-token',
  appSecret: 'fixture-app-secret',
  verifyToken: 'fixture-verify-token',
};
const VIBER = { authToken: 'fixture-auth-token', senderName: 'Fixture', uri: 'fixture' };

interface Older {
  readonly env: Readonly<Record<string, string>>;
  /** Returns a state as it is stored. On SQLite, the host must have stopped. */
  stateOf(id: string): Promise<SessionState>;
  drop(): Promise<void>;
}
const STORES: Readonly<Record<string, (release: string) => Promise<Older>>> = {
  SQLite: openFile,
  ...(process.env['MONGODB_URL'] === undefined ? {} : { MongoDB: loadDatabase }),
};

for (const release of RELEASES)
  for (const [name, open] of Object.entries(STORES))
    describe(`a store on ${name} written by ${release}`, () => {
      let older: Older;
      let clock: ManualClock;
      let app: TestApp;
      let whatsapp: Awaited<ReturnType<typeof startWhatsAppEmulator>>;
      let person: { readonly id: string; readonly memberships: readonly Membership[] };
      let viber: Awaited<ReturnType<typeof startViberEmulator>>;

      before(async () => {
        older = await open(release);
        clock = manualClock(AN_HOUR_LATER);
        app = await startTestApp(older.env, undefined, { clock });
        whatsapp = await startWhatsAppEmulator({ ...WHATSAPP, webhookUrl: `${app.url}/webhooks/wa` });
        viber = await startViberEmulator({ ...VIBER, name: 'Fixture', webhookUrl: `${app.url}/webhooks/vb` });
        await moveChannel('wa', { ...WHATSAPP, baseUrl: whatsapp.url }, ['accessToken', 'appSecret', 'verifyToken']);
        await moveChannel('vb', { ...VIBER, baseUrl: viber.url }, ['authToken']);
      });
      after(async () => {
        await app.app.stop();
        await Promise.all([whatsapp.close(), viber.close()]);
        await older.drop();
      });

      /** Points a channel at the emulator of this test. Its secrets are left out, so the stored ones have to be valid. */
      async function moveChannel(id: string, config: object, secrets: readonly string[]): Promise<void> {
        const open = Object.fromEntries(Object.entries(config).filter(([key]) => !secrets.includes(key)));
        const { json } = await app.call('GET', `/api/channels/${id}`);
        const { status } = await app.call('PUT', `/api/channels/${id}`, { adapter: json.adapter, name: json.name, config: open });
        expect(status).to.equal(200);
      }

      async function answers(n: number, text: string, ...expected: readonly string[]): Promise<void> {
        const from = `49151000000${String(n).padStart(2, '0')}`;
        await whatsapp.say({ from, name: `Person ${n}`, text });
        const heard = () => whatsapp.heard.filter((one) => one.to === from).map((one) => one.text?.split('\n')[0]);
        await eventually(() => {
          // Two sends of one channel keep their distance by this clock.
          clock.advance(100);
          expect(heard().slice(-expected.length)).to.deep.equal(expected);
        });
      }

      it('continues with a question that was asked before', () => answers(1, '2', 'You chose Green (c2).'));

      it('reads groups that were kept as codes, and opt-outs without a time', async () => {
        const { id, createdAt, groups, memberships, optOut } = (await app.call('GET', '/api/contacts?identity=whatsapp:4915100000001')).json
          .items[0];
        expect(groups).to.deep.equal(['vip', 'beta']);
        expect(memberships).to.deep.equal(groups.map((group: string) => ({ group, since: createdAt })));
        expect(optOut).to.deep.equal({ viber: true });
        person = { id, memberships };
      });

      it('continues in a called flow, and returns to the flow that called it', () => answers(2, 'Ada', 'The inner flow gave Ada.'));

      it('begins a queued start when the run before it ends', () => answers(4, 'Red', 'You chose Red (c1).', 'Which colour?'));

      it('continues a conversation on Viber', async () => {
        await viber.say({ from: 'viber-person-0005', name: 'Person 5', text: 'Blue' });
        await eventually(() => expect(viber.heard.at(-1)?.text).to.equal('You chose Blue (c3).'));
      });

      it('retries a send', async () => {
        clock.advance(120_000);
        await eventually(() => expect(whatsapp.heard.some((one) => one.to === '4915100000008')).to.equal(true));
      });

      it('answers a repeated start like the first one', async () => {
        const { status, json } = await app.call('POST', '/api/flows/choose/trigger', {
          uuid: 'fixture-choose-4',
          contact: { identity: 'whatsapp:4915100000004', name: 'Person 4' },
          channel: 'wa',
        });
        expect([status, json.repeated, json.status]).to.deep.equal([202, true, 'queued']);
      });

      it('shows earlier sessions, messages, turns, dead sends, keys and audit entries', async () => {
        const { json: sessions } = await app.call('GET', '/api/sessions?limit=100');
        // Eight people, of whom one was forgotten.
        expect(sessions.items).to.have.length(7);
        for (const { id } of sessions.items) {
          for (const part of ['', '/messages', '/turns'])
            expect((await app.call('GET', `/api/sessions/${id}${part}`)).status).to.equal(200);
        }
        expect((await app.call('GET', '/api/effects?status=dead')).json.items).to.have.length(1);
        expect((await app.call('GET', '/api/keys')).json.items.map((one: { name: string }) => one.name)).to.include('shop');
        expect((await app.call('GET', '/api/audit')).json.items).to.have.length.greaterThan(5);
      });

      it('lists earlier flows in every order', async () => {
        const listed = async (sort: string) =>
          (await app.call('GET', `/api/flows?sort=${sort}`)).json.items.map(({ code }: { code: string }) => code);
        const byCode = await listed('code');
        expect(byCode).to.have.length(4);
        for (const sort of ['name', '-updatedAt']) expect(await listed(sort)).to.have.members(byCode);
      });

      it('ends a wait that began before when its time is over', async () => {
        const standing = async () => {
          const { json } = await app.call('GET', '/api/sessions?flow=later&limit=100');
          return json.items.length;
        };
        expect(await standing()).to.equal(2);
        clock.advance(20 * DAY);
        await eventually(async () => {
          clock.advance(61_000);
          expect(await standing()).to.equal(0);
        });
      });

      it('writes groups with the time of joining with the next turn', async () => {
        await app.app.stop();
        expect((await older.stateOf(person.id)).contact.groups).to.deep.equal(person.memberships);
      });
    });

/** What extensions of earlier releases could have written, and the flows of the fixtures do not: groups as codes, and opt-outs as booleans. */
function withGroups(state: string): string {
  const { contact, ...rest } = JSON.parse(state) as SessionState;
  return JSON.stringify({
    ...rest,
    contact: { ...contact, groups: ['vip', 'beta'], optOut: { viber: contact.identities.includes('whatsapp:4915100000001') } },
  });
}

async function openFile(release: string): Promise<Older> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-older-'));
  copyFileSync(join(FOLDER, release, 'parley.db'), join(folder, 'parley.db'));
  const open = () => openDatabase(join(folder, 'parley.db'), 'FULL');
  const db = open();
  const write = db.prepare('UPDATE sessions SET state = ? WHERE id = ?');
  for (const { id, state } of db.prepare('SELECT id, state FROM sessions').all()) write.run(withGroups(String(state)), String(id));
  db.close();
  return {
    env: { DATA_DIR: folder },
    async stateOf(id) {
      const stored = open();
      const [row] = stored.prepare('SELECT state FROM sessions WHERE id = ?').all(id);
      stored.close();
      return JSON.parse(String(row?.['state']));
    },
    async drop() {
      rmSync(folder, { recursive: true });
    },
  };
}

async function loadDatabase(release: string): Promise<Older> {
  const url = ownDatabase();
  const connection = await mongoose.createConnection(url).asPromise();
  const dump = mongoose.mongo.BSON.EJSON.parse(readFileSync(join(FOLDER, release, 'mongo.json'), 'utf8'));
  for (const [name, documents] of Object.entries(dump)) {
    if (!Array.isArray(documents) || documents.length === 0) continue;
    const written =
      name !== 'sessions' ? documents : documents.map((one) => (one.state === '' ? one : { ...one, state: withGroups(one.state) }));
    await connection.collection(name).insertMany(written);
  }
  await connection.close();
  return {
    env: { MONGODB_URL: url },
    async stateOf(id) {
      const reading = await mongoose.createConnection(url).asPromise();
      const stored = await reading.collection('sessions').findOne({ _id: id as never });
      await reading.close();
      return JSON.parse(stored?.['state']);
    },
    drop: () => dropDatabase(url),
  };
}
