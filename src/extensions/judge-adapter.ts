import Joi from 'joi';
import type { ChannelAdapter } from '../contract/index.js';
import { joiSchema } from './joi-schema.js';
import { name } from './judge-plugin.js';
import { isObject, messagesOf } from './mistakes.js';

const call = Joi.function();
const count = Joi.number().integer().min(0).required();
const limits = Joi.object({
  text: count,
  caption: count,
  bodyWithChoices: count,
  header: count,
  footer: count,
  buttons: Joi.object({ max: count, title: count, id: count }).unknown(true).required(),
  list: Joi.object({ max: count, title: count, description: count, id: count, button: count }).unknown(true).required(),
  link: Joi.object({ button: count, text: count }).unknown(true).required(),
  carousel: Joi.object({ min: count, max: count, text: count, cardText: count }).unknown(true),
  shows: Joi.array().items(Joi.string()).required(),
  windowHours: Joi.number().positive(),
  pace: Joi.object({
    perSecond: Joi.number().positive().required(),
    pair: Joi.object({ burst: count, everyMillis: count }).unknown(true),
  })
    .unknown(true)
    .required(),
}).unknown(true);

const ADAPTER = Joi.object({
  type: name.required(),
  platform: Joi.string().valid('whatsapp', 'viber').required(),
  title: Joi.string().max(100).required(),
  config: joiSchema('object').required(),
  secrets: Joi.array().items(Joi.string()).required(),
  account: call.required(),
  app: call.required(),
  variables: call.required(),
  senderOf: call.required(),
  verify: call.required(),
  parse: call.required(),
  render: call.required(),
  read: call.required(),
  shows: call.required(),
  accepts: call.required(),
  link: call,
  userId: call,
  handshake: call,
  answer: call,
  tappable: call,
  refusal: call,
  notSubscribed: Joi.string(),
  replacesButtons: Joi.boolean().valid(true),
  pace: call,
  onUnknown: call,
  inquiry: call,
  media: Joi.object({
    fetch: Joi.string().valid('arrival', 'demand').required(),
    keptFor: Joi.number().positive().required(),
    owns: call.required(),
    headers: call,
    locate: call,
  }).unknown(true),
  limits: limits.required(),
}).unknown(true);

/** Returns the reasons why a host refuses this adapter. Empty if it does not. */
export function mistakesInAdapter(adapter: unknown): readonly string[] {
  if (!isObject(adapter) || !('parse' in adapter)) return ['it is not an adapter: use defineAdapter({ … })'];
  const { error } = ADAPTER.validate(adapter, { abortEarly: false, convert: false, errors: { label: 'path' } });
  return error ? messagesOf(error) : secretsWithoutSetting(adapter as ChannelAdapter);
}

/** Finds secrets that are not in `config`: a secret with a misspelt name would be shown. */
function secretsWithoutSetting({ secrets, config }: ChannelAdapter): readonly string[] {
  const { keys = {} } = config.describe() as { readonly keys?: Readonly<Record<string, unknown>> };
  return (secrets as readonly string[])
    .filter((secret) => !Object.hasOwn(keys, secret))
    .map((secret) => `secrets contains ${JSON.stringify(secret)}, which is not in config`);
}
