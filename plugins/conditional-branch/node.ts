import type { NodeScope, NodeType, Vars } from '../../src/contract/index.js';
import { checkCondition } from '../../src/params/check-condition.js';
import { checkDatesOf } from '../../src/params/check-dates.js';
import { provenBy } from '../../src/params/proven.js';
import { isTrue, matchedBy, testedBy } from '../../src/params/rule.js';
import { type Branch, type BranchParams, params } from './params.js';

/** Leaves by the first branch that is true, else by `else`. */
export const node: NodeType<BranchParams> = {
  type: 'conditional-branch',
  version: 2,
  title: 'Branch',
  sentence: 'Goes on by the first branch whose condition is true.',
  words: ['if', 'condition', 'switch', 'rule', 'filter', 'category'],
  icon: 'arrows-split-2',
  group: 'core',
  params,
  blank: { branches: [{ name: 'yes', title: 'Yes', when: { variable: '', operator: 'stringEquals', value: '' } }] },
  summary: ['/branches', '/save'],
  ports: [
    { each: '/branches', name: '/name', title: '/title' },
    { name: 'else', title: 'Else', titleAt: '/elseTitle' },
  ],
  sets: savedBy,
  setTypes: ({ save }) => (save?.title === undefined ? {} : { [save.title]: 'text' }),
  setsOn: provenOn,
  check: ({ branches }, world) =>
    branches.flatMap(({ when }, i) => [
      ...checkCondition(when, `/branches/${i}/when`),
      ...checkDatesOf(when, `/branches/${i}/when`, world),
    ]),
  enter(scope) {
    const taken = scope.params.branches.find(({ when }) => isTrue(when, scope, { lists: 'members' }));
    const exit = { then: { exit: taken?.name ?? 'else' } };
    return scope.params.save ? { set: resultOf(taken, scope), ...exit } : exit;
  },
  // Only lists are compared differently, so the params of version 1 are valid as they are.
  upgrade: (before) => before,
};

/** Returns the names of the variables that are saved. */
function savedBy({ save = {} }: BranchParams): readonly string[] {
  return [save.value, save.title, save.input].filter((name) => name !== undefined);
}

/** Returns the variables that are saved. */
function resultOf(taken: Branch | undefined, scope: NodeScope<BranchParams>): Vars {
  const { branches, elseTitle = 'else', save = {} } = scope.params;
  const title = taken ? (taken.title ?? taken.name) : elseTitle;
  const tested = taken ?? branches[0];
  const matched = tested && (taken ? matchedBy(tested.when, scope) : testedBy(tested.when, scope));
  return {
    ...(save.value === undefined ? {} : { [save.value]: matched?.value ?? null }),
    ...(save.title === undefined ? {} : { [save.title]: scope.text(title) }),
    ...(save.input === undefined ? {} : { [save.input]: matched?.input ?? null }),
  };
}

/** Returns the variables that have a value behind a port: its branch is true, and those before it are false. */
function provenOn(params: BranchParams, port: string): readonly string[] {
  const { branches } = params;
  const at = branches.findIndex(({ name }) => name === port);
  const proven = branches.map(({ when }) => provenBy(when));
  const before = at < 0 ? proven : proven.slice(0, at);
  return [...savedBy(params), ...before.flatMap(({ ifFalse }) => [...ifFalse]), ...(proven[at]?.ifTrue ?? [])];
}
