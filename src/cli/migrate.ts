import { loadConfig } from '../config/load.js';
import { OperationalError, silentLog } from '../contract/host/index.js';
import { migrateStore } from '../store/migrate-store.js';
import { CommandError, defineCommand } from './command.js';

/** Moves an installation from the embedded store to MongoDB. */
export const migrate = defineCommand({
  summary: 'copy the embedded store into MongoDB',
  usage: ['--to <mongodb://…> [--from <folder>]'],
  about:
    'Copies the data file of a stopped host into an empty MongoDB database: people and their runs, flows, channels, keys and logs. Then start the host with MONGODB_URL. The file stays as it is. If the copy is interrupted, run the command again, and it goes on.',
  options: {
    to: { value: 'url', help: 'the address of the database, as in MONGODB_URL' },
    from: { value: 'folder', help: 'the folder of the data file (default: DATA_DIR)' },
  },
  words: { min: 0, max: 0 },
  examples: ['parley migrate --to mongodb://localhost:27017/parley'],
  fails: 'the data file is missing or in use, or the database is not empty or cannot be reached',
  async run({ options: { to, from } }, { env, dotenv, out }) {
    if (to === undefined || !/^mongodb(\+srv)?:\/\//.test(to))
      throw new CommandError('--to needs the address of a MongoDB: mongodb://…', 2);
    const config = loadConfig(env, dotenv);
    if ('mistakes' in config) throw new CommandError(config.mistakes.join('; '), 2);
    try {
      const taken = await migrateStore({
        dataDir: from ?? config.DATA_DIR,
        mongodbUrl: to,
        now: new Date().toISOString(),
        log: silentLog,
      });
      for (const [collection, count] of Object.entries(taken)) out(`${collection}: ${count}\n`);
      out('Everything is copied. Start the host with MONGODB_URL.\n');
      return 0;
    } catch (error) {
      if (error instanceof OperationalError) throw new CommandError(error.message);
      throw error;
    }
  },
});
