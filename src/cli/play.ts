import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { type FlowDefinition, isMessageTrigger, type Platform, type Problem, TRIGGER_PLATFORM } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { type FlowTest, playTest, updatedTest } from '../play/flow-test.js';
import { PLAY_MEMBERS, type PlayContact } from '../play/play-step.js';
import { worldHere } from './check-here.js';
import { CommandError, defineCommand, type Options, type Terminal } from './command.js';
import { openFlowFiles, writeText } from './flow-test-files.js';
import { inputsOf } from './inputs-of.js';
import { millisOf } from './millis-of.js';
import { PLAY_HELP, type Played, playLine } from './play-line.js';
import { oneOf } from './read-arguments.js';
import { wordsOfFileError } from './read-json-file.js';
import { openRealCalls } from './real-calls.js';
import { testAsText } from './show-test.js';
import { openStage, type Stage } from './stage.js';

const OPTIONS = {
  platform: { value: 'platform', help: 'whatsapp or viber (default: the platform of the first trigger)' },
  messages: { value: 'file', help: 'a file of lines to play, instead of the standard input' },
  clock: { value: '+time', help: 'the time that passes before each line but the first (default: none)' },
  contact: {
    value: 'key=value',
    many: true,
    help: 'the name, language or timeZone of the person; name= for one without a name (default: name=Ada)',
  },
  data: { value: 'key=value', many: true, help: 'an input, for a flow that is started at once; with --from, a variable' },
  from: { value: 'node', help: 'begin before this node' },
  save: { value: 'test', help: 'write what was played into <test>.test.json, a test for "parley test"' },
  promise: { value: 'words', help: 'what the test proves, in words' },
  force: { help: 'overwrite the test if it exists' },
} as const satisfies Options;

