import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { HOST_OPTIONS, openApi } from './api.js';
import { CommandError, defineCommand } from './command.js';
import { wordsOfFileError } from './read-json-file.js';

/** Copies the embedded store of a running host into a file. */
export const backup = defineCommand({
  summary: 'copy the embedded store of a running host',
  usage: ['<file> [--force]'],
  about:
    'Asks a running host for a snapshot of its embedded store and writes it to the file. The host goes on meanwhile. The file appears only when it is complete. It holds the secrets of channels, so only its owner may read it. To restore it, stop the host, copy the file to DATA_DIR as parley.db, and remove parley.db-wal and parley.db-shm. For MongoDB use mongodump.',
  options: { ...HOST_OPTIONS, force: { help: 'overwrite the file if it exists' } },
  words: { min: 1, max: 1, missing: 'which file?' },
  examples: ['parley backup parley-2026-11-25.db'],
  fails: 'the file exists, the host refuses, or the connection is lost',
  async run({ words: [file = ''], options }, terminal) {
    const refuseToOverwrite = () => {
      if (!options.force && existsSync(file)) throw new CommandError(`${file} exists already. Use --force to overwrite it`);
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
      if (interrupted.aborted) throw new CommandError('interrupted, nothing was written');
      throw error;
    } finally {
      await rm(part, { force: true });
    }
  },
});

/** https://www.sqlite.org/fileformat.html#magic_header_string */
const MAGIC = Buffer.from('SQLite format 3\0');

/** Writes the answer to disk and returns its size in bytes. Throws if it is cut short or not a database. */
async function write(answer: Response, file: string): Promise<number> {
  // Only the owner may read it: it holds secrets.
  const handle = await open(file, 'wx+', 0o600).catch(cannotWrite(file));
  try {
    let bytes = 0;
    for await (const part of bodyOf(answer)) {
      await handle.write(part).catch(cannotWrite(file));
      bytes += part.length;
    }
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    if (!buffer.equals(MAGIC)) throw new CommandError('the answer is not a SQLite file');
    await handle.sync().catch(cannotWrite(file));
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Yields the parts of an answer. Throws if the connection is lost before the host has ended it. */
async function* bodyOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const parts = body?.getReader();
  for (;;) {
    const next = await parts?.read().catch(() => {
      throw new CommandError('the connection to the host was lost during the copy');
    });
    if (next?.value === undefined) return;
    yield next.value;
  }
}

function cannotWrite(file: string): (error: unknown) => never {
  return (error) => {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  };
}

/** Gives the complete file its name. Without `force` it does not replace a file of that name. */
async function name(part: string, file: string, force: true | undefined): Promise<void> {
  try {
    if (force) await rename(part, file);
    else await link(part, file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new CommandError(`${file} exists already. Use --force to overwrite it`);
    // Some file systems have no links.
    if (!force) return name(part, file, true);
    cannotWrite(file)(error);
  }
}
