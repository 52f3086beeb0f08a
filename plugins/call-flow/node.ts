import { durationMillis, type NodeType } from '../../src/contract/index.js';
import { fillRows } from '../../src/params/rows.js';
import { nothingSaved, savedOf } from '../../src/params/save.js';
import { type CallParams, params } from './params.js';

/** Runs another flow, or a dialog written in TypeScript, and saves what it returns. */
export const node: NodeType<CallParams> = {
  type: 'call-flow',
  version: 1,
  title: 'Call a flow',
  sentence: 'Runs another flow, then goes on with what it returns.',
  words: ['subflow', 'dialog', 'function', 'reuse'],
  icon: 'box-multiple',
  group: 'core',
  params,
  blank: { flow: '' },
  summary: ['/flow', '/timeout'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
    { name: 'timedOut', title: 'Timed out', kind: 'time', when: ['/wait', '/timeout'] },
  ],
  waitsFor: ({ wait }) => (wait ? 'flow' : undefined),
  longestWait: ({ timeout }, port) => (port === 'timedOut' && timeout ? durationMillis(timeout) : 0),
  sets: ({ save = [] }) => save.map(({ name }) => name),
  check: ({ wait, timeout, save }) =>
    (['timeout', 'save'] as const).flatMap((name) =>
      wait || (name === 'timeout' ? timeout : save) === undefined
        ? []
        : [
            {
              pointer: `/${name}`,
              code: 'call/not-waited-for',
              message: `"${name}" has no effect, because the flow does not wait for the called flow`,
              hint: 'Remove it, or set "wait" to true.',
            },
          ],
    ),
  enter(scope) {
    const { flow, wait, timeout, input = [], save } = scope.params;
    return {
      ...nothingSaved(save),
      then: {
        begin: { flow: scope.text(flow), input: fillRows(input, scope), as: wait ? 'frame' : 'background' },
        ...(wait && timeout ? { until: scope.after(timeout) } : {}),
      },
    };
  },
  on: {
    returned: (scope, outputs) => ({ set: savedOf(scope.params.save ?? [], outputs, scope), then: { exit: 'next' } }),
    timeout: () => ({ then: { exit: 'timedOut' } }),
  },
};
