import { readdir, readFile } from 'node:fs/promises';
import { type FlowDefinition, UserError } from '../../contract/index.js';
import { readEnvelope } from '../../flow/envelope.js';

/** Beside `dist`, in a checkout and in the package. */
const FOLDER = new URL('../../../../templates/', import.meta.url);

/** A flow to begin with. */
export interface Template {
  /** The name of its file, without its ending. */
  readonly id: string;
  readonly definition: FlowDefinition;
}

/** The gallery: one file of `templates/` each, in the order of their names. They are held against the check by a test. */
export async function listTemplates(): Promise<readonly Template[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map((file) => read(file.slice(0, -'.json'.length))));
}

/** One template; a name that none has is the caller's mistake. */
export async function templateNamed(id: string): Promise<Template> {
  const known = await listTemplates();
  const found = known.find((one) => one.id === id);
  if (!found)
    throw new UserError(404, 'flow/no-template', `There is no template "${id}"; there are ${known.map((one) => one.id).join(', ')}.`);
  return found;
}

async function read(id: string): Promise<Template> {
  const found = readEnvelope(JSON.parse(await readFile(new URL(`${id}.json`, FOLDER), 'utf8')));
  if ('problems' in found) throw new Error(`the template ${id} is no flow`);
  return { id, definition: found.definition };
}
