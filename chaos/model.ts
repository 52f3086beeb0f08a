import { type ModelAnswer, type ModelScript, type ModelServer, startModelServer } from '../src/testing/index.js';
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

/** The language model of all flows. */
export interface Model extends ModelServer {
  /** Acts as soon as the model is asked next, before it answers. */
  atNextCall(act: (() => void) | undefined): void;
  /** It answers every request from now on. */
  behave(): void;
}

export async function startModel(chance: Chance): Promise<Model> {
  let act: (() => void) | undefined;
  const script: ModelScript = ({ said }) => {
    const asked = act;
    act = undefined;
    asked?.();
    let left = chance.between(0, 1);
    const [, fault] = FAULTS.find(([share]) => {
      left -= share;
      return left < 0;
    }) ?? [0, {}];
    return { text: modelAnswer(said), ...fault };
  };
  const model = await startModelServer(script);
  return {
    ...model,
    atNextCall(request) {
      act = request;
    },
    behave: () => model.answer(({ said }) => modelAnswer(said)),
  };
}
