import Joi from 'joi';
import { definePlugin, type Json, type NodeType, type Plugin } from '../../src/contract/index.js';

/** Node types for tests, which do what a good node never does. */
function node<P, M extends Json = null>(type: string, rest: Pick<NodeType<P, M>, 'ports' | 'enter'> & Partial<NodeType<P, M>>): Plugin {
  return definePlugin<P, M>({
    node: {
      type,
      version: 1,
      title: type,
      sentence: 'Does what the test needs.',
      group: 'core',
      params: Joi.object<P>().unknown(true),
      ...rest,
    },
  });
}

export const testNodes: readonly Plugin[] = [
  node<{ size: number }, string>('test-keep', {
    ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
    keepsMemory: true,
    enter: ({ params }) => ({ memory: 'x'.repeat(params.size), then: { exit: 'next' } }),
  }),
  node('test-throw', {
    ports: [{ name: 'next' }],
    enter: () => {
      throw new Error('a bug of the test');
    },
  }),
  node<{ size: number }>('test-big', {
    ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
    sets: () => ['big'],
    enter: ({ params }) => ({ set: { big: 'x'.repeat(params.size) }, then: { exit: 'next' } }),
  }),
];
