import type { Log } from '../../contract/host/index.js';
import type { Store } from '../../contract/store/index.js';
import { mongoAudit } from './audit.js';
import { mongoChannels } from './channels.js';
import { connect, orAway, ping } from './connection.js';
import { mongoContacts } from './contacts.js';
import { mongoDeliveries } from './deliveries.js';
import { mongoFlows } from './flows.js';
import { mongoKeys } from './keys.js';
import { mongoMedia } from './media.js';
import { mongoMeta, openCounter } from './meta.js';
import { mongoRetention } from './retention.js';
import { mongoSessions } from './sessions.js';
import { mongoSignIns } from './sign-ins.js';
import { mongoStarts } from './starts.js';
import { mongoTurns } from './turns.js';

/**
 * Opens the store on MongoDB 6 or later, with or without a replica set: one document for each session, no transactions.
 *
 * @throws OperationalError `store/away` if MongoDB cannot be reached.
 */
export async function openMongoStore(url: string, log: Log): Promise<Store> {
  const connection = await connect(url, log);
  const turns = mongoTurns(connection, log);
  const deliveries = mongoDeliveries(connection);
  const sessions = mongoSessions(connection, { turns, deliveries, log });
  const contacts = mongoContacts(connection);
  const flows = mongoFlows(connection, await openCounter(connection, 'flows'));
  const keys = mongoKeys(connection);
  const signIns = mongoSignIns(connection);
  const starts = mongoStarts(connection);
  const media = mongoMedia(connection);
  const retention = mongoRetention(connection, { contacts, turns, deliveries, starts, media });
  const audit = mongoAudit(connection);
  const channels = mongoChannels(connection, await openCounter(connection, 'channels'));
  await orAway(() =>
    Promise.all(
      [turns, deliveries, sessions, contacts, flows, keys, signIns, audit, starts, media, retention].map((one) => one.createIndexes()),
    ),
  );
  await flows.fillSummaries();
  sessions.journals
    .sweep()
    .catch((error: unknown) =>
      log.warn(
        { error: String(error) },
        'turns of an earlier process could not be copied to the turn log: they stay with their sessions for now',
      ),
    );
  return {
    sessions,
    contacts,
    deliveries,
    turns,
    flows,
    channels,
    starts,
    keys,
    signIns,
    audit,
    media,
    meta: mongoMeta(connection),
    retention,
    async upgrade() {
      await flows.fillSummaries();
      return sessions.upgrade();
    },
    cached: () => ({ records: sessions.cached(), 'journal-characters': sessions.journals.size }),
    ping: () => ping(connection),
    async close() {
      sessions.journals.stop();
      await Promise.all([turns.flushed(), sessions.flushed()]);
      await connection.close();
    },
  };
}
