import { argsOf, CommandError, HOST_OPTIONS, HOST_USAGE, openApi } from './api.js';
import type { Command } from './command.js';

interface Shown {
  readonly kind: string;
  readonly path: readonly string[];
  readonly effects: readonly unknown[];
  readonly note?: string;
}
interface Replayed {
  readonly compared: number;
  readonly different: readonly { readonly session: string; readonly turn: number; readonly was: Shown; readonly is: Shown }[];
  readonly sessions?: { readonly compared: number; readonly different: number };
  readonly more?: boolean;
}

/** Computes recorded conversations again: to prove that they come out the same, or to see what a draft would change. */
export const replay: Command = {
  summary: 'compute recorded conversations again',
  usage: `usage: parley replay <session> [--flow <code>] [--version <n> | --draft]
       parley replay --flow <code> [--version <n> | --draft] --since <7d | 12h | time>

Without a version the recorded ones are taken, and every turn has to come out the same. With one, or with the draft, tells what
would be different. Nothing is stored or sent. Exit code 1 when something is different.

${HOST_USAGE}
  --limit <n>       so many conversations at most (default 1000)
  --json            the whole answer`,
  async run(args) {
    const { values, positionals } = argsOf({
      args: [...args],
      allowPositionals: true,
      options: {
        ...HOST_OPTIONS,
        flow: { type: 'string' },
        version: { type: 'string' },
        draft: { type: 'boolean' },
        since: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const { flow, version, draft, since, limit } = values;
    const [session] = positionals;
    const wish = { ...(version === undefined ? {} : { version: numberOf(version) }), ...(draft ? { draft } : {}) };
    const api = openApi(values);
    if (session === undefined && (flow === undefined || since === undefined))
      throw new CommandError('name a session, or --flow and --since', 2);
    const answer = (await (session === undefined
      ? api.call('POST', `/api/flows/${flow}/replay`, {
          ...wish,
          since: timeOf(since ?? ''),
          ...(limit === undefined ? {} : { limit: numberOf(limit) }),
        })
      : api.call('POST', `/api/sessions/${session}/replay`, { ...wish, ...(flow === undefined ? {} : { flow }) }))) as Replayed;
    process.stdout.write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : inWords(answer));
    return answer.different.length > 0 ? 1 : 0;
  },
};

function inWords({ compared, different, sessions, more }: Replayed): string {
  const lines = different.flatMap(({ session, turn, was, is }) => [
    `${session} turn ${turn}`,
    `  was ${oneLine(was)}`,
    `  is  ${oneLine(is)}`,
  ]);
  const people = sessions ? ` of ${sessions.compared} conversations, ${sessions.different} of which are different` : '';
  const rest = more ? '; there are more, --limit takes them' : '';
  return `${[...lines, `${compared} turns computed again${people}: ${different.length} come to something else${rest}`].join('\n')}\n`;
}

function oneLine({ kind, path, effects, note }: Shown): string {
  const sent = effects.map((effect) => JSON.stringify(effect)).join(' ');
  return [kind, note === undefined ? '' : `(${note})`, path.join(' '), sent].filter((part) => part !== '').join(' ');
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `7d`, `12h`, `30m` ago, or a time. */
function timeOf(since: string): string {
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(since) ?? [];
  return count === undefined ? since : new Date(Date.now() - Number(count) * (UNITS[unit] ?? 0)).toISOString();
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CommandError(`"${text}" is no number`, 2);
  return Number(text);
}
