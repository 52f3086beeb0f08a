import { type Api, type Body, HOST_OPTIONS, openApi, path } from './api.js';
import { CommandError, defineCommand, type Options } from './command.js';
import { oneOf, wholeNumber } from './read-arguments.js';
import { showSession } from './show-session.js';
import { table } from './table.js';

const OPTIONS = {
  ...HOST_OPTIONS,
  flow: { value: 'code', help: 'only sessions in this flow' },
  status: { value: 'status', help: 'only sessions with this status: waiting, idle, or operator (handed over)' },
  queue: { value: 'queue', help: 'only people who are handed over to operators of this queue' },
  contact: {
    value: 'identity',
    help: 'only the session of this person: an identity such as whatsapp:4915112345678, or the id of a contact',
  },
  limit: { value: 'n', help: 'the maximum number of sessions (default: 100)' },
  turns: { value: 'n', help: 'with an id: the number of last turns to show (default: 5)' },
  message: { value: 'text', help: 'with end: a last message' },
  run: { value: 'id', help: 'with end: only this run' },
  json: { help: 'print JSON' },
} as const satisfies Options;

/** Lists conversations, shows why one stands where it does, or ends one. */
export const sessions = defineCommand({
  summary: 'list conversations, show one, or end it',
  usage: [
    '[--flow <code>] [--status <status>] [--queue <queue>] [--contact <identity>] [--limit <n>]',
    '<id> [--turns <n>]',
    'end <id> [--run <id>] [--message <text>]',
  ],
  about:
    'Lists conversations and where they stand. With an id, shows where its runs stand, its last turns and why each came out as it did, and its messages with their status. "end" ends its runs, queued ones included.',
  options: OPTIONS,
  words: { min: 0, max: 2 },
  examples: [
    'parley sessions --flow welcome --status waiting',
    'parley sessions --contact whatsapp:4915112345678',
    'parley sessions s0m3jx1',
  ],
  fails: 'the session or person is unknown, or the host refuses',
  async run({ words: [first, second], options }, terminal) {
    if (first === 'end' && second === undefined) throw new CommandError('which session?', 2);
    if (first !== 'end' && second !== undefined) throw new CommandError(`unexpected word "${second}"`, 2);
    refuseMisplaced(options, first === undefined ? 'list' : first === 'end' ? 'end' : 'one');
    const api = openApi(options, terminal);
    const asJson = (found: Body) => terminal.out(`${JSON.stringify(found, null, 2)}\n`);
    if (first === undefined) {
      const max = wholeNumber(options.limit ?? '100', '--limit');
      const found = await listed(api, options, max + 1);
      if (options.json) asJson(found.slice(0, max));
      else terminal.out(found.length === 0 ? 'no sessions\n' : rows(found.slice(0, max)));
      if (found.length > max) terminal.err(`there are more than ${max}. Use --limit\n`);
      return 0;
    }
    if (first === 'end') {
      const { run, message } = options;
      const request = { ...(run === undefined ? {} : { run }), ...(message === undefined ? {} : { message }) };
      const session = await api.call('POST', path`/api/sessions/${second ?? ''}/end`, request);
      if (options.json) asJson(session);
      else terminal.out(`${second}: ${session.runs.length === 0 ? 'ended' : `${session.runs.length} runs go on`}\n`);
      return 0;
    }
    const found = await readOne(api, first, wholeNumber(options.turns ?? '5', '--turns'));
    if (options.json) asJson(found);
    else terminal.out(showSession(found));
    return 0;
  },
});

const FOR: Readonly<Record<string, readonly string[]>> = {
  flow: ['list'],
  status: ['list'],
  queue: ['list'],
  contact: ['list'],
  limit: ['list'],
  turns: ['one'],
  message: ['end'],
  run: ['end'],
};

function refuseMisplaced(options: object, way: string): void {
  for (const name of Object.keys(options))
    if (FOR[name] && !FOR[name].includes(way)) throw new CommandError(`--${name} cannot be used here`, 2);
}

async function listed(
  api: Api,
  { flow, status, contact, queue }: { flow?: string; status?: string; contact?: string; queue?: string },
  max: number,
): Promise<Body> {
  const person = contact === undefined ? {} : { contact: await personOf(api, contact) };
  const request = new URLSearchParams({
    ...person,
    ...(flow === undefined ? {} : { flow }),
    ...(status === undefined ? {} : { status: oneOf(status, '--status', ['waiting', 'idle', 'operator']) }),
    ...(queue === undefined ? {} : { queue }),
  });
  return api.list(`/api/sessions?${request}`, max);
}

/** Finds the id of a person by one of their identities. */
async function personOf(api: Api, identity: string): Promise<string> {
  if (!identity.includes(':')) return identity;
  const [found] = await api.list(`/api/contacts?identity=${encodeURIComponent(identity)}`, 1);
  if (!found) throw new CommandError(`unknown person: ${identity}`);
  return found.id;
}

/** Reads a session with its contact, its last turns, and the messages of these. */
async function readOne(api: Api, id: string, count: number): Promise<Body> {
  const session = await api.call('GET', path`/api/sessions/${id}`);
  const [contact, turns, messages] = await Promise.all([
    api.call('GET', path`/api/contacts/${session.contact}`),
    api.list(path`/api/sessions/${id}/turns`),
    api.list(path`/api/sessions/${id}/messages`),
  ]);
  const last = count === 0 ? [] : turns.slice(-count);
  const first = last[0]?.turn ?? Number.POSITIVE_INFINITY;
  return { ...session, person: contact, turns: last, messages: messages.filter(({ place }) => Number.parseInt(place, 10) >= first) };
}

function rows(found: readonly Body[]): string {
  const lines = found.map(({ id, status, updatedAt, runs }) => [id, status, updatedAt, standing(runs)]);
  return table(['SESSION', 'STATUS', 'UPDATED', 'STANDS AT'], lines);
}

function standing(runs: readonly Body[]): string {
  return runs.map(({ place, frames }) => `${place === 'foreground' ? '' : `${place} `}${at(frames.at(-1))}`).join('; ');
}

function at({ flow, version, node, waitingFor, until, dialog }: Body): string {
  if (dialog !== undefined) return `dialog ${dialog}`;
  return `${flow}@${version}#${node}${waitingFor === undefined ? '' : ` for ${waitingFor}`}${until === undefined ? '' : ` until ${until}`}`;
}
