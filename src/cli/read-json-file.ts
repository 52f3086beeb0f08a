import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { wordsOfJsonBreak } from '../flow/json-break.js';
import { CommandError, type Terminal } from './command.js';

/** Returns the JSON of a file, or of the standard input for `-`. Throws a `CommandError` that says where it breaks. */
export async function readJsonFile(file: string, { stdin }: Terminal): Promise<unknown> {
  const name = file === '-' ? 'the standard input' : file;
  const bytes = file === '-' ? await bytesOf(stdin) : readBytes(file);
  if (!isUtf8(bytes)) throw new CommandError(`${name} has bytes that are not UTF-8: save it as UTF-8`);
  // Editors on Windows begin a file with a mark.
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${name} is not valid JSON${text.trim() === '' ? ': it is empty' : `: it breaks${wordsOfJsonBreak(text)}`}`);
  }
}

/** The bytes of a file. Throws in words if it cannot be read. */
function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
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

async function bytesOf(stdin: Terminal['stdin']): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
