import type { Json } from '../contract/index.js';
import { HOST_OPTIONS, openApi, path } from './api.js';
import { CommandError, defineCommand, type Given, type Options } from './command.js';
import { inputsOf } from './inputs-of.js';
import { readJsonFile } from './read-json-file.js';
import { triggerBatch } from './trigger-batch.js';

const OPTIONS = {
  ...HOST_OPTIONS,
  to: { value: 'identity', help: 'the person: whatsapp:4915112345678, viber:<channel>:<user id>, phone:+49…, or the id of a contact' },
  name: { value: 'name', help: 'the name of the person, if the host does not know them' },
  channel: { value: 'id', help: 'the channel; not needed if the flow is bound to one only, or the person has written on one' },
  data: { value: 'key=value', many: true, help: 'an input of the flow' },
  'data-file': { value: 'file', help: 'a file with the inputs of the flow as a JSON object; --data adds to it' },
  uuid: {
    value: 'uuid',
    help: 'a repeat with the same uuid starts nothing and gets the first answer; with --batch, the prefix of the uuids for lines without one',
  },
  batch: { value: 'file', help: 'a file of many starts, one JSON object per line, as the API takes them ("-" reads the standard input)' },
  json: { help: 'print the answer as JSON; with --batch, one line per start' },
} as const satisfies Options;

/** Starts a flow with a person, or with many people from a file. */
export const trigger = defineCommand({
  summary: 'start a flow with one or many people',
  usage: ['<code> --to <identity> [--channel <id>] [--data key=value …] [--uuid <uuid>]', '<code> --batch <file.jsonl> [--uuid <prefix>]'],
  about:
    'Starts a flow that is ONLINE and has the trigger TriggeredManually. A batch goes to the host in calls of up to 1000 starts. A line is {"contact":{"identity":"whatsapp:49…"},"data":{…},"uuid":"…"}. Give every start a uuid, or use --uuid (lines get <prefix>-<line>). Then you can repeat the command after any failure, and nobody is started twice.',
  options: OPTIONS,
  words: { min: 1, max: 1, missing: 'which flow?' },
  examples: [
    'parley trigger order-shipped --to whatsapp:4915112345678 --channel wa-main --data order=A-17 --uuid order-A-17',
    'parley trigger newsletter --batch people.jsonl --uuid newsletter-2026-11',
  ],
  fails: 'a start was refused, or the host could not be reached',
  async run({ words: [code = ''], options }, terminal) {
    const { to, batch, uuid, json } = options;
    if ((to === undefined) === (batch === undefined)) throw new CommandError('use --to for one person, or --batch for a file', 2);
    const api = openApi(options, terminal);
    if (batch !== undefined) {
      for (const one of ['name', 'channel', 'data', 'data-file'] as const)
        if (options[one] !== undefined) throw new CommandError(`--${one} is for one person. In a batch each line has its own`, 2);
      return triggerBatch({ api, terminal, code, file: batch, uuid, json });
    }
    const data = await dataOf(options, terminal);
    const { name, channel } = options;
    const start = {
      contact: to?.includes(':') ? { identity: to, ...(name === undefined ? {} : { name }) } : { id: to },
      data,
      ...(channel === undefined ? {} : { channel }),
      ...(uuid === undefined ? {} : { uuid }),
    };
    const answer = await api.call('POST', path`/api/flows/${code}/trigger`, start);
    if (json) terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
    else {
      const { sessionId, runId, status, repeated, ignoredInputs } = answer;
      terminal.out(
        `${status}${repeated ? ' (an earlier start with this uuid)' : ''}: session ${sessionId}${runId === undefined ? '' : `, run ${runId}`}\n`,
      );
      if (ignoredInputs.length > 0) terminal.err(`ignored, because the flow has no such inputs: ${ignoredInputs.join(', ')}\n`);
    }
    return 0;
  },
});

async function dataOf(options: Given<typeof OPTIONS>['options'], terminal: Parameters<typeof trigger.run>[1]) {
  const file = options['data-file'];
  const read = file === undefined ? {} : await readJsonFile(file, terminal);
  if (read === null || typeof read !== 'object' || Array.isArray(read)) throw new CommandError(`${file}: the inputs must be a JSON object`);
  return { ...(read as Record<string, Json>), ...inputsOf(options.data ?? []) };
}
