import Joi from 'joi';
import { type FlowDefinition, type JsonObject, UserError } from '../../contract/index.js';
import { checkFlow } from '../../flow/check.js';
import { CODE, readEnvelope } from '../../flow/envelope.js';
import { foldWords } from '../../text/fold.js';
import { checkedBody } from '../mount-routes.js';
import type { HttpParts } from '../parts.js';
import { templateNamed } from './templates.js';

/** A new flow's code and name, where they are not to be made up. */
const naming = { code: Joi.string().pattern(CODE), name: Joi.string().max(200) };

export const COPY = Joi.object({ copyOf: Joi.string().required(), version: Joi.number().integer().min(1), ...naming });
export const FROM_TEMPLATE = Joi.object({ template: Joi.string().required(), ...naming });
export const BLANK = Joi.object({
  name: Joi.string().max(200).required(),
  code: naming.code,
  remark: Joi.string().allow('').max(2000),
  triggers: Joi.array().items(Joi.object().unknown(true)),
});

/** The definition of a new flow: the body itself, or made from a template, from another flow, or blank. */
export async function newDefinition(parts: HttpParts, body: unknown): Promise<FlowDefinition> {
  const request = body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as JsonObject) : {};
  const isWhole = 'format' in request || 'nodes' in request;
  if (!isWhole && 'copyOf' in request) return copied(parts, request);
  if (!isWhole && 'template' in request) return fromTemplate(request);
  const whole = isWhole || !('name' in request) ? body : blank(request);
  const read = readEnvelope(whole);
  if ('problems' in read) throw new UserError(422, 'flow/invalid', 'The body is not a valid flow.', checkFlow(whole, parts.checkWorld()));
  return read.definition;
}

async function copied({ store }: HttpParts, request: JsonObject): Promise<FlowDefinition> {
  const { copyOf, version, code, name } = checkedBody<{ copyOf: string; version?: number; code?: string; name?: string }>(request, COPY);
  const flow = await store.flows.get(copyOf);
  if (!flow) throw new UserError(404, 'flow/unknown', `There is no flow "${copyOf}".`);
  const from = version === undefined ? flow.draft.definition : (await store.flows.version(copyOf, version))?.definition;
  if (!from) throw new UserError(404, 'flow/no-version', `"${copyOf}" has no version ${version}.`);
  return { ...from, code: code ?? codeFrom(name ?? `${copyOf}-copy`), name: name ?? `${from.name} (copy)` };
}

async function fromTemplate(request: JsonObject): Promise<FlowDefinition> {
  const { template, code, name } = checkedBody<{ template: string; code?: string; name?: string }>(request, FROM_TEMPLATE);
  const { definition } = await templateNamed(template);
  return { ...definition, code: code ?? (name === undefined ? definition.code : codeFrom(name)), name: name ?? definition.name };
}

/** A start that leads to an end. */
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
