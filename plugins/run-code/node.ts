import type { Json, NodeOutcome, NodeScope, NodeType, Vars } from '../../src/contract/index.js';
import { isObject } from '../../src/contract/json/json-members.js';
import { problemsIn } from './check.js';
import { type CodeParams, params } from './params.js';
import { readsOf } from './reads.js';

/** For the wait in the queue, the start of a worker and the run, in milliseconds. */
const DEADLINE = 30_000;

/** Runs JavaScript over the variables, in a sandbox. */
export const node: NodeType<CodeParams> = {
  type: 'run-code',
  version: 1,
  title: 'Run code',
  sentence: 'Runs a JavaScript function over the variables, without access to anything else.',
  words: ['javascript', 'script', 'function', 'compute', 'calculate', 'loop', 'list'],
  icon: 'code',
  group: 'core',
  params,
  blank: { code: 'return {};' },
  summary: ['/save', '/code'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  // The check asks for it before the params are valid: what is not a list must throw here.
  sets: ({ save = [] }) => save.map((name) => name),
  check: problemsIn,
  enter(scope) {
    const { code, save = [], timeoutMillis } = scope.params;
    // In `$plain`, because a variable may look like a sealed secret.
    const input: Json = { code, given: { $plain: given(scope) }, now: scope.now, seed: scope.random(), save: [...save], timeoutMillis };
    return {
      effects: [{ kind: 'call', service: 'run-code', input, deadline: DEADLINE }],
      ...(save.length > 0 ? { set: Object.fromEntries(save.map((name) => [name, null])) } : {}),
      then: { wait: { for: 'call' } },
    };
  },
  on: { result },
};

/** Returns what the code can read of the variables, the contact and the last message, as templates see them. */
function given(scope: NodeScope<CodeParams>): Vars {
  const reads = readsOf(scope.params.code);
  const vars = reads.vars ?? Object.keys(scope.vars);
  return {
    vars: Object.fromEntries(vars.flatMap((name) => (Object.hasOwn(scope.vars, name) ? [[name, scope.vars[name] ?? null]] : []))),
    ...(reads.contact ? { contact: scope.expression('contact') ?? null } : {}),
    ...(reads.lastMessage ? { lastMessage: scope.expression('lastMessage') ?? null } : {}),
  };
}

/** Saves the members of the object that the code has returned; null, with a warning, for those that it does not have. */
function result(scope: NodeScope<CodeParams>, returned: Json): NodeOutcome {
  const { save = [] } = scope.params;
  const members = isObject(returned) ? returned : {};
  const missing = save.filter((name) => !Object.hasOwn(members, name));
  for (const name of missing) scope.warn('save/nothing-there', `the code returned no ${name}; it is empty`);
  return { set: Object.fromEntries(save.map((name) => [name, members[name] ?? null])), then: { exit: 'next' } };
}
