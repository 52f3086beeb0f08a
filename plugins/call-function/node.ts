import type { Json, NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { isObject } from '../../src/contract/json/json-members.js';
import { callDeadline, checkCallAddress, fillCallAddress } from '../../src/nodes/call-address.js';
import { nothingSaved, savedOf } from '../../src/params/save.js';
import { type FunctionParams, params } from './params.js';

/** Calls a function of the author over HTTP, by a small protocol of JSON. */
export const node: NodeType<FunctionParams> = {
  type: 'call-function',
  version: 1,
  title: 'Call a function',
  sentence: 'Calls a function of yours over HTTP, with inputs and outputs as JSON.',
  words: ['lambda', 'serverless', 'cloud', 'webhook', 'api'],
  icon: 'function',
  group: 'core',
  params,
  blank: { url: '', function: '' },
  summary: ['/function', '/url'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  sets: ({ save = [] }) => save.map(({ name }) => name),
  check: ({ url }, world) => checkCallAddress(url, '/url', world),
  enter(scope) {
    const { url, function: name, input = [], auth = null, timeoutSeconds, retries, save = [] } = scope.params;
    const timeout = timeoutSeconds * 1_000;
    const filled = fillCallAddress(scope, url);
    if ('why' in filled) return { then: { fail: filled.why } };
    return {
      effects: [
        {
          kind: 'call',
          service: 'call-function',
          input: {
            url: filled.address,
            function: scope.text(name),
            input: scope.sealed(input),
            auth: scope.sealed(auth),
            timeout,
            retries,
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

/** Saves parts of what the function has returned. What is not an object is read as its member `result`. */
function result(scope: NodeScope<FunctionParams>, returned: Json): NodeOutcome {
  const parts = isObject(returned) ? returned : { result: returned };
  return { set: savedOf(scope.params.save ?? [], parts, scope), then: { exit: 'next' } };
}
