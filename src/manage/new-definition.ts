import { isRefused, type Refusal } from '../contract/host/index.js';
import type { FlowDefinition, JsonObject } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow } from '../flow/check.js';
import { readEnvelope } from '../flow/envelope.js';
import { foldWords } from '../text/fold.js';
import { knownFlow, knownVersion } from './known-flow.js';
import { templateNamed } from './templates.js';

interface Naming {
  /** Made from the name if absent. */
  readonly code?: string;
  readonly name?: string;
}

/** What a new flow is made of. */
export type NewFlow =
  /** A flow file. It may have problems, but it must be a flow. */
  | { readonly definition: unknown }
  /** A start that leads to an end. Members of a flow file beside `name`, `code`, `remark` and `triggers` are kept. */
  | { readonly blank: JsonObject }
  | ({ readonly template: string } & Naming)
  /** The draft of another flow, or one of its versions. */
  | ({ readonly copyOf: string; readonly version?: number } & Naming);

interface DefinitionParts {
  readonly store: Pick<Store, 'flows'>;
  readonly checkWorld: CheckWorldFor;
}

/** Makes the definition of a new flow. */
export async function newDefinition(parts: DefinitionParts, request: NewFlow): Promise<FlowDefinition | Refusal> {
  if ('copyOf' in request) return copied(parts, request);
  if ('template' in request) return fromTemplate(request);
  const whole = 'blank' in request ? blank(request.blank) : request.definition;
  const read = readEnvelope(whole);
  return 'problems' in read ? { refused: 'flow/invalid', problems: checkFlow(whole, parts.checkWorld()) } : read.definition;
}

async function copied(parts: DefinitionParts, { copyOf, version, code, name }: Extract<NewFlow, { copyOf: string }>) {
  const flow = await knownFlow(parts, copyOf);
  if (isRefused(flow)) return flow;
  const from = version === undefined ? flow.draft : await knownVersion(parts, copyOf, version);
  if (isRefused(from)) return from;
  const { definition } = from;
  return { ...definition, code: code ?? codeFrom(name ?? `${copyOf}-copy`), name: name ?? `${definition.name} (copy)` };
}

async function fromTemplate({ template, code, name }: Extract<NewFlow, { template: string }>) {
  const found = await templateNamed(template);
  if (isRefused(found)) return found;
  const { definition } = found;
  return { ...definition, code: code ?? (name === undefined ? definition.code : codeFrom(name)), name: name ?? definition.name };
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
  const words = foldWords(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '');
  return words.slice(0, 64) || 'flow';
}
