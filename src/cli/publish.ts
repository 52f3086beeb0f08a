import type { FlowDefinition } from '../contract/index.js';
import { errorsOf } from '../flow/check.js';
import { readEnvelope } from '../flow/envelope.js';
import { type Api, type Body, HOST_OPTIONS, HostLost, openApi, path } from './api.js';
import { checkHere } from './check-here.js';
import { CommandError, defineCommand, type Terminal } from './command.js';
import { reportDryRun } from './dry-run.js';
import { oneOf } from './read-arguments.js';
import { readJsonFile } from './read-json-file.js';
import { showProblems } from './show-problems.js';
import { showStanding } from './show-standing.js';
import { flowOnHost, uploadDraft } from './upload-draft.js';

/** Uploads a flow file and publishes it. */
export const publish = defineCommand({
  summary: 'put a flow file ONLINE',
  usage: [
    '<file> [--channels <ids>] [--sessions keep | migrate | end] [--remark <text>] [--force]',
    '<file> --dry-run [--channels <ids>] [--sessions migrate]',
  ],
  about:
    'Uploads the file ("-" reads the standard input), binds the flow to channels and publishes it, so that the next version is ONLINE. A flow that does not exist yet is created. A draft on the host that was never published and differs from the file is overwritten only with --force, because somebody may be working on it. If the publish is refused, the host is left as it was.',
  options: {
    ...HOST_OPTIONS,
    channels: { value: 'ids', help: 'bind the flow to these channels (ids separated by commas); only while it is OFFLINE' },
    sessions: {
      value: 'mode',
      help: 'what happens to people already in the flow: keep (default), they stay on their version; migrate, they move to the new one; end',
    },
    remark: { value: 'text', help: 'what has changed, for the list of versions' },
    'dry-run': { help: 'change nothing; report everything that would refuse the publish, and the waiting sessions' },
    force: { help: 'overwrite a draft that was never published' },
    json: { help: 'print the answer of the host as JSON' },
  },
  words: { min: 1, max: 1, missing: 'which file?' },
  examples: ['parley publish welcome.json --channels demo-whatsapp', 'parley publish welcome.json --dry-run --sessions migrate'],
  fails: 'the flow has errors, or the host refuses',
  async run({ words: [file = ''], options }, terminal) {
    const sessions = oneOf(options.sessions ?? 'keep', '--sessions', ['keep', 'migrate', 'end']);
    const wanted = options.channels?.split(',').map((id) => id.trim());
    const definition = await definitionIn(await readJsonFile(file, terminal), file, terminal);
    const api = openApi(options, terminal);
    const there = await flowOnHost(api, definition.code);
    if (there && wanted && there.flow.state === 'ONLINE' && !sameWords(wanted, there.flow.channels))
      throw new CommandError(
        `"${definition.code}" is ONLINE on ${there.flow.channels.join(', ') || 'no channel'}, and its channels can change only while it is OFFLINE. Run "parley offline ${definition.code}" first`,
      );
    if (options['dry-run'])
      return reportDryRun({ api, terminal, definition, isThere: there !== undefined, sessions, channels: wanted, json: options.json });

    const { code } = definition;
    const upload = await uploadDraft(api, definition, { there, force: options.force ?? false });
    try {
      refuseErrors(upload.problems, there !== undefined);
      await bind(api, code, { wanted, bound: upload.flow.channels });
      const request = { sessions, ...(options.remark === undefined ? {} : { remark: options.remark }) };
      // Only what was uploaded is published, whatever somebody saves meanwhile.
      const answer = await api.call('POST', path`/api/flows/${code}/publish`, request, { 'if-match': upload.etag });
      if (options.json) terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
      else terminal.out(inWords(code, answer, wanted ?? upload.flow.channels));
      return 0;
    } catch (error) {
      // Without an answer it may be ONLINE by now. Otherwise undo the upload.
      if (!(error instanceof HostLost)) await upload.undo();
      throw error;
    }
  },
});

async function definitionIn(body: unknown, file: string, terminal: Terminal): Promise<FlowDefinition> {
  const read = readEnvelope(body);
  if ('problems' in read) throw new CommandError(`${file} is not a valid flow\n${showProblems(await checkHere(body, terminal))}`);
  return read.definition;
}

function refuseErrors(problems: Body, isThere: boolean): void {
  if (errorsOf(problems).length > 0)
    throw new CommandError(
      `the flow has errors. ${isThere ? 'The draft on the host is unchanged' : 'It was not created'}\n${showProblems(problems)}`,
    );
}

/** Binds the flow. The binding stays even if the publish is refused then, because nobody's work is lost by it. */
async function bind(
  api: Api,
  code: string,
  { wanted, bound }: { readonly wanted: readonly string[] | undefined; readonly bound: readonly string[] },
) {
  if (wanted && !sameWords(wanted, bound)) await api.call('PUT', path`/api/flows/${code}/channels`, { channels: wanted });
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}

function inWords(code: string, { version, problems, sessions }: Body, channels: readonly string[]): string {
  const on = channels.length === 0 ? '' : ` on ${channels.join(', ')}`;
  const warnings = problems.length === 0 ? '' : `${showProblems(problems)}\n`;
  return `${warnings}${code}: version ${version} is ONLINE${on}\n${showStanding(sessions)}`;
}
