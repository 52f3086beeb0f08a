import Joi from 'joi';
import type { NodeType } from '../../src/contract/index.js';
import { closed, described } from '../../src/params/fields.js';

interface JumpParams {
  readonly limit: number;
}

/** Leads anywhere in the flow, a limited number of times in one visit to the flow; then the run goes on by `next`. */
export const node: NodeType<JumpParams, number> = {
  type: 'jump',
  version: 1,
  title: 'Jump',
  sentence: 'Leads back a limited number of times, then goes on.',
  words: ['loop', 'repeat', 'retry', 'again', 'back'],
  icon: 'corner-down-right',
  group: 'core',
  params: closed<JumpParams>({
    limit: described(
      Joi.number().integer().min(1).max(1000).default(1),
      'Limit',
      'How often it jumps in one visit to the flow; then the run goes on by "Limit reached".',
    ).meta({ unit: 'times' }),
  }),
  blank: { limit: 1 },
  summary: ['/limit'],
  ports: [
    { name: 'jump', title: 'Jump' },
    { name: 'next', title: 'Limit reached' },
  ],
  keepsMemory: true,
  boundsLoops: true,
  enter({ params, memory }) {
    const jumps = memory ?? 0;
    return jumps < params.limit ? { memory: jumps + 1, then: { exit: 'jump' } } : { then: { exit: 'next' } };
  },
};
