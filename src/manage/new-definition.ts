import { isRefused, type Refusal } from '../contract/host/index.js';
import type { FlowDefinition, FlowSettings, JsonObject } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow } from '../flow/check.js';
import { readEnvelope } from '../flow/envelope.js';
import { slugOf } from '../text/slug.js';
import { knownFlow, knownVersion } from './known-flow.js';
import { templateNamed } from './templates.js';

interface Naming {
  /** Made from the name if absent. */
  readonly code?: string;
  readonly name?: string;
}

interface Filling {
  /** Settings that the new flow gets where the file has none: the time zone and language of whoever creates it. */
  readonly settings?: FlowSettings;
}

/** What a new flow is made of. */
export type NewFlow =
  /** A flow file. It may have problems, but it must be a flow; the pointers of the problems lead into the file. */
  | ({ readonly definition: unknown } & Naming & Filling)
  /** A start that leads to an end. Members of a flow file beside `name`, `code`, `remark` and `triggers` are kept. */
  | { readonly blank: JsonObject }
  | ({
      readonly template: string;
      /** Whether flows of other templates that it calls, starts or ends are created as well, if they are missing. */
      readonly related?: boolean;
    } & Naming &
      Filling)
  /** The draft of another flow, or one of its versions. */
  | ({ readonly copyOf: string; readonly version?: number } & Naming);

interface DefinitionParts {
  readonly store: Pick<Store, 'flows'>;
  readonly checkWorld: CheckWorldFor;
}

/** Makes the definition of a new flow. */
export async function newDefinition(parts: DefinitionParts, request: NewFlow): Promise<FlowDefinition | Refusal> {
  if ('blank' in request) return readFlow(parts, blank(request.blank));
  if ('copyOf' in request) return copied(parts, request);
  const read = 'template' in request ? await templateNamed(request.template) : readFlow(parts, request.definition);
  if (isRefused(read)) return read;
  const definition = 'definition' in read ? read.definition : read;
  return withSettings(named(definition, request), request);
}

/** Returns whether the request says which code the flow has. Any other is made from the name. */
export function namesItself(request: NewFlow): boolean {
  if ('blank' in request) return request.blank['code'] !== undefined;
  return 'definition' in request ? request.name === undefined || request.code !== undefined : request.code !== undefined;
}

function readFlow({ checkWorld }: DefinitionParts, body: unknown): FlowDefinition | Refusal {
  const read = readEnvelope(body);
  return 'problems' in read ? { refused: 'flow/invalid', problems: checkFlow(body, checkWorld()) } : read.definition;
}

async function copied(parts: DefinitionParts, { copyOf, version, code, name }: Extract<NewFlow, { copyOf: string }>) {
  const flow = await knownFlow(parts, copyOf);
  if (isRefused(flow)) return flow;
  const from = version === undefined ? flow.draft : await knownVersion(parts, copyOf, version);
  if (isRefused(from)) return from;
  const { definition } = from;
  return { ...definition, code: code ?? codeFrom(name ?? `${copyOf}-copy`), name: name ?? `${definition.name} (copy)` };
}

function named(definition: FlowDefinition, { code, name }: Naming): FlowDefinition {
  return { ...definition, code: code ?? (name === undefined ? definition.code : codeFrom(name)), name: name ?? definition.name };
}

/** Returns a flow with settings where it has none. A file with translations keeps its language, which decides who gets which of them. */
export function withSettings(definition: FlowDefinition, { settings: { locale, ...others } = {} }: Filling): FlowDefinition {
  const isTranslated = definition.nodes.some(({ locales }) => locales !== undefined);
  const settings = { ...others, ...(locale === undefined || isTranslated ? {} : { locale }), ...definition.settings };
  return Object.keys(settings).length === 0 ? definition : { ...definition, settings };
}

function blank({ name, remark, triggers, code, ...rest }: JsonObject): unknown {
  return {
    ...rest,
    format: 'parley/1',
    code: code === undefined ? codeFrom(typeof name === 'string' ? name : '') : code,
    name,
    ...(remark === undefined ? {} : { remark }),
    triggers: triggers === undefined ? [{ type: 'TriggeredManually' }] : triggers,
    nodes: [
      { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
      { id: 'end', type: 'end', params: {}, position: { x: 480, y: 0 } },
    ],
    edges: [{ from: 'start', port: 'next', to: 'end' }],
  };
}

function codeFrom(name: string): string {
  return slugOf(name) || 'flow';
}
