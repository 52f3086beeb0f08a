import type { ParleyFrom } from './parley-from.js';
import { titleOf } from './title-of.js';

/** Returns the files of a node type that does nothing yet: a schema, handlers, and a table of cases that is empty, so its tests fail. */
export function pluginFiles(type: string, { contract, params }: ParleyFrom): Readonly<Record<string, string>> {
  return {
    'index.ts': `import { definePlugin } from '${contract}';
import { node } from './node.js';

export default definePlugin({ node });
`,
    'params.ts': `import { closed, text } from '${params}';

export interface Params {
  readonly input: string;
}

export const params = closed<Params>({
  input: text('Input', 'Write here what it is for.').required(),
});
`,
    'node.ts': `import type { NodeType } from '${contract}';
import { type Params, params } from './params.js';

/** Write here in one sentence what it does. */
export const node: NodeType<Params> = {
  type: '${type}',
  version: 1,
  title: '${titleOf(type)}',
  sentence: 'Write here what it does.',
  words: [],
  icon: 'puzzle',
  group: 'core',
  params,
  // What a fresh node has, and what it shows of itself on the canvas.
  blank: { input: '' },
  summary: ['/input'],
  ports: [{ name: 'next' }],
  // Called when a run arrives at the node.
  enter: () => ({ then: { exit: 'next' } }),
  // Called with what happens while the node waits: message, timeout, receipt, result, operator, returned, failed.
  on: {},
};
`,
    'cases.ts': `import type { NodeCase } from '${contract}';

/**
 * What the node returns in each situation: at least one case for each port.
 *
 * @example { name: 'it goes on', params: { input: 'x' }, expect: { then: { exit: 'next' } } }
 */
export const cases: readonly NodeCase[] = [];
`,
    'README.md': `# ${type}

Write here what it does, and when to use it.

\`\`\`json
{ "id": "it", "type": "${type}", "version": 1, "params": { "input": "{{ incomingMessage }}" } }
\`\`\`

| port   | when   |
| ------ | ------ |
| \`next\` | always |
`,
  };
}
