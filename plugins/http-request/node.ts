import { type Json, type NodeOutcome, type NodeScope, type NodeType, shapeOf } from '../../src/contract/index.js';
import { isObject, member, readNumber } from '../../src/contract/json/json-members.js';
import { callDeadline, fillCallAddress } from '../../src/nodes/call-address.js';
import { shapeOfJsonSchema } from '../../src/params/json-schema-shape.js';
import { foundIn, nothingSaved, savedOf } from '../../src/params/save.js';
import { problemsIn } from './check.js';
import { params, type RequestParams } from './params.js';

/** Calls another system over HTTP and saves parts of its answer. */
export const node: NodeType<RequestParams> = {
  type: 'http-request',
  version: 1,
  title: 'HTTP request',
  sentence: 'Calls another system over HTTP and saves parts of its answer.',
  words: ['api', 'rest', 'webhook', 'fetch', 'call', 'json'],
  icon: 'world-www',
  group: 'core',
  params,
  blank: { method: 'GET', url: '' },
  summary: ['/method', '/url'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  sets: ({ save = [] }) => save.map(({ name }) => name),
  resultShape: ({ sample, schema }) => ({
    members: {
      status: 'number',
      headers: 'object',
      body: schema !== undefined ? shapeOfJsonSchema(schema) : sample === undefined ? 'any' : shapeOf(sample),
    },
  }),
  check: problemsIn,
  enter(scope) {
    const { method, url, headers = [], query = [], body = null, auth = null, timeoutSeconds, retries, save = [] } = scope.params;
    const timeout = timeoutSeconds * 1_000;
    const filled = fillCallAddress(scope, url);
    if ('why' in filled) return { then: { fail: filled.why } };
    // Only what is saved comes back: an answer is kept in the turn log.
    const keep = ['headers', 'body'].filter((part) => save.some(({ from }) => from.includes(part)));
    return {
      effects: [
        {
          kind: 'call',
          service: 'http-request',
          input: {
            headers: scope.sealed(headers),
            query: scope.sealed(query),
            body: scope.sealed(body),
            auth: scope.sealed(auth),
            url: filled.address,
            method,
            timeout,
            retries,
            keep,
          },
          deadline: callDeadline(timeout, retries),
        },
      ],
      ...nothingSaved(save),
      then: { wait: { for: 'call' } },
    };
  },
  on: { result },
};

/** Saves parts of an answer. A status of 400 or more is a failure. */
function result(scope: NodeScope<RequestParams>, answer: Json): NodeOutcome {
  const { save = [] } = scope.params;
  const [status = 0, body, isJson] = [readNumber(member(answer, 'status')), member(answer, 'body'), member(answer, 'isJson')];
  const parts = isObject(answer) ? answer : {};
  const fail = (code: string, reason: string): NodeOutcome => ({
    set: foundIn(save, parts, scope),
    then: { fail: { code, reason, status } },
  });
  if (status >= 400) return fail('request/status', `the answer was ${status}`);
  if (typeof body === 'string' && !isJson && save.some(({ from }) => /\bbody\s*[.[]/.test(from)))
    return fail('request/unreadable', 'the answer is not JSON');
  return { set: savedOf(save, parts, scope), then: { exit: 'next' } };
}
