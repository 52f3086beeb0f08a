import type { NodeType } from '../../src/contract/index.js';
import { checkCondition } from '../../src/params/check-condition.js';
import { checkDatesOf } from '../../src/params/check-dates.js';
import { provenBy } from '../../src/params/proven.js';
import { isTrue } from '../../src/params/rule.js';
import { type BranchParams, params } from './params.js';

/** Leaves by the first branch that is true, else by `else`. */
export const node: NodeType<BranchParams> = {
  type: 'conditional-branch',
  version: 1,
  title: 'Branch',
  sentence: 'Goes on by the first branch whose condition is true.',
  words: ['if', 'condition', 'switch', 'rule', 'filter'],
  icon: 'arrows-split-2',
  group: 'core',
  params,
  blank: { branches: [{ name: 'yes', title: 'Yes', when: { variable: '', operator: 'stringEquals', value: '' } }] },
  summary: ['/branches'],
  ports: [
    { each: '/branches', name: '/name', title: '/title' },
    { name: 'else', title: 'Else' },
  ],
  setsOn: provenOn,
  check: ({ branches }, world) =>
    branches.flatMap(({ when }, i) => [
      ...checkCondition(when, `/branches/${i}/when`),
      ...checkDatesOf(when, `/branches/${i}/when`, world),
    ]),
  enter: (scope) => ({ then: { exit: scope.params.branches.find(({ when }) => isTrue(when, scope))?.name ?? 'else' } }),
};

/** Returns the variables that have a value behind a port: its branch is true, and those before it are false. */
function provenOn({ branches }: BranchParams, port: string): readonly string[] {
  const at = branches.findIndex(({ name }) => name === port);
  const proven = branches.map(({ when }) => provenBy(when));
  const before = at < 0 ? proven : proven.slice(0, at);
  return [...before.flatMap(({ ifFalse }) => [...ifFalse]), ...(proven[at]?.ifTrue ?? [])];
}
