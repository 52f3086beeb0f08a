import type { Problem } from './flow.js';

/** Every code that refuses a whole request: its HTTP status, and its words if a refusal brings none of its own. */
export const REFUSALS = {
  'backup/not-embedded': { status: 409, words: 'The store is not a file of this host.' },
  'backup/refused': { status: 409, words: 'The store could not be copied.' },
  'channel/in-use': { status: 409, words: 'A flow that is ONLINE is bound to the channel.' },
  'channel/invalid': { status: 422, words: 'The settings of the channel do not fit its adapter.' },
  'channel/taken': { status: 409, words: 'The id of the channel is taken, or another channel stands for the same account.' },
  'channel/unknown': { status: 404, words: 'There is no such channel.' },
  'contact/bad-number': { status: 422, words: 'A phone number has not 7 to 15 digits, or begins with 0.' },
  'contact/no-address': { status: 422, words: 'The contact has no address on the channel.' },
  'contact/unknown': { status: 404, words: 'There is no such contact.' },
  'draft/conflict': { status: 409, words: 'Somebody else has saved the draft since it was read.' },
  'draft/no-revision': { status: 428, words: 'Saving a draft needs If-Match with the revision that was read.' },
  'effect/not-dead': { status: 409, words: 'What is to be sent again was not given up.' },
  'effect/unknown': { status: 404, words: 'There is no such effect, or none any more.' },
  'flow/has-errors': { status: 422, words: 'The draft has errors and cannot go online.' },
  'flow/invalid': { status: 422, words: 'The body is not a valid flow.' },
  'flow/no-template': { status: 404, words: 'There is no such template.' },
  'flow/no-version': { status: 404, words: 'The flow has no such version.' },
  'flow/node-gone': { status: 409, words: 'Sessions wait at a node that the draft does not have.' },
  'flow/not-bound': { status: 409, words: 'A message trigger needs a channel of its platform.' },
  'flow/online': { status: 409, words: 'The flow is ONLINE; take it offline first.' },
  'flow/other-code': { status: 422, words: 'The code in the draft is not that of the flow.' },
  'flow/taken': { status: 409, words: 'The code of the flow is taken.' },
  'flow/tie': { status: 409, words: 'Another flow that is ONLINE would take the same messages.' },
  'flow/unknown': { status: 404, words: 'There is no such flow.' },
  'http/bad-body': { status: 422, words: 'The body does not fit this call.' },
  'http/bad-path': { status: 400, words: 'A part of the path is no UTF-8.' },
  'http/bad-query': { status: 400, words: 'The query has a value that this call does not take.' },
  'http/bug': { status: 500, words: 'An error in the program; the log has it under the id of the answer.' },
  'http/lacks-node-type': {
    status: 503,
    words: 'Flows that are ONLINE, or in which people wait, need a node type that this host does not have.',
  },
  'http/not-json': { status: 400, words: 'The body is not valid JSON.' },
  'http/store-away': { status: 503, words: 'The store cannot be reached; try again.' },
  'http/too-large': { status: 413, words: 'The body is larger than this call takes.' },
  'http/unknown-route': { status: 404, words: 'There is no such call.' },
  'http/wrong-content-type': { status: 415, words: 'The body must be sent as application/json.' },
  'http/wrong-encoding': { status: 400, words: 'The body has bytes that are not UTF-8.' },
  'key/missing': { status: 401, words: 'The call needs a key.' },
  'key/no-flows': { status: 422, words: 'Only a key of role trigger is bound to flows.' },
  'key/none': { status: 404, words: 'There is no such key.' },
  'key/other-flow': { status: 403, words: 'The key may start other flows only.' },
  'key/too-many-guesses': { status: 429, words: 'Too many keys from this address were not known.' },
  'key/unknown': { status: 401, words: 'The key is not known.' },
  'key/wrong-role': { status: 403, words: 'The key has not the role that the call needs.' },
  'replay/which-flow': { status: 422, words: 'A version was named, and the session was in several flows.' },
  'session/refused': { status: 409, words: 'What was commanded cannot be done in this session.' },
  'session/unknown': { status: 404, words: 'There is no such session.' },
  'start/no-channel': { status: 422, words: 'It is not clear on which channel a person is to be reached.' },
  'start/not-manual': { status: 409, words: 'The flow has no manual trigger.' },
  'start/not-online': { status: 409, words: 'The flow is not ONLINE.' },
  'start/other-body': { status: 409, words: 'A uuid was sent again with another body.' },
  'start/refused': { status: 409, words: 'The person is busy, or has too much queued.' },
  'start/wrong-inputs': { status: 422, words: 'The inputs of a start do not fit the flow.' },
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/**
 * A request that was not carried out, and why. Nothing has changed. It says nothing of HTTP: whatever passes it on looks up the status
 * in `REFUSALS`.
 *
 * @example
 * const refusal: Refusal = { refused: 'flow/unknown', detail: 'There is no flow "welcme".' };
 */
export interface Refusal {
  readonly refused: RefusalCode;
  /** One sentence about this very request; the words of the code if absent. */
  readonly detail?: string;
  /** Everything that is wrong in what was given, with pointers into it. */
  readonly problems?: readonly Problem[];
}

/** Tells a refusal from any other result. */
export function isRefused<T>(result: T | Refusal): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
