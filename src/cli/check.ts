import { readFileSync } from 'node:fs';
import { adapters as ownAdapters } from '../../adapters/index.js';
import { plugins as ownPlugins } from '../../plugins/index.js';
import { checkFlowBody, errorsOf } from '../flow/check.js';
import { createNodeTypes } from '../flow/node-types.js';
import type { Command } from './command.js';
import { openExtensions } from './extensions.js';

/** Every problem of a flow file, without a host. */
export const check: Command = {
  summary: 'check a flow file',
  usage:
    'usage: parley check <file>\n\nTells every problem of a flow file, each with its place and how to mend it. Node types of PLUGINS are known. Exit code 1 when there are errors.',
  async run([file]) {
    if (file === undefined) {
      process.stderr.write('parley check: which file?\n');
      return 2;
    }
    const body = readJson(file);
    if ('mistake' in body) {
      process.stderr.write(`${file}: ${body.mistake}\n`);
      return 1;
    }
    const extensions = await openExtensions();
    const adapters = [...ownAdapters, ...extensions.adapters];
    const problems = checkFlowBody(body.value, {
      nodeTypes: createNodeTypes([...ownPlugins, ...extensions.plugins]),
      limits: (platform) => adapters.find((one) => one.platform === platform)?.limits,
    });
    for (const { severity, pointer, code, node, message, hint } of problems) {
      process.stdout.write(`${severity} ${pointer || '/'} ${code}${node === undefined ? '' : ` (${node})`}: ${message}. ${hint}\n`);
    }
    const errors = errorsOf(problems).length;
    process.stdout.write(`${file}: ${errors} errors, ${problems.length - errors} warnings\n`);
    return errors > 0 ? 1 : 0;
  },
};

function readJson(file: string): { readonly value: unknown } | { readonly mistake: string } {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}
