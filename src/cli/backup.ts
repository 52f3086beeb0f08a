import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { HOST_OPTIONS, openApi } from './api.js';
import { CommandError, defineCommand } from './command.js';
import { wordsOfFileError } from './read-json-file.js';

/** A copy of the embedded store of a running host. */
export const backup = defineCommand({
  summary: 'copy the embedded store of a running host',
  usage: ['<file> [--force]'],
  about:
    'Asks a running host for a copy of its embedded store, the store of one moment, and writes it to the file. The host goes on meanwhile. Under its name the file is there whole or not at all; it holds the secrets of the channels, and only its owner may read it. To restore it: stop the host, put the file into DATA_DIR as parley.db, without parley.db-wal and parley.db-shm. A MongoDB is copied with mongodump.',
  options: { ...HOST_OPTIONS, force: { help: 'overwrite the file, if it is there' } },
  words: { least: 1, most: 1, lacks: 'into which file?' },
  examples: ['parley backup parley-2026-11-25.db'],
  fails: 'there is no backup: the file is there already, the host refuses, the copy broke off',
  async run({ words: [file = ''], options }, terminal) {
    const refuseToOverwrite = () => {
      if (!options.force && existsSync(file)) throw new CommandError(`${file} is there already; --force overwrites it`);
    };
    refuseToOverwrite();
    const { interrupted } = terminal;
    const api = openApi(options, terminal);
    const part = `${file}.${process.pid}.part`;
    try {
      const answer = await api.stream('POST', '/api/backup', interrupted);
      const bytes = await write(answer, part);
      refuseToOverwrite();
      await name(part, file, options.force);
      terminal.out(`${file}: ${bytes} bytes\n`);
      return 0;
    } catch (error) {
      if (interrupted.aborted) throw new CommandError('interrupted; nothing was written');
      throw error;
    } finally {
      await rm(part, { force: true });
    }
  },
});

/** https://www.sqlite.org/fileformat.html#magic_header_string */
const MAGIC = Buffer.from('SQLite format 3\0');

/** Writes what comes, until it is on disk, and tells how many bytes; what is cut short, or no database, is an error. */
async function write(answer: Response, file: string): Promise<number> {
  // Nobody else may read the secrets in it.
  const handle = await open(file, 'wx+', 0o600).catch(cannotWrite(file));
  try {
    let bytes = 0;
    for await (const part of bodyOf(answer)) {
      await handle.write(part).catch(cannotWrite(file));
      bytes += part.length;
    }
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    if (!buffer.equals(MAGIC)) throw new CommandError('what came is no SQLite file');
    await handle.sync().catch(cannotWrite(file));
    return bytes;
  } finally {
    await handle.close();
  }
}

/** The parts of an answer; it ends well only where the host has ended it. */
async function* bodyOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const parts = body?.getReader();
  for (;;) {
    const next = await parts?.read().catch(() => {
      throw new CommandError('the copy broke off: the host was lost while it sent');
    });
    if (next?.value === undefined) return;
    yield next.value;
  }
}

function cannotWrite(file: string): (error: unknown) => never {
  return (error) => {
    throw new CommandError(`${file} cannot be written: ${wordsOfFileError(error)}`);
  };
}

/** Gives the whole file its name: only if nobody has it, unless it may be taken. */
async function name(part: string, file: string, force: true | undefined): Promise<void> {
  try {
    if (force) await rename(part, file);
    else await link(part, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new CommandError(`${file} is there already; --force overwrites it`);
    // Not every file system knows links.
    if (!force) return name(part, file, true);
    cannotWrite(file)(error);
  }
}
