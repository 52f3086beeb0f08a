import type { NodeType } from '../../src/contract/index.js';
import { closed, flowCode } from '../../src/params/fields.js';
import { fillRows, type Row, rows } from '../../src/params/rows.js';

interface ForwardParams {
  readonly flow: string;
  readonly input?: readonly Row[];
}

/** Ends this flow and begins another one in its place. */
export const node: NodeType<ForwardParams> = {
  type: 'forward-to-flow',
  version: 1,
  title: 'Forward to a flow',
  sentence: 'Ends this flow and begins another one.',
  words: ['transfer', 'redirect', 'go to'],
  icon: 'arrow-forward-up',
  group: 'core',
  params: closed<ForwardParams>({
    flow: flowCode('Flow', 'The code of a flow that is ONLINE and may be called.').required(),
    input: rows('Input', 'Values for the input variables of that flow.'),
  }),
  blank: { flow: '' },
  summary: ['/flow'],
  ports: [],
  enter: (scope) => ({
    then: { begin: { flow: scope.text(scope.params.flow), input: fillRows(scope.params.input ?? [], scope), as: 'instead' } },
  }),
  // A dialog cannot take the place of a flow: it runs on top of this node, and the flow ends with it.
  on: {
    returned: (_scope, outputs) => ({ then: { end: { outputs } } }),
    failed: () => ({ then: { fail: { code: 'flow/call-failed', reason: 'the dialog that was begun failed' } } }),
  },
};
