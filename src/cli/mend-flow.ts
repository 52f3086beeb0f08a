import { applyPatch } from 'rfc6902';
import type { JsonPatch, Problem } from '../contract/index.js';

/** A flow file after its mends, with the problems that are left. */
export interface MendedFlow {
  readonly body: unknown;
  /** The problems that were mended, in order. */
  readonly mended: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** How often a flow is checked again: a mend may uncover another problem with a mend. */
const MAX_ROUNDS = 20;

/** Applies the mends of a flow file, and checks it again, until there are none left. `check` returns the problems of a body. */
export function mendFlow(body: unknown, check: (body: unknown) => readonly Problem[]): MendedFlow {
  let [file, problems] = [body, check(body)];
  const mended: Problem[] = [];
  for (let round = 0; round < MAX_ROUNDS && problems.some(({ mend }) => mend); round += 1) {
    const before = problems;
    file = structuredClone(file);
    for (const { mend } of before) if (mend) applyMend(file, mend);
    mended.push(...before.filter(({ mend }) => mend));
    problems = check(file);
  }
  return { body: file, mended, problems };
}

/** Applies a mend to a flow file, which is changed. Throws if the file is not the one that was checked. */
function applyMend(file: unknown, mend: JsonPatch): void {
  // Values are copied, because steps could change them later.
  const failed = applyPatch(file, structuredClone([...mend])).find((error) => error !== null);
  if (failed) throw new Error(`the mend does not fit the file: ${failed.message}`);
}
