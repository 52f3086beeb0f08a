import { readFileSync } from 'node:fs';
import { CommandError, type Terminal } from './command.js';

/** The JSON of a file, or of the standard input for `-`. */
export async function readJsonFile(file: string, { stdin }: Terminal): Promise<unknown> {
  const text = file === '-' ? await textOf(stdin) : readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file === '-' ? 'the standard input' : file}: no JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

/** The text of a file; one that cannot be read is told in words. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${wordsOfFileError(error)}`);
  }
}

/** Why a file could not be read or written. */
export function wordsOfFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (code === '' ? String(error) : code);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'there is no room left',
  EROFS: 'the file system is only for reading',
};

async function textOf(stdin: Terminal['stdin']): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
