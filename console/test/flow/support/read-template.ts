import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowDefinition } from '../../../../src/contract/flow.js';

/** Returns one of the flows in `templates/`. */
export function readTemplate(name: string): FlowDefinition {
  return JSON.parse(readFileSync(join('templates', `${name}.json`), 'utf8')) as FlowDefinition;
}
