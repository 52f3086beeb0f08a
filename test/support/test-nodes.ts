import Joi from 'joi';
import { definePlugin, type NodeType, type Plugin, type Vars } from '../../src/contract/index.js';

/** Node types of the tests: what the engine can do and no built-in node asks for yet. */
function node<P>(type: string, rest: Pick<NodeType<P>, 'ports' | 'enter'> & Partial<NodeType<P>>): Plugin {
  return definePlugin<P>({ node: { type, version: 1, title: type, group: 'core', params: Joi.object<P>().unknown(true), ...rest } });
}

export const testNodes: readonly Plugin[] = [
  node<{ flow: string; as: 'frame' | 'instead' | 'background'; input?: Vars; seconds?: number }>('test-begin', {
    ports: () => ['next', 'failed', 'timedOut'],
    waitsFor: () => 'other',
    sets: () => ['result'],
    enter: (scope) => {
      const { flow, as, input = {}, seconds } = scope.params;
      return {
        then: { begin: { flow, input, as }, ...(seconds === undefined ? {} : { until: scope.after({ value: seconds, unit: 'seconds' }) }) },
      };
    },
    resume: (_scope, event) => {
      if (event.type === 'timeout') return { then: { exit: 'timedOut' } };
      if (event.type !== 'callResult') return { then: { exit: 'next' } };
      return event.ok
        ? { set: { result: event.value }, then: { exit: 'next' } }
        : { then: { fail: { code: 'test/failed', reason: 'the flow that was called failed' } } };
    },
  }),
  node<{ seconds: number }>('test-pause', {
    ports: () => ['next'],
    waitsFor: () => 'other',
    enter: (scope) => ({ then: { wait: { for: 'time', until: scope.after({ value: scope.params.seconds, unit: 'seconds' }) } } }),
    resume: () => ({ then: { exit: 'next' } }),
  }),
  node('test-throw', {
    ports: () => ['next'],
    enter: () => {
      throw new Error('a bug of the test');
    },
  }),
  node<{ size: number }>('test-big', {
    ports: () => ['next', 'failed'],
    sets: () => ['big'],
    enter: ({ params }) => ({ set: { big: 'x'.repeat(params.size) }, then: { exit: 'next' } }),
  }),
];
