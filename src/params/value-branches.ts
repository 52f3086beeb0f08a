import Joi from 'joi';
import type { PortRule } from '../contract/index.js';
import { closed, described, portName } from './fields.js';

/** A way out for some values that a node has recognised. */
export interface ValueBranch {
  readonly name: string;
  readonly title?: string;
  readonly values: readonly string[];
}

/** Ways out by value. Without them the node is left by `next`. */
export const valueBranches = (sentence: string, example: string): Joi.ArraySchema =>
  described(
    Joi.array()
      .items(
        closed({
          name: portName('Name', 'The name of the way out: lower-case letters, digits and hyphens.').required(),
          title: described(Joi.string().max(200), 'Title', 'Shown instead of the name.'),
          values: described(Joi.array().items(Joi.string().max(64)).min(1).max(100).required(), 'Values', sentence).meta({
            example: [example],
          }),
        }).label('Branch'),
      )
      .min(1)
      .max(50),
    'Branches',
    'Ways out by value, the first that has the value; "Else" for all other values and if nothing is recognized.',
  );

/** The ports of a node with such branches. */
export const PORTS_BY_VALUE: readonly PortRule[] = [
  { each: '/branches', name: '/name', title: '/title', optional: true },
  { name: 'next', unless: '/branches' },
  { name: 'else', title: 'Else', when: '/branches' },
];

/** Returns the port by which a node with such branches is left. `isSame` compares a value of a branch with the one that was recognised. */
export function exitByValue(branches: readonly ValueBranch[] | undefined, isSame: (value: string) => boolean): string {
  if (!branches) return 'next';
  return branches.find(({ values }) => values.some(isSame))?.name ?? 'else';
}