/** Plays a flow in the terminal, without a host. */
export const play = defineCommand({
  summary: 'play a flow in the terminal, without a host',
  usage: ['<flow.json> [<flow it calls> …] [--platform viber] [--from <node>] [--save <test>]'],
  about:
    'Runs a flow in this process. You type what the person writes, and see what the phone shows, why, the path, and what the flow waits for. Nothing is stored or sent, and you answer calls by hand, or let one be made by /call. A flow without a message trigger for the platform is started at once. The clock begins on 2026-11-24 at 09:00 UTC and stands still but for /wait. Lines that begin with a slash are commands, such as /wait 10m and /help.',
  options: OPTIONS,
  words: { min: 1, max: 50, missing: 'which flow file?' },
  examples: [
    'parley play welcome.json',
    'parley play welcome.json --save tests/welcome --promise "a tap and a word come to the same"',
    'printf "hi\\nAda\\n/wait 10m\\n" | parley play welcome.json',
  ],
  fails: 'a flow has errors, or the test cannot be written',
  async run({ words: files, options }, terminal) {
    const { save, promise, from } = options;
    const tick = tickIn(options.clock);
    const contact = contactIn(options.contact);
    const data = inputsOf(options.data ?? []);
    const target = save === undefined ? undefined : testFile(save);
    if (target !== undefined && existsSync(target) && !options.force)
      throw new CommandError(`${target} exists already. Use --force to overwrite it`);
    const here = await worldHere(terminal);
    const programs = await openFlowFiles(terminal, here).programsOf('', { flows: files });
    const [first] = programs;
    if (!first) throw new CommandError('which flow file?', 2);
    const on = options.platform === undefined ? platformOf(first.definition) : oneOf(options.platform, '--platform', ['whatsapp', 'viber']);
    const about = { ...(contact ? { contact } : {}), ...(from === undefined ? {} : { from, variables: data }) };
    const world = { programs, adapters: here.adapters, constants: here.values };
    const calls = openRealCalls(terminal);
    const stage = await openStage({
      request: { flows: programs, adapters: here.adapters, constants: here.values, ...about },
      on,
      out: terminal.out,
      makeCall: calls.makeCall,
    });
    try {
      if (from === undefined) await beginPlay(stage, { program: first, data, isGiven: options.data !== undefined }, terminal);
      await playLines(stage, { tick, messages: options.messages, allowsCall: calls.allows }, terminal);
    } finally {
      await calls.close();
    }
    if (target === undefined) return 0;
    if (stage.steps.length === 0 && from === undefined) throw new CommandError('nothing was played, so there is nothing to save');
    const flows = files.map((file) => relative(dirname(target), file).split(sep).join('/'));
    const words = promise ?? `${first.code}, as it was played`;
    const test: FlowTest = { promise: words, flows, ...(on === 'whatsapp' ? {} : { on }), ...about, steps: stage.steps };
    if (!existsSync(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    writeText(target, testAsText(updatedTest(test, playTest(test, world).played)));
    terminal.err(`${target} is written: ${stage.steps.length} ${stage.steps.length === 1 ? 'step' : 'steps'}\n`);
    return 0;
  },
});

/** Returns the name of a test's file; `hello` stands for `hello.test.json`. */
function testFile(name: string): string {
  return name.endsWith('.test.json') ? name : `${name}.test.json`;
}

/** Returns the seconds before each line. */
function tickIn(clock: string | undefined): number {
  if (clock === undefined) return 0;
  const millis = millisOf(clock);
  if (millis === undefined) throw new CommandError(`--clock: "${clock}" is not a duration. Use +1s or +10m`, 2);
  return millis / 1000;
}

function contactIn(rows: readonly string[] | undefined): PlayContact | undefined {
  if (!rows) return undefined;
  const given = inputsOf(rows);
  const unknown = Object.keys(given).find((name) => !['name', 'language', 'timeZone'].includes(name));
  if (unknown !== undefined) throw new CommandError(`--contact: unknown member "${unknown}". Use name, language or timeZone`, 2);
  const contact = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const { error } = PLAY_MEMBERS.contact.validate(contact);
  if (error) throw new CommandError(`--contact: ${error.message}`, 2);
  return contact;
}

interface Beginning {
  readonly program: Program;
  readonly data: Readonly<Record<string, string>>;
  /** Inputs were given. */
  readonly isGiven: boolean;
}

/** Starts a flow that no message starts on this platform. */
async function beginPlay(stage: Stage, { program, data, isGiven }: Beginning, { out, err }: Terminal): Promise<void> {
  if (listensOn(program.definition, stage.on)) {
    if (isGiven) throw new CommandError('--data is for flows that are started, but this one waits for a message. Start it with /start', 2);
    return;
  }
  const inputs = new Set((program.definition.variables ?? []).flatMap(({ name, input }) => (input ? [name] : [])));
  const problems = await stage.take({ start: { data } }, () => out(`${program.code} is started\n`));
  if (problems.length > 0) throw new CommandError(showStepProblems(problems));
  for (const name of Object.keys(data)) if (!inputs.has(name)) err(`"${program.code}" has no input "${name}": it is ignored\n`);
}

interface Lines {
  /** Seconds before each line but the first. */
  readonly tick: number;
  /** A file; the standard input when absent. */
  readonly messages: string | undefined;
  /** Returns what to say before a call is really made for the first time; undefined if it may be made. */
  readonly allowsCall: () => string | undefined;
}

async function playLines(stage: Stage, { tick, messages, allowsCall }: Lines, { stdin, out }: Terminal): Promise<void> {
  const input = messages === undefined ? (stdin as NodeJS.ReadableStream) : createReadStream(messages);
  const isTyped = messages === undefined && stdin.isTTY === true;
  const lines = createInterface({
    input,
    crlfDelay: Number.POSITIVE_INFINITY,
    ...(isTyped ? { output: process.stdout, prompt: '> ' } : {}),
  });
  if (isTyped) {
    out(PLAY_HELP);
    lines.prompt();
  }
  try {
    for await (const line of lines) {
      if (!isTyped && line.trim() !== '') out(`> ${line}\n`);
      const played = playLine(line, stage);
      if (played && 'end' in played) break;
      const refused = played && 'step' in played && played.step.call !== undefined ? allowsCall() : undefined;
      if (refused !== undefined) out(`${refused}\n`);
      else if (played) await follow(stage, played, { tick, out });
      if (isTyped) lines.prompt();
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${messages ?? 'the standard input'} could not be read: ${wordsOfFileError(error)}`);
  } finally {
    lines.close();
  }
}

async function follow(
  stage: Stage,
  played: Played,
  { tick, out }: { readonly tick: number; readonly out: Terminal['out'] },
): Promise<void> {
  if ('show' in played) out(`${played.show.trimEnd()}\n`);
  else if ('on' in played) stage.on = played.on;
  else if ('step' in played) {
    if (tick > 0 && stage.steps.length > 0 && played.step.pass === undefined) await stage.take({ pass: tick });
    const problems = await stage.take(played.step);
    if (problems.length > 0) out(`${showStepProblems(problems)}\n`);
  }
}

function showStepProblems(problems: readonly Problem[]): string {
  return problems.map(({ message, hint }) => `${message}. ${hint}`).join('\n');
}

/** Returns the platform of the first message trigger; WhatsApp if there is none. */
function platformOf({ triggers }: FlowDefinition): Platform {
  const [first] = triggers.filter(isMessageTrigger);
  return first ? TRIGGER_PLATFORM[first.type] : 'whatsapp';
}

function listensOn({ triggers }: FlowDefinition, platform: Platform): boolean {
  return triggers.some((one) => isMessageTrigger(one) && TRIGGER_PLATFORM[one.type] === platform);
}
