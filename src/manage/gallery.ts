import { isMessageTrigger, type Platform, TRIGGER_PLATFORM, type Trigger } from '../contract/index.js';
import type { NodeTypes } from '../flow/program.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';
import type { Page } from './page.js';
import { relatedTemplates } from './related-flows.js';
import { allTemplates, type Template, templateNamed } from './templates.js';

interface GalleryParts {
  readonly nodeTypes: NodeTypes;
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
  /** The templates whose flows it calls, starts or ends. */
  readonly related: readonly string[];
}

/** Lists the gallery. */
export async function listTemplates({ nodeTypes }: GalleryParts, _caller: Caller): Promise<Outcome<Page<TemplateSummary>>> {
  const all = await allTemplates();
  const items = all.map((one) => ({ ...summaryOf(one), related: relatedTemplates(one.id, all, nodeTypes).map(({ id }) => id) }));
  return { done: { items } };
}

function summaryOf({ id, definition: { name, remark = '', triggers, nodes } }: Template): Omit<TemplateSummary, 'related'> {
  const platforms = triggers.filter(isMessageTrigger).map(({ type }) => TRIGGER_PLATFORM[type]);
  return { id, name, remark, triggers: triggers.map(({ type }) => type), platforms: [...new Set(platforms)], nodes: nodes.length };
}

/** Reads one template. */
export async function readTemplate(_parts: object, _caller: Caller, { id }: { readonly id: string }): Promise<Outcome<Template>> {
  const template = await templateNamed(id);
  return 'refused' in template ? template : { done: template };
}
