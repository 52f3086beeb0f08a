import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type CheckWorld, checkFlow, errorsOf } from '../flow/check.js';
import { compileFlow } from '../flow/compile.js';
import { readEnvelope } from '../flow/envelope.js';
import { inTimeZone } from '../flow/in-time-zone.js';
import type { Program } from '../flow/program.js';
import { type FlowTest, readFlowTest } from '../play/flow-test.js';
import { CommandError, type Terminal } from './command.js';
import { readJsonFile, wordsOfFileError } from './read-json-file.js';
import { showProblems } from './show-problems.js';

const ENDING = '.test.json';

/** Returns the test files of these files and folders, in order, each once. Folders are searched with all folders in them. */
export function findTests(places: readonly string[]): readonly string[] {
  const found = places.flatMap((place) => {
    if (!isFolder(place)) return [place];
    const inside = readdirSync(place, { recursive: true, encoding: 'utf8' });
    return inside.filter((name) => name.endsWith(ENDING) && !/(^|[\\/])node_modules[\\/]/.test(name)).map((name) => join(place, name));
  });
  if (found.length === 0) throw new CommandError(`there are no tests (*${ENDING}) in ${places.join(', ')}`, 2);
  return [...new Set(found.sort())];
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch (error) {
    throw new CommandError(`cannot read ${place}: ${wordsOfFileError(error)}`, 2);
  }
}

/** Reads a test. Throws a `CommandError` with all its problems. */
export async function readTest(file: string, terminal: Terminal): Promise<FlowTest> {
  if (file.endsWith('.case.json'))
    throw new CommandError(`${file} is a case of an earlier release. Write it again with "parley play <flow> --save ${newName(file)}"`);
  const body = await readJsonFile(file, terminal);
  const read = readFlowTest(body);
  if ('problems' in read) throw new CommandError(`${file} is not a valid test\n${showProblems(read.problems)}`);
  return read.test;
}

function newName(file: string): string {
  return file.replace(/\.case\.json$/, ENDING);
}

/** Compiles flow files, each once. */
export interface FlowFiles {
  /** Returns the programs of a test, in its order. Throws a `CommandError` with the problems of a flow that has errors. */
  programsOf(file: string, test: Pick<FlowTest, 'flows'>): Promise<readonly Program[]>;
}

export function openFlowFiles(terminal: Terminal, here: CheckWorld): FlowFiles {
  const known = new Map<string, Promise<Program>>();
  const load = (file: string) => {
    const path = resolve(file);
    const loading = known.get(path) ?? loadProgram(file, terminal, here);
    known.set(path, loading);
    return loading;
  };
  return {
    async programsOf(file, { flows }) {
      const programs = await Promise.all(flows.map((flow) => load(isAbsolute(flow) ? flow : join(dirname(file), flow))));
      const twice = programs.find(({ code }, i) => programs.findIndex((one) => one.code === code) !== i);
      if (twice) throw new CommandError(`two of the files have the flow "${twice.code}"`);
      return programs;
    },
  };
}

/** Loads a flow file. Throws a `CommandError` with all problems of a flow that has errors. */
async function loadProgram(file: string, terminal: Terminal, here: CheckWorld): Promise<Program> {
  const body = await readJsonFile(file, terminal);
  const problems = errorsOf(checkFlow(body, here));
  const read = readEnvelope(body);
  if (problems.length > 0 || 'problems' in read) throw new CommandError(`${file} has errors\n${showProblems(problems)}`);
  return compileFlow(inTimeZone(read.definition, here.timeZone), 1, here.nodeTypes);
}

/** Writes a file. Throws a `CommandError` if that is not possible. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  }
}
