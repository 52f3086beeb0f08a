import type { Problem } from '../flow.js';
import type { DraftStamp } from '../store/flows.js';

/** Every code that refuses a whole request: its HTTP status, and its words if a refusal brings none of its own. */
export const REFUSALS = {
  'backup/not-embedded': { status: 409, words: 'The host does not store its data in a file.' },
  'backup/refused': { status: 409, words: 'The store could not be copied.' },
  'channel/in-use': { status: 409, words: 'A flow that is ONLINE is bound to the channel.' },
  'channel/invalid': { status: 422, words: 'The channel is not valid.' },
  'channel/taken': { status: 409, words: 'The id of the channel is taken, or another channel uses the same account.' },
  'channel/unknown': { status: 404, words: 'Unknown channel.' },
  'contact/not-changed': { status: 409, words: 'The change of a contact was refused; the detail says why.' },
  'contact/bad-identity': { status: 422, words: 'No channel of this host can reach the identity.' },
  'contact/bad-number': { status: 422, words: 'The phone number is not valid: it needs 7 to 15 digits, and must not begin with 0.' },
  'contact/no-address': { status: 422, words: 'The contact has no address on the channel.' },
  'contact/unknown': { status: 404, words: 'Unknown contact.' },
  'draft/conflict': { status: 409, words: 'The draft was saved by somebody else since it was read.' },
  'draft/no-revision': { status: 428, words: 'Saving a draft needs the header If-Match with the ETag of the draft that was read.' },
  'draft/not-kept': { status: 404, words: 'The draft of this revision is not kept.' },
  'effect/not-dead': { status: 409, words: 'The message has not failed for good, so it cannot be sent again.' },
  'effect/unknown': { status: 404, words: 'Unknown effect. It may have been removed.' },
  'flow/has-errors': { status: 422, words: 'The draft has errors.' },
  'flow/invalid': { status: 422, words: 'The body is not a valid flow.' },
  'flow/no-template': { status: 404, words: 'Unknown template.' },
  'flow/no-version': { status: 404, words: 'The flow does not have this version.' },
  'flow/node-gone': { status: 409, words: 'Sessions wait at nodes that are missing in the draft.' },
  'flow/not-bound': { status: 409, words: 'A message trigger needs a channel of its platform.' },
  'flow/online': { status: 409, words: 'The flow is ONLINE. Take it offline first.' },
  'flow/other-code': { status: 422, words: 'The code in the draft is not the code of the flow.' },
  'flow/taken': { status: 409, words: 'The code of the flow is taken.' },
  'flow/tie': { status: 409, words: 'Another flow that is ONLINE takes the same messages.' },
  'flow/unknown': { status: 404, words: 'Unknown flow.' },
  'http/bad-body': { status: 422, words: 'The body is not valid for this call.' },
  'http/bad-path': { status: 400, words: 'The path is not valid UTF-8.' },
  'http/bad-query': { status: 400, words: 'The query is not valid for this call.' },
  'http/bug': { status: 500, words: 'An error in Parley. The log of the host has an entry with the id of this answer.' },
  'http/lacks-node-type': {
    status: 503,
    words: 'Flows that are ONLINE or in use need node types that this host does not have.',
  },
  'http/not-json': { status: 400, words: 'The body is not valid JSON.' },
  'http/store-away': { status: 503, words: 'The store cannot be reached. Try again later.' },
  'http/too-large': { status: 413, words: 'The body is too large for this call.' },
  'http/unknown-route': { status: 404, words: 'Unknown call.' },
  'http/wrong-content-type': { status: 415, words: 'The body must be sent as application/json.' },
  'http/wrong-encoding': { status: 400, words: 'The body is not valid UTF-8.' },
  'key/missing': { status: 401, words: 'The call needs a key.' },
  'key/no-flows': { status: 422, words: 'Only a key of role trigger can be bound to flows.' },
  'key/none': { status: 404, words: 'Unknown key id.' },
  'key/other-flow': { status: 403, words: 'The key may not start this flow.' },
  'key/too-many-guesses': { status: 429, words: 'Too many unknown keys came from this address.' },
  'key/unknown': { status: 401, words: 'Unknown key.' },
  'key/wrong-role': { status: 403, words: 'The role of the key does not allow this call.' },
  'media/expired': { status: 410, words: 'The address of the file is no longer valid.' },
  'media/not-fetched': { status: 503, words: 'The file could not be fetched from the provider yet. Try again later.' },
  'media/not-kept': { status: 410, words: 'The file is not kept any more, or could not be fetched from the provider.' },
  'media/unknown': { status: 404, words: 'The address is not that of a file.' },
  'node-type/unknown': { status: 404, words: 'The host does not have this node type or version.' },
  'operator/not-handed-over': { status: 409, words: 'No flow has handed the person over to an operator, or not any more.' },
  'operator/not-sent': { status: 409, words: 'The message of the operator cannot be sent.' },
  'replay/which-flow': { status: 422, words: 'The session was in several flows, so the flow of the version must be named.' },
  'send/not-subscribed': { status: 409, words: 'The person has not subscribed to the channel, or not any more.' },
  'send/opted-out': { status: 409, words: 'The person wants no messages on this platform, and has not written since.' },
  'send/window-closed': { status: 409, words: 'The person has not written for 24 hours, so only a template may be sent.' },
  'session/refused': { status: 409, words: 'The command cannot be carried out in this session.' },
  'session/unknown': { status: 404, words: 'Unknown session.' },
  'sign-in/bad-code': { status: 401, words: 'The code is unknown, was used, or is older than ten minutes.' },
  'sign-in/expired': { status: 401, words: 'The sign-in has expired.' },
  'sign-in/other-site': { status: 403, words: 'A page of another site made the call with the cookie of a browser.' },
  'start/no-channel': { status: 422, words: 'The channel to reach the person on must be named.' },
  'start/not-manual': { status: 409, words: 'The flow has no manual trigger.' },
  'start/not-online': { status: 409, words: 'The flow is not ONLINE.' },
  'start/opted-out': {
    status: 409,
    words: 'The person has opted out of the platform of the channel. A flow that they start can lift that with set-contact.',
  },
  'start/other-body': { status: 409, words: 'The uuid was sent before with another body.' },
  'start/refused': { status: 409, words: 'The start was refused: the person is in another flow, or has too many starts queued.' },
  'start/wrong-inputs': { status: 422, words: 'The inputs of the start are not valid for the flow.' },
  'texts/unreadable': { status: 422, words: 'The translations cannot be read. Nothing was changed.' },
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
  /** With `draft/conflict`: the draft that is there, and who saved it. */
  readonly draft?: DraftStamp;
  /** With a refused publish: each reason why the version cannot go ONLINE. The first is the one that `refused` names. */
  readonly blockers?: readonly Blocker[];
}

/** One reason why a version cannot go ONLINE. */
export interface Blocker {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors?: readonly Problem[];
}

/** Tells a refusal from any other result. */
export function isRefused<T>(result: T | Refusal): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
