import { type Api, type Body, HOST_OPTIONS, openApi, path } from './api.js';
import { CommandError, defineCommand, type Options } from './command.js';
import { oneOf, wholeNumber } from './read-arguments.js';
import { showSession } from './show-session.js';
import { table } from './table.js';

const OPTIONS = {
  ...HOST_OPTIONS,
  flow: { value: 'code', help: 'only those in this flow' },
  status: { value: 'status', help: 'only those that are waiting, or idle' },
  contact: { value: 'identity', help: 'only that of this person: whatsapp:4915112345678, or the id of a contact' },
  limit: { value: 'n', help: 'so many at most (100 when absent)' },
  turns: { value: 'n', help: 'of one session: so many of its last turns (5 when absent)' },
  message: { value: 'text', help: 'with end: a last word' },
  run: { value: 'id', help: 'with end: only this run' },
  json: { help: 'as JSON' },
} as const satisfies Options;

/** Conversations: which there are, why one stands where it does, and an end to it. */
export const sessions = defineCommand({
  summary: 'list conversations, look at one, or end it',
  usage: [
    '[--flow <code>] [--status waiting | idle] [--contact <identity>] [--limit <n>]',
    '<id> [--turns <n>]',
    'end <id> [--run <id>] [--message <text>]',
  ],
  about:
    'Lists conversations and where they stand. With an id: where its runs stand, its last turns and why each came out as it did, and its messages with what became of them. "end" ends its runs, queued ones too.',
  options: OPTIONS,
  words: { least: 0, most: 2 },
  examples: [
    'parley sessions --flow welcome --status waiting',
    'parley sessions --contact whatsapp:4915112345678',
    'parley sessions s0m3jx1',
  ],
  fails: 'there is no such session or person, or the host refuses',
  async run({ words: [first, second], options }, terminal) {
    if (first === 'end' && second === undefined) throw new CommandError('end which session?', 2);
    if (first !== 'end' && second !== undefined) throw new CommandError(`"${second}" is one word too many`, 2);
    refuseStrangers(options, first === undefined ? 'list' : first === 'end' ? 'end' : 'one');
    const api = openApi(options, terminal);
    const asJson = (found: Body) => terminal.out(`${JSON.stringify(found, null, 2)}\n`);
    if (first === undefined) {
      const most = wholeNumber(options.limit ?? '100', '--limit');
      const found = await listed(api, options, most + 1);
      if (options.json) asJson(found.slice(0, most));
      else terminal.out(found.length === 0 ? 'no sessions\n' : rows(found.slice(0, most)));
      if (found.length > most) terminal.err(`there are more than ${most}; --limit takes them\n`);
      return 0;
    }
    if (first === 'end') {
      const { run, message } = options;
      const request = { ...(run === undefined ? {} : { run }), ...(message === undefined ? {} : { message }) };
      const session = await api.call('POST', path`/api/sessions/${second ?? ''}/end`, request);
      if (options.json) asJson(session);
      else terminal.out(`${second}: ${session.runs.length === 0 ? 'nothing runs in it any more' : `${session.runs.length} runs go on`}\n`);
      return 0;
    }
    const found = await lookAt(api, first, wholeNumber(options.turns ?? '5', '--turns'));
    if (options.json) asJson(found);
    else terminal.out(showSession(found));
    return 0;
  },
});

const FOR: Readonly<Record<string, readonly string[]>> = {
  flow: ['list'],
  status: ['list'],
  contact: ['list'],
  limit: ['list'],
  turns: ['one'],
  message: ['end'],
  run: ['end'],
};

function refuseStrangers(options: object, way: string): void {
  for (const name of Object.keys(options))
    if (FOR[name] && !FOR[name].includes(way)) throw new CommandError(`--${name} does not go with this`, 2);
}

async function listed(
  api: Api,
  { flow, status, contact }: { flow?: string; status?: string; contact?: string },
  most: number,
): Promise<Body> {
  const person = contact === undefined ? {} : { contact: await personOf(api, contact) };
  const request = new URLSearchParams({
    ...person,
    ...(flow === undefined ? {} : { flow }),
    ...(status === undefined ? {} : { status: oneOf(status, '--status', ['waiting', 'idle']) }),
  });
  return api.list(`/api/sessions?${request}`, most);
}

/** The id of a person, by one of their identities. */
async function personOf(api: Api, identity: string): Promise<string> {
  if (!identity.includes(':')) return identity;
  const [found] = await api.list(`/api/contacts?identity=${encodeURIComponent(identity)}`, 1);
  if (!found) throw new CommandError(`nobody is known as ${identity}`);
  return found.id;
}

/** A session with its person, its last turns, and the messages of these. */
async function lookAt(api: Api, id: string, most: number): Promise<Body> {
  const session = await api.call('GET', path`/api/sessions/${id}`);
  const [contact, turns, messages] = await Promise.all([
    api.call('GET', path`/api/contacts/${session.contact}`),
    api.list(path`/api/sessions/${id}/turns`),
    api.list(path`/api/sessions/${id}/messages`),
  ]);
  const last = most === 0 ? [] : turns.slice(-most);
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
