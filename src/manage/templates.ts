import { readdir, readFile } from 'node:fs/promises';
import type { Refusal } from '../contract/host/index.js';
import { type FlowDefinition, isMessageTrigger, type Platform, TRIGGER_PLATFORM, type Trigger } from '../contract/index.js';
import { readEnvelope } from '../flow/envelope.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import type { Page } from './page.js';

/** Beside `dist`, in a checkout and in the package. */
const FOLDER = new URL('../../../templates/', import.meta.url);

/** A ready-made flow to begin with. */
export interface Template {
  /** The name of its file, without `.json`. */
  readonly id: string;
  readonly definition: FlowDefinition;
}

/** A template in the gallery. */
interface TemplateSummary {
  readonly id: string;
  readonly name: string;
  readonly remark: string;
  readonly triggers: readonly Trigger['type'][];
  /** The platforms of its message triggers. */
  readonly platforms: readonly Platform[];
  /** The number of its nodes. */
  readonly nodes: number;
}

/** Lists the gallery. */
export async function listTemplates(_parts: object, _caller: Caller): Promise<Outcome<Page<TemplateSummary>>> {
  return { done: { items: (await allTemplates()).map(summaryOf) } };
}

function summaryOf({ id, definition: { name, remark = '', triggers, nodes } }: Template): TemplateSummary {
  const platforms = triggers.filter(isMessageTrigger).map(({ type }) => TRIGGER_PLATFORM[type]);
  return { id, name, remark, triggers: triggers.map(({ type }) => type), platforms: [...new Set(platforms)], nodes: nodes.length };
}

/** Reads one template. */
export async function readTemplate(_parts: object, _caller: Caller, { id }: { readonly id: string }): Promise<Outcome<Template>> {
  const template = await templateNamed(id);
  return 'refused' in template ? template : { done: template };
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
