import type { Wait } from '../contract/index.js';
import { timeAt } from './play-clock.js';
import { stop } from './play-problem.js';
import type { CallAnswer } from './play-step.js';
import type { OpenCall, Scene } from './scene.js';
import { takeEvent } from './take-event.js';

/** Returns the calls that runs wait for, oldest first. */
export function waitingCalls({ talk, calls }: Scene): readonly OpenCall[] {
  const frames = talk.state.runs.flatMap(({ stack }) => stack);
  const waits = frames.flatMap((frame): readonly Wait[] => (frame.kind === 'flow' && frame.wait ? [frame.wait] : []));
  const ids = new Set(waits.flatMap((wait) => (wait.for === 'call' ? [wait.callId] : [])));
  return calls.filter(({ id }) => ids.has(id));
}

/** Returns the oldest call that a run waits for. Stops the play if there is none. */
export function callToAnswer(scene: Scene, member: 'answer' | 'call'): OpenCall {
  const [call] = waitingCalls(scene);
  if (call) return call;
  return stop({
    pointer: `/steps/${scene.step}/${member}`,
    code: 'play/no-call',
    message: 'no run waits for a call',
    hint: 'Answer a call after the step that makes it.',
  });
}

/** Gives a call its answer. `isReal`: the call was made, so that the answer is worth keeping. */
export function answerCall(scene: Scene, call: OpenCall, { ok, value, isReal }: CallAnswer & { readonly isReal?: boolean }): void {
  scene.calls = scene.calls.filter((one) => one !== call);
  const event = { id: `${call.id}:result`, at: timeAt(scene.seconds), type: 'callResult', callId: call.id, ok, value } as const;
  takeEvent(scene, { event, ...(isReal ? { answer: { ok, value } } : {}) });
}
