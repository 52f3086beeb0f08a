import { OperationalError } from '../../contract/host/index.js';
import type { GroupCommit } from './group-commit.js';

/**
 * Does long work in steps that take turns with the writes, so that it holds up no turn and never reads a closed file. After a step, others
 * have `pauses` times as long.
 */
export async function inSteps<T>(group: GroupCommit, steps: Generator<void, T>, pauses = 0): Promise<T> {
  for (;;) {
    let step: IteratorResult<void, T> | undefined;
    let took = 0;
    await group.write(() => {
      const began = performance.now();
      // A group of writes may run a second time, a step must not.
      step ??= steps.next();
      took = performance.now() - began;
    });
    if (step?.done && step.value === undefined) throw new OperationalError('store/away', 'the sessions could not be read');
    if (step?.done) return step.value;
    if (pauses > 0) await new Promise((done) => void setTimeout(done, took * pauses).unref());
  }
}
