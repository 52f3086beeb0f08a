import { loadConfig } from '../config/load.js';
import { OperationalError, silentLog } from '../contract/index.js';
import { migrateStore } from '../store/migrate-store.js';
import { CommandError, defineCommand } from './command.js';

/** Moves an installation from the embedded store to MongoDB. */
export const migrate = defineCommand({
  summary: 'copy the embedded store into a MongoDB',
  usage: ['--to <mongodb://…> [--from <folder>]'],
  about:
    'Copies the data file of a stopped host into an empty MongoDB database: people with what they are in the middle of, flows, channels, keys and logs. Then start the host with MONGODB_URL. The file stays as it is. When the copy is interrupted, run the command again: it goes on.',
  options: {
    to: { value: 'url', help: 'the database, as MONGODB_URL has it' },
    from: { value: 'folder', help: 'the folder of the data file; DATA_DIR when absent' },
  },
  words: { least: 0, most: 0 },
  examples: ['parley migrate --to mongodb://localhost:27017/parley'],
  fails: 'a host has the data file open, there is none, the database is away or not empty',
  async run({ options: { to, from } }, { env, dotenv, out }) {
    if (to === undefined || !/^mongodb(\+srv)?:\/\//.test(to))
      throw new CommandError('--to takes the address of a MongoDB: mongodb://…', 2);
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
      out('The database holds everything now. Start the host with MONGODB_URL.\n');
      return 0;
    } catch (error) {
      if (error instanceof OperationalError) throw new CommandError(error.message);
      throw error;
    }
  },
});
