import type { ParleyFrom } from './parley-from.js';

/** The files of a provider's adapter that believes nothing and sends nothing yet: its tests fail until it does. */
export function adapterFiles(
  type: string,
  platform: 'whatsapp' | 'viber',
  { contract, joi }: ParleyFrom,
): Readonly<Record<string, string>> {
  return {
    'index.ts': `import { defineAdapter } from '${contract}';
import { type Config, config } from './config.js';
import { limits } from './limits.js';
import { parse, senderOf } from './parse.js';
import { read } from './read.js';
import { render } from './render.js';
import { verify } from './verify.js';

/** Say which provider it is, and by which API. */
export default defineAdapter<Config>({
  type: '${type}',
  platform: '${platform}',
  config,
  secrets: ['token'],
  account: ({ account }) => account,
  app: ({ token }) => token,
  variables: () => ({}),
  senderOf,
  verify,
  parse,
  render,
  read,
  limits,
});
`,
    'config.ts': `${joi}

/** A channel's settings. */
export interface Config {
  readonly account: string;
  readonly token: string;
  readonly baseUrl: string;
}

export const config = Joi.object<Config>({
  account: Joi.string().max(100).required().label('Account'),
  token: Joi.string()
    .pattern(/^[\\x21-\\x7e]{1,1000}$/)
    .required()
    .label('Token'),
  baseUrl: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .required()
    .label('Address of the API'),
});
`,
    'verify.ts': `import type { WebhookRequest } from '${contract}';
import type { Config } from './config.js';

/** The provider's signature over the raw bytes, in constant time: until it is written, nobody is believed. */
export function verify(_request: WebhookRequest, _config: Config): boolean {
  return false;
}
`,
    'parse.ts': `import { type ChannelId, type Identity, type InboundEvent, type Sender, UnreadableBody, type WebhookRequest } from '${contract}';

/** The provider's JSON as events; what is unknown gives nothing. */
export function parse({ body }: WebhookRequest): readonly InboundEvent[] {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new UnreadableBody('no JSON');
  }
  return [];
}

/** The person of an identity, as one who can be written to on this channel. */
export function senderOf(_identity: Identity, _channel: ChannelId): Sender | undefined {
  return undefined;
}
`,
    'render.ts': `import type { OutboundMessage, ProviderRequest } from '${contract}';
import type { Config } from './config.js';

/** A message as the provider's requests. */
export function render(_to: string, message: OutboundMessage, _config: Config, _effectId: string): readonly ProviderRequest[] {
  throw new Error(\`a message of type \${message.type} cannot be written yet\`);
}
`,
    'read.ts': `import type { ProviderReply, SendError, SendReceipt } from '${contract}';

/** The provider's answer: a receipt, or the error that says whether to try again. */
export function read(reply: ProviderReply): SendReceipt | SendError {
  if ('failed' in reply)
    return reply.failed === 'unreachable'
      ? { ok: false, kind: 'unreachable', code: 'send/unreachable', message: 'the provider cannot be reached' }
      : { ok: false, kind: 'unknown', code: 'send/answer-lost', message: 'the answer was lost' };
  return { ok: false, kind: 'unknown', code: 'send/unreadable-answer', message: 'answers cannot be read yet' };
}
`,
    'limits.ts': `import type { ChannelLimits } from '${contract}';

/** What the provider takes, each number with a link to its page. */
export const limits: ChannelLimits = {
  text: 1_000,
  caption: 1_000,
  bodyWithChoices: 1_000,
  header: 60,
  footer: 60,
  buttons: { max: 3, title: 20, id: 200 },
  list: { max: 10, title: 24, description: 72, id: 200, button: 20 },
  link: { button: 20, text: 1_000 },
  shows: ['text'],
  pace: { perSecond: 10 },
};
`,
    'cases.ts': `import type { AdapterCases } from '${contract}';

/** The settings that the cases run with. */
export const settings = { account: 'an-account', token: 'a-token', baseUrl: 'https://provider.example' };

/** Members that every request has, and that the tables leave out. */
export const envelope: AdapterCases['envelope'] = [];

/** A delivery that the provider has signed. */
export const signed: AdapterCases['signed'] = { body: '{}', headers: { 'x-signature': 'put a real one here' } };

/** What each file in fixtures/ comes to: real payloads, one file each, named for what happened. */
export const inbound: AdapterCases['inbound'] = {};

/** Messages, and the bodies of the requests that they become. */
export const outbound: AdapterCases['outbound'] = [
  { name: 'a text', message: { type: 'text', text: 'Hello' }, bodies: [{ text: 'Hello' }] },
];

/** Answers, and what they mean. */
export const answers: AdapterCases['answers'] = [
  { reply: { status: 200, headers: {}, body: '{}' }, kind: 'ok' },
];
`,
    'README.md': `# ${type}

Say how to get credentials, which webhook to set, and what is not supported.
`,
  };
}
