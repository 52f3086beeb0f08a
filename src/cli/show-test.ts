import { isDeepStrictEqual } from 'node:util';
import { structuredPatch } from 'diff';
import type { Problem } from '../contract/index.js';
import type { FlowTest, PlayedStep, PlayedTest, TestStep } from '../play/flow-test.js';
import type { Outcome } from '../play/outcome.js';
import { STEP_KINDS } from '../play/play-step.js';
import { layOutJson } from './lay-out-json.js';
import { showProblems } from './show-problems.js';

/** The number of unchanged lines shown around a change. */
const CONTEXT = 2;

/** Says why a test has failed: each step that came out differently, with the lines that are expected (-) and those that came (+). */
export function showFailure(test: FlowTest, { different, problems }: Pick<PlayedTest, 'different' | 'problems'>): string {
  const steps = different.map((step) => `${firstLine(test, step)}\n${showDifference(step)}`);
  return [...steps, ...problems.map((problem) => `${showProblem(test, problem)}\n`)].join('');
}

/** `step 3, say "Tuesday": shows, set differ`. */
function firstLine(test: FlowTest, { index, was = {}, is }: PlayedStep): string {
  const members = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof Outcome)[];
  const names = members.filter((name) => !isDeepStrictEqual(was[name], is[name]));
  return `${nameOfStep(test, index)}: ${names.join(', ')} ${names.length === 1 && !names[0]?.endsWith('s') ? 'differs' : 'differ'}`;
}

function nameOfStep({ from, steps }: FlowTest, index: number): string {
  const step = steps[index];
  const kind = STEP_KINDS.find((name) => step && name in step) as keyof TestStep | undefined;
  return kind === undefined ? `from ${JSON.stringify(from)}` : `step ${index + 1}, ${kind} ${JSON.stringify(step?.[kind])}`;
}

/** `step 4, tap "yes": no message has the button "yes". Tap a button by …`. */
function showProblem(test: FlowTest, problem: Problem): string {
  const [, index] = /^\/steps\/(\d+)/.exec(problem.pointer) ?? [];
  if (index === undefined) return showProblems([problem]);
  return `${nameOfStep(test, Number(index))}: ${problem.message} (${problem.code}). ${problem.hint}`;
}

function showDifference({ was, is }: PlayedStep): string {
  const [before, after] = [was, is].map((outcome) => allLines(outcome ?? {}));
  const { hunks } = structuredPatch('', '', before ?? '', after ?? '', '', '', { context: CONTEXT });
  const lines = hunks.flatMap((hunk, n) => [...(n === 0 ? [] : ['…']), ...hunk.lines]);
  return lines.map((line) => `    ${line}\n`).join('');
}

/** One member a line, so that a diff shows the member that has changed. */
function allLines(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Writes a test as a file. */
export function testAsText(test: FlowTest): string {
  return layOutJson(test);
}
