import type { ParleyFrom } from './parley-from.js';

/** Returns the files of a node type that does nothing yet. Its tests fail because its table of cases is empty. */
export function pluginFiles(type: string, { contract, params }: ParleyFrom): Readonly<Record<string, string>> {
  const title = type.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
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
  input: text('Input', 'Say here what it is for.').required(),
});
`,
    'node.ts': `import type { NodeType } from '${contract}';
import { type Params, params } from './params.js';

/** Say in one sentence what it does. */
export const node: NodeType<Params> = {
  type: '${type}',
  version: 1,
  title: '${title}',
  group: 'core',
  params,
  ports: [{ name: 'next' }],
  enter: () => ({ then: { exit: 'next' } }),
};
`,
    'cases.ts': `import type { NodeCase } from '${contract}';

/** What the node does, given this: at least one case for each port. */
export const cases: readonly NodeCase[] = [];
`,
    'README.md': `# ${type}

Say what it does, and when to use it.

\`\`\`json
{ "id": "it", "type": "${type}", "version": 1, "params": { "input": "{{ incomingMessage }}" } }
\`\`\`

| port   | when   |
| ------ | ------ |
| \`next\` | always |
`,
  };
}
