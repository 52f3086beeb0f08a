import Joi from 'joi';
import type { NodeType } from '../../src/contract/index.js';
import { closed, described, portName } from '../../src/params/fields.js';
import { condition, isTrue } from '../../src/params/rule.js';
import { node } from './node.js';
import type { Branch, BranchParams } from './params.js';

const params = closed<BranchParams>({
  branches: described(
    Joi.array()
      .items(
        closed<Branch>({
          name: portName('Name', 'The name of the port: lower-case letters, digits and hyphens.').required(),
          title: described(Joi.string().max(200), 'Title', 'Shown instead of the name.'),
          when: condition.required(),
        }).label('Branch'),
      )
      .min(1)
      .max(50)
      .required(),
    'Branches',
    'The first one whose condition is true is taken.',
  ).meta({ control: 'branches' }),
});

/** The first version: it compares lists as their JSON, and saves nothing. */
export const version1: NodeType<BranchParams> = {
  type: 'conditional-branch',
  version: 1,
  title: node.title,
  sentence: node.sentence,
  group: node.group,
  params,
  summary: ['/branches'],
  ports: [
    { each: '/branches', name: '/name', title: '/title' },
    { name: 'else', title: 'Else' },
  ],
  ...(node.check ? { check: node.check } : {}),
  ...(node.setsOn ? { setsOn: node.setsOn } : {}),
  enter: (scope) => ({ then: { exit: scope.params.branches.find(({ when }) => isTrue(when, scope))?.name ?? 'else' } }),
};
