import { type Api, type Body, HOST_OPTIONS, openApi, path } from './api.js';
import { CommandError, defineCommand } from './command.js';
import { oneOf } from './read-arguments.js';
import { table } from './table.js';

/** Lists the flows of a host, or shows one with its versions. */
export const flows = defineCommand({
  summary: 'list flows, or show one with its versions',
  usage: ['[--state ONLINE | OFFLINE] [--text <text>] [--json]', '<code> [--json]'],
  about:
    'Lists the flows of a host with their state, the version that is ONLINE, the number of sessions that wait in them, and their channels. A + after the version means that the draft differs from it. With a code, shows one flow and its versions.',
  options: {
    ...HOST_OPTIONS,
    state: { value: 'state', help: 'only flows in this state: ONLINE or OFFLINE' },
    text: { value: 'text', help: 'only flows with this text in code, name or remark' },
    json: { help: 'print JSON: a list, or the flow with its "versions"' },
  },
  words: { min: 0, max: 1 },
  examples: ['parley flows', 'parley flows welcome'],
  fails: 'the flow is unknown, or the host refuses',
  async run({ words: [code], options }, terminal) {
    const { state, text, json } = options;
    if (code !== undefined && (state ?? text) !== undefined) throw new CommandError('--state and --text are for the list', 2);
    const request = new URLSearchParams({
      ...(state === undefined ? {} : { state: oneOf(state, '--state', ['ONLINE', 'OFFLINE']) }),
      ...(text === undefined ? {} : { text }),
    });
    const api = openApi(options, terminal);
    const found = code === undefined ? await api.list(`/api/flows?${request}`) : await one(api, code);
    if (json) terminal.out(`${JSON.stringify(found, null, 2)}\n`);
    else terminal.out(code === undefined ? listed(found) : shown(found));
    return 0;
  },
});

async function one(api: Api, code: string): Promise<Body> {
  const flow = await api.call('GET', path`/api/flows/${code}`);
  return { ...flow, versions: await api.list(path`/api/flows/${code}/versions`) };
}

function listed(found: Body): string {
  if (found.length === 0) return 'no flows\n';
  const rows = found.map((flow: Body) => [
    flow.code,
    flow.state,
    versionOf(flow),
    String(flow.waiting),
    flow.channels.join(','),
    flow.name,
  ]);
  return table(['CODE', 'STATE', 'VERSION', 'WAITING', 'CHANNELS', 'NAME'], rows);
}

function shown(flow: Body): string {
  const about = [
    ['code', flow.code],
    ['name', flow.name],
    ...(flow.remark === '' ? [] : [['remark', flow.remark]]),
    ['state', `${flow.state}${flow.version === undefined ? '' : `, version ${flow.version}`}`],
    ['draft', `revision ${flow.draft.revision}${flow.draft.changed ? ', not published' : ''}`],
    ['channels', flow.channels.join(', ') || '-'],
    ['triggers', flow.triggers.map(({ type }: Body) => type).join(', ') || '-'],
    ['waiting', String(flow.waiting)],
    ['updated', flow.updatedAt],
  ].map(([name = '', value]) => `${name.padEnd(10)}${value}\n`);
  const versions = flow.versions.map((one: Body) => [String(one.version), one.state, one.publishedAt, one.by, one.remark]);
  return `${about.join('')}${versions.length === 0 ? '' : `\n${table(['VERSION', 'STATE', 'PUBLISHED', 'BY', 'REMARK'], versions)}`}`;
}

function versionOf({ version, draft }: Body): string {
  return `${version ?? '-'}${draft.changed ? '+' : ''}`;
}
