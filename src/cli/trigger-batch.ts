import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseJson } from '../contract/json/exact-json.js';
import { type Api, type Body, path, refusal } from './api.js';
import { CommandError, type Terminal } from './command.js';
import { wordsOfFileError } from './read-json-file.js';

/** The maximum number of starts, and their size in bytes, in one call. The host takes 1000 starts and 8 MB. */
const MAX = { starts: 1_000, size: 1_000_000 } as const;

interface BatchParts {
  readonly api: Api;
  readonly terminal: Terminal;
  readonly code: string;
  readonly file: string;
  /** The prefix of the uuids for lines without one. */
  readonly uuid: string | undefined;
  readonly json: true | undefined;
}
/** A line of the file: a start, or what is wrong with it. */
type Line = { readonly line: number } & ({ readonly start: Body; readonly size: number } | { readonly mistake: string });

/** Sends the starts of a file in several calls, and reports what became of each. Returns the exit code: 1 if any start was refused. */
export async function triggerBatch({ api, terminal, code, file, uuid, json }: BatchParts): Promise<number> {
  const counts = { started: 0, queued: 0, discarded: 0, repeated: 0, refused: 0 };
  const note = (line: number, result: Body) => {
    if (result.status !== 'started' && result.status !== 'queued' && result.status !== 'discarded') {
      counts.refused += 1;
      if (!json)
        terminal.err(
          `line ${line}: ${result.code}: ${[result.detail, ...(result.errors ?? []).map((one: Body) => one.message)].join(' ')}\n`,
        );
    } else if (result.repeated) counts.repeated += 1;
    else counts[result.status as 'started'] += 1;
    if (json) terminal.out(`${JSON.stringify({ line, ...result })}\n`);
  };
  let sent = 0;
  try {
    for await (const lines of calls(linesOf(file, terminal, uuid))) {
      const starts = lines.filter((one) => 'start' in one);
      const results =
        starts.length === 0
          ? []
          : await send(
              api,
              code,
              starts.map(({ start }) => start),
            );
      starts.forEach(({ line }, i) => {
        note(line, results[i]);
      });
      for (const one of lines) if ('mistake' in one) note(one.line, { code: 'line/bad', detail: one.mistake, errors: [] });
      sent = lines.at(-1)?.line ?? sent;
    }
  } catch (error) {
    if (!(error instanceof CommandError) || sent === 0) throw error;
    terminal.err(`${summary(counts)}\n`);
    throw new CommandError(
      `stopped after line ${sent}: ${error.message}\nStarts with a uuid can be sent again: repeat the same command to go on.`,
      error.exitCode,
    );
  }
  (json ? terminal.err : terminal.out)(`${summary(counts)}\n`);
  return counts.refused > 0 ? 1 : 0;
}

async function send(api: Api, code: string, starts: readonly Body[]): Promise<readonly Body[]> {
  const { status, body } = await api.ask('POST', path`/api/flows/${code}/trigger`, { starts });
  if (status >= 400) throw refusal(status, body, `/api/flows/${code}/trigger`);
  return body.results;
}

function summary(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}

/** Yields the lines of a file while it is read. */
async function* linesOf(file: string, { stdin }: Terminal, beginning: string | undefined): AsyncGenerator<Line> {
  const input = file === '-' ? stdin : createReadStream(file);
  let line = 0;
  try {
    for await (const text of createInterface({ input: input as NodeJS.ReadableStream, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() !== '') yield lineOf(text, line, beginning);
    }
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${wordsOfFileError(error)}`);
  }
}

function lineOf(text: string, line: number, beginning: string | undefined): Line {
  let start: unknown;
  try {
    start = parseJson(text);
  } catch {
    return { line, mistake: 'The line is not valid JSON.' };
  }
  if (start === null || typeof start !== 'object' || Array.isArray(start)) return { line, mistake: 'The line is not a JSON object.' };
  const uuid = beginning === undefined || 'uuid' in start ? {} : { uuid: `${beginning}-${line}` };
  return { line, start: { ...start, ...uuid }, size: Buffer.byteLength(text) };
}

/** Gathers lines into calls that are not too large. */
async function* calls(lines: AsyncIterable<Line>): AsyncGenerator<readonly Line[]> {
  let gathered: Line[] = [];
  let size = 0;
  for await (const one of lines) {
    const more = 'size' in one ? one.size : 0;
    if (gathered.length >= MAX.starts || (gathered.length > 0 && size + more > MAX.size)) {
      yield gathered;
      [gathered, size] = [[], 0];
    }
    gathered.push(one);
    size += more;
  }
  if (gathered.length > 0) yield gathered;
}
