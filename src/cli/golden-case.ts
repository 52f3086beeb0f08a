import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FlowDefinition } from '../contract/index.js';
import type { TurnInput } from '../engine/turn-input.js';
import { type CheckWorld, checkFlow, errorsOf } from '../flow/check.js';
import { compileFlow } from '../flow/compile.js';
import { readEnvelope } from '../flow/envelope.js';
import { inTimeZone } from '../flow/in-time-zone.js';
import type { Program } from '../flow/program.js';
import type { Conversation } from '../golden/conversation.js';
import { createPlayer, goldenWorld, type Player } from '../golden/player.js';
import { worldHere } from './check-here.js';
import { CommandError, type Terminal } from './command.js';
import { readJsonFile, wordsOfFileError } from './read-json-file.js';
import { showProblems } from './show-problems.js';

/** Opens a player of the flows in these files, all of them ONLINE. Throws a `CommandError` with all problems of a file that has errors. */
export async function openPlayer(
  files: readonly string[],
  terminal: Terminal,
  constants: TurnInput['constants'] = undefined,
): Promise<{ readonly player: Player; readonly programs: readonly Program[] }> {
  const here = await worldHere(terminal);
  const programs: Program[] = [];
  for (const file of files) programs.push(await loadProgram(file, terminal, here));
  const twice = programs.find(({ code }, i) => programs.findIndex((one) => one.code === code) !== i);
  if (twice) throw new CommandError(`two of the files have the flow "${twice.code}"`);
  const world = { ...goldenWorld(programs, here.adapters), constants: constants ?? here.values };
  return { player: createPlayer(programs, world), programs };
}

async function loadProgram(file: string, terminal: Terminal, here: CheckWorld): Promise<Program> {
  const body = await readJsonFile(file, terminal);
  const problems = errorsOf(checkFlow(body, here));
  const read = readEnvelope(body);
  if (problems.length > 0 || 'problems' in read) throw new CommandError(`${file} has errors\n${showProblems(problems)}`);
  return compileFlow(inTimeZone(read.definition, here.timeZone), 1, here.nodeTypes);
}

/** Returns the name of a case's file; `hello` stands for `hello.case.json`. */
export function caseFile(name: string): string {
  return name.endsWith('.case.json') ? name : `${name}.case.json`;
}

/** Reads a golden case, and finds the files of its flows. */
export async function readCase(
  file: string,
  terminal: Terminal,
): Promise<{ readonly conversation: Conversation; readonly flowFiles: readonly string[] }> {
  const body = (await readJsonFile(file, terminal)) as Partial<Conversation> | null;
  if (!Array.isArray(body?.flows) || !Array.isArray(body.steps))
    throw new CommandError(`${file} is not a golden case: "flows" or "steps" is missing`);
  const conversation = { promise: basename(file), ...body } as Conversation;
  const flowFiles = conversation.flows.map((name) => join(dirname(file), name.endsWith('.json') ? name : `${name}.flow.json`));
  return { conversation, flowFiles };
}

/** Writes a golden case. A flow is named by its code if its file is beside the case, otherwise by its path from there. */
export function writeCase(
  file: string,
  { promise, steps }: Omit<Conversation, 'flows'>,
  flows: readonly { readonly code: FlowDefinition['code']; readonly file: string }[],
): void {
  const folder = dirname(file);
  const names = flows.map((flow) =>
    resolve(flow.file) === resolve(folder, `${flow.code}.flow.json`) ? flow.code : relative(folder, flow.file).split(sep).join('/'),
  );
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify({ promise, flows: names, steps }, null, 2)}\n`);
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  }
}
