import Joi from 'joi';
import { definePlugin } from '../../src/contract/index.js';

/** Where a run begins: the console shows the flow's triggers and variables in its form. */
export default definePlugin({
  node: {
    type: 'start',
    version: 1,
    title: 'Start',
    sentence: 'Begins the flow when one of its triggers fires.',
    words: ['begin', 'trigger'],
    icon: 'player-play',
    group: 'core',
    params: Joi.object({}).pattern(/^x-/, Joi.any()),
    ports: [{ name: 'next' }],
    startsFlow: true,
    enter: () => ({ then: { exit: 'next' } }),
  },
});
