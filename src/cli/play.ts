import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type FlowDefinition, isMessageTrigger, type Platform, TRIGGER_PLATFORM } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { CommandError, defineCommand, type Options, type Terminal } from './command.js';
import { caseFile, openPlayer, writeCase } from './golden-case.js';
import { inputsOf } from './inputs-of.js';
import { millisOf } from './millis-of.js';
import { CHANNEL_ON, PLAY_HELP, playLine } from './play-line.js';
import { oneOf } from './read-arguments.js';
import { wordsOfFileError } from './read-json-file.js';
import { createStage, type Stage } from './stage.js';
import { startStep } from './start-step.js';

const OPTIONS = {
  platform: { value: 'platform', help: 'whatsapp or viber (default: the platform of the first trigger)' },
  messages: { value: 'file', help: 'a file of lines to play, instead of the standard input' },
  clock: { value: '+time', help: 'the time that passes before each line but the first (default: +1s)' },
  data: { value: 'key=value', many: true, help: 'an input, for a flow that is started at once' },
  save: { value: 'case', help: 'write what was played into <case>.case.json, a golden case for "parley test"' },
  promise: { value: 'words', help: 'what the case proves, in words' },
  force: { help: 'overwrite the case if it exists' },
} as const satisfies Options;

/** Plays a flow in the terminal, without a host. */
export const play = defineCommand({
  summary: 'play a flow in the terminal, without a host',
  usage: ['<flow.json> [<flow it calls> …] [--platform viber] [--clock +10m] [--save <case>]'],
  about:
    'Runs a flow in this process. You type what the person writes, and see what is sent, why, the path, and what the flow waits for. Nothing is stored or sent, and you answer calls by hand. A flow without a message trigger for the platform is started at once. The clock begins on 2026-11-24 at 09:00 UTC and stands still between lines. Lines that begin with a slash are commands, such as /wait 10m and /help.',
  options: OPTIONS,
  words: { min: 1, max: 50, missing: 'which flow file?' },
  examples: [
    'parley play welcome.json',
    'parley play welcome.json --save test/flows/welcome --promise "a tap and a word come to the same"',
    'printf "hi\\nAda\\n/wait 10m\\n" | parley play welcome.json',
  ],
  fails: 'a flow has errors, or the case cannot be written',
  async run({ words: files, options }, terminal) {
    const { save, clock = '+1s', promise } = options;
    const tick = millisOf(clock);
    if (tick === undefined) throw new CommandError(`--clock: "${clock}" is not a duration. Use +1s or +10m`, 2);
    const data = inputsOf(options.data ?? []);
    const target = save === undefined ? undefined : caseFile(save);
    if (target !== undefined && existsSync(target) && !options.force)
      throw new CommandError(`${target} exists already. Use --force to overwrite it`);
    const { player, programs } = await openPlayer(files, terminal);
    const [first] = programs;
    if (!first) throw new CommandError('which flow file?', 2);
    const platform =
      options.platform === undefined ? platformOf(first.definition) : oneOf(options.platform, '--platform', ['whatsapp', 'viber']);
    const stage = createStage(player, CHANNEL_ON[platform], terminal.out);
    if (!listensOn(first.definition, platform)) {
      const start = startStep(first, data);
      if ('refused' in start) throw new CommandError(start.refused);
      for (const name of start.ignored) terminal.err(`"${first.code}" has no input "${name}": it is ignored\n`);
      terminal.out(`${first.code} is started\n`);
      stage.take(start.step);
    } else if (options.data)
      throw new CommandError('--data is for flows that are started, but this one waits for a message. Start it with /start', 2);
    await playLines(stage, { program: first, tick, messages: options.messages }, terminal);
    if (target !== undefined) {
      const flows = programs.map(({ code }, i) => ({ code, file: files[i] ?? '' }));
      writeCase(target, { promise: promise ?? `${first.code}, as it was played`, steps: stage.steps }, flows);
      terminal.err(`${target} is written: ${stage.steps.length} steps\n`);
    }
    return 0;
  },
});

interface Lines {
  /** The flow that `/start` starts. */
  readonly program: Program;
  /** Milliseconds before each line but the first. */
  readonly tick: number;
  /** A file; the standard input when absent. */
  readonly messages: string | undefined;
}

async function playLines(stage: Stage, { program, tick, messages }: Lines, { stdin, out }: Terminal): Promise<void> {
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
      const played = playLine(line, { choices: stage.choices, on: stage.on, program });
      if (played && 'end' in played) break;
      if (played) follow(stage, played, { tick, out });
      if (isTyped) lines.prompt();
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${messages ?? 'the standard input'} could not be read: ${wordsOfFileError(error)}`);
  } finally {
    lines.close();
  }
}

function follow(
  stage: Stage,
  played: NonNullable<ReturnType<typeof playLine>>,
  { tick, out }: { readonly tick: number; readonly out: Terminal['out'] },
): void {
  if ('show' in played) out(`${played.show.trimEnd()}\n`);
  else if ('wait' in played) stage.pass(played.wait);
  else if ('on' in played) stage.on = played.on;
  else if ('step' in played) {
    if (stage.steps.length > 0) stage.pass(tick);
    stage.take(played.step);
  }
}

/** Returns the platform of the first message trigger; WhatsApp if there is none. */
function platformOf({ triggers }: FlowDefinition): Platform {
  const [first] = triggers.filter(isMessageTrigger);
  return first ? TRIGGER_PLATFORM[first.type] : 'whatsapp';
}

function listensOn({ triggers }: FlowDefinition, platform: Platform): boolean {
  return triggers.some((one) => isMessageTrigger(one) && TRIGGER_PLATFORM[one.type] === platform);
}
