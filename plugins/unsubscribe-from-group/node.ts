import Joi from 'joi';
import type { NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { closed, described } from '../../src/params/fields.js';
import { checkGroup, groupCode, groupOf } from '../../src/params/group-code.js';

interface UnsubscribeParams {
  readonly group?: string;
  readonly all?: true;
}

/** Removes the contact from a group, or from all groups. */
export const node: NodeType<UnsubscribeParams> = {
  type: 'unsubscribe-from-group',
  version: 1,
  title: 'Unsubscribe from group',
  sentence: 'Removes the contact from a group, or from all groups.',
  words: ['audience', 'leave', 'segment', 'list', 'tag', 'label', 'remove'],
  icon: 'users-minus',
  group: 'contact',
  params: closed<UnsubscribeParams>({
    group: groupCode('Group', 'The code of the group.').meta({ when: [{ pointer: '/all', is: [true], not: true }] }),
    all: described(Joi.boolean().invalid(false), 'All groups', 'Removes the contact from all groups.'),
  }).xor('group', 'all'),
  blank: { group: '' },
  summary: ['/group', '/all'],
  ports: [{ name: 'next' }],
  check: ({ group }) => (group === undefined ? [] : checkGroup(group, '/group')),
  enter: (scope) => ({ ...left(scope), then: { exit: 'next' } }),
};

function left(scope: NodeScope<UnsubscribeParams>): Pick<NodeOutcome, 'setContact'> {
  const { groups } = scope.contact;
  const code = scope.params.group === undefined ? undefined : groupOf(scope, scope.params.group);
  const kept = scope.params.all ? [] : groups.filter(({ group }) => group !== code);
  return kept.length === groups.length ? {} : { setContact: { groups: kept } };
}
