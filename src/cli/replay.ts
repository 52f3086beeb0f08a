import { HOST_OPTIONS, openApi, path } from './api.js';
import { CommandError, defineCommand } from './command.js';
import { millisOf } from './millis-of.js';
import { wholeNumber } from './read-arguments.js';

interface Shown {
  readonly kind: string;
  readonly path: readonly string[];
  readonly effects: readonly unknown[];
  readonly note?: string;
}
interface Replayed {
  readonly compared: number;
  readonly unlogged?: number;
  readonly different: readonly { readonly session: string; readonly turn: number; readonly was: Shown; readonly is: Shown }[];
  readonly sessions?: { readonly compared: number; readonly different: number };
  readonly more?: boolean;
}

/** Replays recorded conversations: to prove that they come out the same, or to see what a draft would change. */
export const replay = defineCommand({
  summary: 'replay recorded conversations',
  usage: ['<session> [--flow <code>] [--version <n> | --draft]', '--flow <code> --since <7d> [--version <n> | --draft]'],
  about:
    'Without --version or --draft, computes the turns on the recorded versions, where each must come out the same. With one of them, reports what would be different. Nothing is stored or sent.',
  options: {
    ...HOST_OPTIONS,
    flow: { value: 'code', help: 'the flow to replay, or the flow of --version or --draft' },
    since: { value: 'when', help: 'only conversations since then: 7d, 12h or 30m ago, or a time' },
    version: { value: 'n', help: 'use this version instead of the recorded ones' },
    draft: { help: 'use the draft instead of the recorded versions' },
    limit: { value: 'n', help: 'the maximum number of conversations (default: 1000)' },
    json: { help: 'print the answer of the host as JSON' },
  },
  words: { min: 0, max: 1 },
  examples: ['parley replay --flow welcome --since 7d --draft', 'parley replay s0m3jx1'],
  fails: 'something comes out differently, or the host refuses',
  async run({ words: [session], options }, terminal) {
    const { flow, version, draft, since, limit, json } = options;
    const request = { ...(version === undefined ? {} : { version: wholeNumber(version, '--version') }), ...(draft ? { draft } : {}) };
    const count = limit === undefined ? {} : { limit: wholeNumber(limit, '--limit') };
    const api = openApi(options, terminal);
    const answer: Replayed =
      session !== undefined
        ? await api.call('POST', path`/api/sessions/${session}/replay`, { ...request, ...(flow === undefined ? {} : { flow }) })
        : await api.call('POST', path`/api/flows/${flow ?? missing()}/replay`, { ...request, since: timeOf(since ?? missing()), ...count });
    terminal.out(json ? `${JSON.stringify(answer, null, 2)}\n` : inWords(answer));
    return answer.different.length > 0 ? 1 : 0;
  },
});

function missing(): never {
  throw new CommandError('name a session, or use --flow and --since', 2);
}

function inWords({ compared, unlogged = 0, different, sessions, more }: Replayed): string {
  const lines = different.flatMap(({ session, turn, was, is }) => [
    `${session} turn ${turn}`,
    `  was ${oneLine(was)}`,
    `  is  ${oneLine(is)}`,
  ]);
  const people = sessions ? ` of ${sessions.compared} conversations, ${sessions.different} of which are different` : '';
  const rest = more ? '. There are more: use --limit' : '';
  const hidden = unlogged > 0 ? `, ${unlogged} could not be replayed because their flow is not logged` : '';
  return `${[...lines, `${compared} turns replayed${people}: ${different.length} come out differently${hidden}${rest}`].join('\n')}\n`;
}

function oneLine({ kind, path, effects, note }: Shown): string {
  const sent = effects.map((effect) => JSON.stringify(effect)).join(' ');
  return [kind, note === undefined ? '' : `(${note})`, path.join(' '), sent].filter((part) => part !== '').join(' ');
}

/** Reads `7d`, `12h`, `30m` as a time ago, anything else as a time. */
function timeOf(since: string): string {
  const millis = millisOf(since);
  return millis === undefined ? since : new Date(Date.now() - millis).toISOString();
}
