import type { Log } from '../../contract/host/index.js';
import type { IsoTime } from '../../contract/index.js';
import type { Store } from '../../contract/store/index.js';
import { embeddedAudit } from './audit.js';
import { createBackup } from './backup.js';
import { embeddedChannels } from './channels.js';
import { embeddedContacts } from './contacts.js';
import { keepPrivate, watchDataFile } from './data-file.js';
import { openDatabase } from './database.js';
import { embeddedDeliveries } from './deliveries.js';
import { embeddedFlows } from './flows.js';
import { createGroupCommit } from './group-commit.js';
import { embeddedKeys } from './keys.js';
import { embeddedMedia } from './media.js';
import { embeddedCounter, embeddedMeta } from './meta.js';
import { embeddedRetention } from './retention.js';
import { migrate } from './schema.js';
import { embeddedSessions } from './sessions.js';
import { embeddedSignIns } from './sign-ins.js';
import { embeddedStarts } from './starts.js';
import { embeddedTurns } from './turns.js';

export interface EmbeddedSettings {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** `FULL` survives a power cut, `NORMAL` a killed process. By default `FULL`. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** The time at which the leases of an earlier process count as lost; by default the machine's time. */
  readonly now?: IsoTime;
}

/**
 * Opens the embedded store. This process owns the file until it closes the store or ends. Leases of an earlier process are released.
 *
 * @throws OperationalError `store/in-use` if another process owns the file, `store/away` if it cannot be used.
 */
export async function openEmbeddedStore(
  { file, synchronous = 'FULL', now = new Date().toISOString() }: EmbeddedSettings,
  log: Log,
): Promise<Store> {
  if (file !== ':memory:') keepPrivate(file);
  const db = openDatabase(file, synchronous);
  try {
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  const checkFile = file === ':memory:' ? () => {} : watchDataFile(file, log);
  const caches: { dropCache(): void }[] = [];
  const group = createGroupCommit(db, () => {
    for (const one of caches) one.dropCache();
  });
  const turns = embeddedTurns(db, group);
  const deliveries = embeddedDeliveries(db, group);
  const sessions = embeddedSessions(db, { group, turns, deliveries });
  const contacts = embeddedContacts(db, group);
  caches.push(sessions, contacts);
  await group.write(() => sessions.releaseAll(now));
  log.debug({ file }, 'opened the embedded store');
  const starts = embeddedStarts(db, group);
  const media = embeddedMedia(db, group);
  const flows = embeddedFlows(db, group, embeddedCounter(db, 'flows'));
  await flows.fillRows();
  const backup = createBackup(db, file);
  const ping = db.prepare('SELECT 1');
  const notePing = db.prepare(
    "INSERT INTO meta (key, value) VALUES ('lastPing', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  return {
    sessions,
    contacts,
    deliveries,
    turns,
    flows,
    channels: embeddedChannels(db, group, embeddedCounter(db, 'channels')),
    starts,
    keys: embeddedKeys(db, group),
    signIns: embeddedSignIns(db, group),
    audit: embeddedAudit(db, group),
    media,
    meta: embeddedMeta(db, group),
    retention: embeddedRetention(db, group, { contacts, turns, deliveries, starts, media }),
    upgrade: () => sessions.upgrade(),
    cached: () => ({ records: sessions.cached(), identities: contacts.cached() }),
    backup(to) {
      group.flush();
      return backup.to(to);
    },
    scrub: () => backup.whenIdle(() => db.emptyLog()),
    async ping() {
      ping.all();
      checkFile();
      // A full disk can be read, but not written.
      if (group.hasFailed) await group.write(() => void notePing.run(now));
    },
    async close() {
      await backup.stop();
      group.end();
      db.close();
    },
  };
}
