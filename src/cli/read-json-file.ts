import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { parseJson } from '../contract/json/exact-json.js';
import { wordsOfJsonBreak } from '../flow/json-break.js';
import { CommandError, type Terminal } from './command.js';

/** Returns the JSON of a file, or of the standard input for `-`. Throws a `CommandError` that says where the JSON is broken. */
export async function readJsonFile(file: string, terminal: Terminal): Promise<unknown> {
  const text = await readText(file, terminal);
  try {
    return parseJson(text);
  } catch {
    throw new CommandError(
      `${nameOf(file)} is not valid JSON${text.trim() === '' ? ': it is empty' : `: it breaks${wordsOfJsonBreak(text)}`}`,
    );
  }
}

/** Returns the bytes of a file, or of the standard input for `-`. Throws a `CommandError` if it cannot be read. */
export async function readFileBytes(file: string, { stdin }: Pick<Terminal, 'stdin'>): Promise<Buffer> {
  return file === '-' ? bytesOf(stdin) : readBytes(file);
}

/** Returns the text of a file, or of the standard input for `-`. Throws a `CommandError` if it cannot be read, or is not UTF-8. */
export async function readText(file: string, terminal: Pick<Terminal, 'stdin'>): Promise<string> {
  const bytes = await readFileBytes(file, terminal);
  if (!isUtf8(bytes)) throw new CommandError(`${nameOf(file)} is not UTF-8. Save it as UTF-8`);
  // Editors on Windows begin a file with a byte order mark.
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function nameOf(file: string): string {
  return file === '-' ? 'the standard input' : file;
}

/** Reads a file. Throws a `CommandError` if it cannot be read. */
function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${wordsOfFileError(error)}`);
  }
}

/** Says why a file could not be read or written. */
export function wordsOfFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (code === '' ? String(error) : code);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

async function bytesOf(stdin: Terminal['stdin']): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
