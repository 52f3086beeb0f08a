import type { Program } from '../flow/program.js';
import { type Coverage, coverageOf, percentOf } from '../play/coverage.js';
import type { PlayTurn } from '../play/scene.js';

/** A test that was played, for those who read how it came out. */
export interface TestReport {
  readonly file: string;
  /** What the test proves; the name of the file if it could not be read. */
  readonly promise: string;
  /** The code of the flow that is tried; '' if it could not be read. */
  readonly flow: string;
  readonly outcome: 'ok' | 'updated' | 'failed' | 'broken';
  /** What is wrong, in whole lines; '' if nothing is. */
  readonly words: string;
  /** Whether it failed only because something came out differently, which may be right. */
  readonly mayKeep?: boolean;
  /** How long it took. */
  readonly millis: number;
  /** The programs that took part, the one that is tried first, and the turns. */
  readonly programs: readonly Program[];
  readonly turns: readonly PlayTurn[];
}

/** Returns whether a test has failed, or could not be played. */
export function hasFailed({ outcome }: Pick<TestReport, 'outcome'>): boolean {
  return outcome === 'failed' || outcome === 'broken';
}

/** Returns how much of each flow that is tried was played, by all tests in which it takes part. */
export function coverages(reports: readonly TestReport[]): readonly Coverage[] {
  const tried = new Set(reports.flatMap(({ programs }) => programs.slice(0, 1)));
  return [...tried].map((program) =>
    coverageOf(
      program.definition,
      reports.flatMap(({ programs, turns }) => (programs.includes(program) ? turns : [])),
    ),
  );
}

/** Writes a line for each flow, and what was not played below it. */
export function showCoverage(all: readonly Coverage[]): string {
  return all
    .map((one) => {
      const { flow, nodes, edges, missing } = one;
      const head = `${flow}: ${shownPercent(one)} % (nodes ${nodes.played}/${nodes.all}, edges ${edges.played}/${edges.all})`;
      return [head, ...missing.map((what) => `  not played: ${what}`)].map((line) => `${line}\n`).join('');
    })
    .join('');
}

/** Rounded down, so that nothing is 100 % that is not. */
function shownPercent(one: Coverage): string {
  return String(Math.floor(percentOf(one) * 10) / 10);
}
