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

/** The maximum length of a step, a path or a message in a line, in characters. */
const MAX_SHOWN = 300;

/**
 * Says why a test has failed: each step that came out differently, with the lines that are expected (-) and those that came (+), the nodes on
 * its path, and its warnings in words; then the step that could not be done, and where everything stood.
 */
export function showFailure(test: FlowTest, { different, problems, result }: Shown): string {
  const steps = different.map((step) => {
    const turns = result.turns.filter((turn) => turn.step === step.index);
    return `${firstLine(test, step)}\n${showDifference(step)}${[pathOf(test, turns), ...warningsOf(step, turns)].join('')}`;
  });
  return [...steps, ...problems.map((problem) => `${showProblem(test, problem, result)}\n`)].join('');
}

type Shown = Pick<PlayedTest, 'different' | 'problems' | 'result'>;
type Turns = PlayedTest['result']['turns'];

/** `    path: order.answered → shop.failed → human`. */
function pathOf(test: FlowTest, turns: Turns): string {
  const steps = turns.flatMap(({ path }) => path);
  if (steps.length === 0) return '';
  const isAlone = test.flows.length === 1;
  const names = steps.map(({ flow, node, port }) => `${isAlone ? '' : `${flow}#`}${node}${port === undefined ? '' : `.${port}`}`);
  return `    path: ${cut(names.join(' → '))}\n`;
}

/** Says in words what the warnings of a step are whose warnings differ. */
function warningsOf({ was, is }: PlayedStep, turns: Turns): readonly string[] {
  if (isDeepStrictEqual(was?.warnings, is.warnings)) return [];
  return turns.flatMap(({ warnings }) =>
    warnings.map(({ code, node, detail }) => `    warning ${code}${node === undefined ? '' : ` (${node})`}: ${cut(detail)}\n`),
  );
}

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
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
  return kind === undefined ? `from ${JSON.stringify(from)}` : `step ${index + 1}, ${kind} ${cut(JSON.stringify(step?.[kind]))}`;
}

/** `step 4, answer {"ok":true,…}: no run waits for a call (play/no-call). Answer a call after … Now "name" waits for message.` */
function showProblem(test: FlowTest, problem: Problem, { standing }: PlayedTest['result']): string {
  const [, index] = /^\/steps\/(\d+)/.exec(problem.pointer) ?? [];
  if (index === undefined) return showProblems([problem]);
  return `${nameOfStep(test, Number(index))}: ${problem.message} (${problem.code}). ${problem.hint} ${whatStands(standing)}`;
}

function whatStands(standing: PlayedTest['result']['standing']): string {
  if (standing.length === 0) return 'Now nothing runs.';
  return `Now ${standing.map(({ node, waitingFor }) => `"${node}" waits for ${waitingFor}`).join(', ')}.`;
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
