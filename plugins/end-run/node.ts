import type { EndRuns, NodeType } from '../../src/contract/index.js';
import { params } from './params.js';

/** Ends other runs of the person, such as a reminder that is no longer needed. */
export const node: NodeType<EndRuns> = {
  type: 'end-run',
  version: 1,
  title: 'End other runs',
  sentence: 'Ends other runs of the person, such as a reminder.',
  words: ['cancel', 'stop', 'reminder', 'abort', 'unschedule'],
  icon: 'square-x',
  group: 'core',
  params,
  blank: { flow: '' },
  summary: ['/flow', '/where'],
  ports: [{ name: 'next', title: 'Next' }],
  enter(scope) {
    const { flow, where } = scope.params;
    if (flow === undefined) return { endRuns: { where }, then: { exit: 'next' } };
    const code = scope.text(flow).trim();
    // A template that came out empty must not end all runs.
    return { ...(code === '' ? {} : { endRuns: { flow: code, where } }), then: { exit: 'next' } };
  },
};
