import type { IsoTime, Log, Store } from '../../contract/index.js';
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
import { embeddedCounter, embeddedMeta } from './meta.js';
import { embeddedRetention } from './retention.js';
import { migrate } from './schema.js';
import { embeddedSessions } from './sessions.js';
import { embeddedStarts } from './starts.js';
import { embeddedTurns } from './turns.js';

export interface EmbeddedSettings {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** `FULL`: what was accepted survives a power cut; `NORMAL`: a killed process. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** From when leases of an earlier process count as lost; the machine's time when absent. */
  readonly now?: IsoTime;
}

/** Opens the embedded store. This process owns the file until it closes or ends; whatever an earlier one held comes free. */
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
  const look = file === ':memory:' ? () => {} : watchDataFile(file, log);
  const remembering: { undo(): void }[] = [];
  const group = createGroupCommit(db, () => {
    for (const one of remembering) one.undo();
  });
  const turns = embeddedTurns(db, group);
  const deliveries = embeddedDeliveries(db, group);
  const sessions = embeddedSessions({ db, group, turns, deliveries });
  const contacts = embeddedContacts(db, group);
  remembering.push(sessions, contacts);
  await group.write(() => sessions.releaseAll(now));
  log.debug({ file }, 'the embedded store is open');
  const starts = embeddedStarts(db, group);
  const backup = createBackup(db, file);
  const ping = db.prepare('SELECT 1');
  const sign = db.prepare("INSERT INTO meta (key, value) VALUES ('lastPing', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  return {
    sessions,
    contacts,
    deliveries,
    turns,
    flows: embeddedFlows(db, group, embeddedCounter(db, 'flows')),
    channels: embeddedChannels(db, group, embeddedCounter(db, 'channels')),
    starts,
    keys: embeddedKeys(db, group),
    audit: embeddedAudit(db, group),
    meta: embeddedMeta(db, group),
    retention: embeddedRetention(db, group, { contacts, turns, deliveries, starts }),
    backup: (to) => backup.to(to),
    scrub: () => backup.whenIdle(() => db.emptyLog()),
    async ping() {
      ping.all();
      look();
      // What can be read is not all: on a full disk nothing can be taken.
      if (group.hasFailed) await group.write(() => void sign.run(now));
    },
    async close() {
      await backup.stop();
      await group.end();
      db.close();
    },
  };
}
