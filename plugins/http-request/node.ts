import type { FlowEvent, JsonObject, NodeOutcome, NodeScope, NodeType, Vars, Why } from '../../src/contract/index.js';
import { foundIn, nothingSaved, savedOf } from '../../src/params/save.js';
import { problemsIn } from './check.js';
import { params, type RequestParams } from './params.js';
import type { Answered } from './service.js';

/** All tries together, in milliseconds. */
const LONGEST = 120_000;
const LONGEST_PAUSE = 8_000;

/** The warning says which part of the address it is. */
const ADDRESS_LOST = { code: 'call/address', reason: 'an expression leads the address to another path or host' };

/** Asks another system over HTTP, and keeps what it answers. */
export const node: NodeType<RequestParams> = {
  type: 'http-request',
  version: 1,
  title: 'HTTP request',
  group: 'core',
  params,
  ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
  waitsFor: () => 'other',
  sets: ({ save = [] }) => save.map(({ name }) => name),
  check: problemsIn,
  enter(scope) {
    const { method, url, headers = [], query = [], body = null, auth = null, timeoutSeconds, retries, save = [] } = scope.params;
    const timeout = timeoutSeconds * 1_000;
    const address = scope.sealedAddress(url);
    if (address === undefined) return { then: { fail: ADDRESS_LOST } };
    const sealed = scope.sealed({ headers, query, body, auth } as unknown as JsonObject) as JsonObject;
    // Only what is looked at comes back: an answer is kept in the journal.
    const keep = ['headers', 'body'].filter((part) => save.some(({ from }) => from.includes(part)));
    return {
      effects: [
        {
          kind: 'call',
          service: 'http-request',
          input: { ...sealed, url: address, method, timeout, retries, keep },
          deadline: Math.min(LONGEST, (retries + 1) * timeout + retries * LONGEST_PAUSE),
        },
      ],
      ...nothingSaved(save),
      then: { wait: { for: 'call' } },
    };
  },
  resume,
};

function resume(scope: NodeScope<RequestParams>, event: FlowEvent): NodeOutcome {
  if (event.type !== 'callResult') return { then: { exit: 'next' } };
  // The service has made it, or the outbox says why there is none.
  if (!event.ok) return { then: { fail: event.value as unknown as Why } };
  const answer = event.value as unknown as Answered;
  const { save = [] } = scope.params;
  const over = answer as unknown as Vars;
  const { status, body, isJson } = answer;
  const fail = (code: string, reason: string): NodeOutcome => ({
    set: foundIn(save, over, scope),
    then: { fail: { code, reason, status } },
  });
  if (status >= 400) return fail('request/status', `the answer was ${status}`);
  if (typeof body === 'string' && !isJson && save.some(({ from }) => /\bbody\s*[.[]/.test(from)))
    return fail('request/unreadable', 'the answer is no JSON');
  return { set: savedOf(save, over, scope), then: { exit: 'next' } };
}
