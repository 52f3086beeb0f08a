import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, OperationalError } from '../contract/host/index.js';
import type { IsoTime } from '../contract/index.js';
import { openDatabase } from './embedded/database.js';
import { exportRows } from './embedded/export-rows.js';
import { migrate as migrateTables } from './embedded/schema.js';
import type { TakenOver } from './mongo/take-over.js';

/** Returns the path of the data file in a data folder. */
export function dataFile(dataDir: string): string {
  return join(dataDir, 'parley.db');
}

/**
 * Copies everything in a data file into an empty MongoDB database. The file does not change. Call it again after an interruption: it goes
 * on where it stopped.
 *
 * @throws OperationalError `store/in-use` if a host has the file open, `store/not-empty` if the database holds other data, `store/away` if
 * there is no file or MongoDB cannot be reached.
 */
export async function migrateStore(parts: {
  readonly dataDir: string;
  readonly mongodbUrl: string;
  readonly now: IsoTime;
  readonly log: Log;
}): Promise<TakenOver> {
  const file = dataFile(parts.dataDir);
  if (!existsSync(file)) throw new OperationalError('store/away', `there is no data file: ${file}`);
  const [{ connect }, { openMongoStore }, { takeOver }] = await Promise.all([
    import('./mongo/connection.js'),
    import('./mongo/open.js'),
    import('./mongo/take-over.js'),
  ]);
  const db = openDatabase(file, 'FULL');
  try {
    migrateTables(db);
    const [secret] = db.prepare("SELECT value FROM meta WHERE key = 'linkSecret'").all();
    const origin = createHash('sha256')
      .update(String(secret?.['value'] ?? file))
      .digest('hex');
    const connection = await connect(parts.mongodbUrl, parts.log);
    try {
      const taken = await takeOver(connection, exportRows(db), { origin, now: parts.now });
      // Opening the store creates its indexes.
      await (await openMongoStore(parts.mongodbUrl, parts.log)).close();
      return taken;
    } finally {
      await connection.close();
    }
  } finally {
    db.close();
  }
}
