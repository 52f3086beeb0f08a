import Joi from 'joi';
import type { NodeType } from '../../src/contract/index.js';
import { closed, described, portName } from '../../src/params/fields.js';
import { type Arm, chooseArm } from './choose-arm.js';

interface SplitParams {
  readonly arms: readonly Arm[];
  readonly sticky: boolean;
}

const arm = closed<Arm>({
  name: portName('Name', 'The name of the way out: lower-case letters, digits and hyphens.').required(),
  title: described(Joi.string().max(200), 'Title', 'Shown instead of the name.'),
  weight: described(
    Joi.number().min(0).max(1_000_000).default(1),
    'Weight',
    'How many people go this way, in proportion to the weights of the other arms; with 0 nobody does.',
  ),
});

const params = closed<SplitParams>({
  arms: described(
    Joi.array()
      .items(arm.label('Arm'))
      .has(
        Joi.object({ weight: Joi.number().greater(0) })
          .unknown()
          .label('arm with a weight above 0'),
      )
      .min(1)
      .max(20)
      .required(),
    'Arms',
    'The ways that people go. Weights of 1 and 3 send a quarter and three quarters of them.',
  ),
  sticky: described(
    Joi.boolean().default(true),
    'Keep the arm',
    'A person goes the same way in every run of the flow; otherwise it is drawn anew each time.',
  ),
});

/** Sends people by different ways, by chance and in proportion to the weights. */
export const node: NodeType<SplitParams> = {
  type: 'random-split',
  version: 1,
  title: 'Random split',
  sentence: 'Sends people by different ways at random, in proportion to the weights.',
  words: ['experiment', 'test', 'variant', 'a/b', 'chance', 'percent', 'traffic', 'dice'],
  icon: 'arrows-random',
  group: 'core',
  params,
  blank: {
    arms: [
      { name: 'a', title: 'A', weight: 1 },
      { name: 'b', title: 'B', weight: 1 },
    ],
    sticky: true,
  },
  summary: ['/arms'],
  ports: [{ each: '/arms', name: '/name', title: '/title' }],
  enter(scope) {
    const { arms, sticky } = scope.params;
    const random = sticky ? (name: string) => scope.steadyRandom(name) : () => scope.random();
    return { then: { exit: chooseArm(arms, random)?.name ?? '' } };
  },
};
