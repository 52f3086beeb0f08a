import { BUDGET, type NodeOutcome, type NodeScope, type NodeType } from '../../src/contract/index.js';
import { closed } from '../../src/params/fields.js';
import { checkGroup, groupCode, groupOf } from '../../src/params/group-code.js';

interface SubscribeParams {
  readonly group: string;
}

/** Adds the contact to a group. The time of joining is kept; joining again while a member changes nothing. */
export const node: NodeType<SubscribeParams> = {
  type: 'subscribe-to-group',
  version: 1,
  title: 'Subscribe to group',
  sentence: 'Adds the contact to a group.',
  words: ['audience', 'join', 'segment', 'list', 'tag', 'label', 'add'],
  icon: 'users-plus',
  group: 'contact',
  params: closed<SubscribeParams>({
    group: groupCode('Group', 'The code of the group. A group exists as long as somebody is in it.').required(),
  }),
  blank: { group: '' },
  summary: ['/group'],
  ports: [{ name: 'next' }],
  check: ({ group }) => checkGroup(group, '/group'),
  enter: (scope) => ({ ...joined(scope), then: { exit: 'next' } }),
};

function joined(scope: NodeScope<SubscribeParams>): Pick<NodeOutcome, 'setContact'> {
  const { groups } = scope.contact;
  const code = groupOf(scope, scope.params.group);
  if (code === undefined || groups.some(({ group }) => group === code)) return {};
  if (groups.length < BUDGET.groups) return { setContact: { groups: [...groups, { group: code, since: scope.now }] } };
  scope.warn('group/too-many', `the contact is in ${BUDGET.groups} groups already, so it does not join "${code}"`);
  return {};
}
