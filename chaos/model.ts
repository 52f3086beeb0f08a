import { type ModelAnswer, type ModelServer, startModelServer } from '../src/testing/index.js';
import type { Chance } from './random.js';
import { modelAnswer } from './served-flow.js';

/** What else the model does than to answer, with the share of all requests. */
const FAULTS: readonly (readonly [share: number, fault: ModelAnswer])[] = [
  [0.03, { breaksOff: true }],
  [0.03, { endsEarly: true }],
  [0.02, { status: 500 }],
  [0.02, { status: 429, headers: { 'retry-after': '1' } }],
  [0.01, { stalls: 'first' }],
];

/** Starts the language model. `behave`: it answers every request from now on. */
export async function startModel(chance: Chance): Promise<ModelServer & { behave(): void }> {
  const model = await startModelServer(({ said }) => {
    let left = chance.between(0, 1);
    const [, fault] = FAULTS.find(([share]) => {
      left -= share;
      return left < 0;
    }) ?? [0, {}];
    return { text: modelAnswer(said), ...fault };
  });
  return { ...model, behave: () => model.answer(({ said }) => modelAnswer(said)) };
}
