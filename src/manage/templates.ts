import { readdir, readFile } from 'node:fs/promises';
import type { Refusal } from '../contract/host/index.js';
import type { FlowDefinition } from '../contract/index.js';
import { readEnvelope } from '../flow/envelope.js';

/** Beside `dist`, in a checkout and in the package. */
const FOLDER = new URL('../../../templates/', import.meta.url);

/** A ready-made flow to begin with. */
export interface Template {
  /** The name of its file, without `.json`. */
  readonly id: string;
  readonly definition: FlowDefinition;
}

/** Finds a template by its name. */
export async function templateNamed(id: string): Promise<Template | Refusal> {
  const all = await allTemplates();
  const known = all.map((one) => one.id).join(', ');
  return all.find((one) => one.id === id) ?? { refused: 'flow/no-template', detail: `Unknown template: "${id}". Use one of ${known}.` };
}

/** Reads each file of `templates/`, in the order of their names. A test checks that they have no problems. */
export async function allTemplates(): Promise<readonly Template[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json'));
  const ids = files.map((file) => file.slice(0, -'.json'.length));
  return Promise.all(ids.sort().map(read));
}

async function read(id: string): Promise<Template> {
  const found = readEnvelope(JSON.parse(await readFile(new URL(`${id}.json`, FOLDER), 'utf8')));
  if ('problems' in found) throw new Error(`the template ${id} is not a valid flow`);
  return { id, definition: found.definition };
}
