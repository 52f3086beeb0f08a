import type { ParleyFrom } from './parley-from.js';
import { titleOf } from './title-of.js';

/** Returns the files of an adapter that accepts no webhook and sends nothing: its tests fail until it is written. */
export function adapterFiles(
  type: string,
  platform: 'whatsapp' | 'viber',
  { contract, adapterKit }: ParleyFrom,
): Readonly<Record<string, string>> {
  return {
    'index.ts': `import { defineAdapter } from '${adapterKit}';
import { accepts } from './accepts.js';
import { type Config, config } from './config.js';
import { limits } from './limits.js';
import { parse, senderOf } from './parse.js';
import { read } from './read.js';
import { render } from './render.js';
import { shows } from './shows.js';
import { verify } from './verify.js';

/** Say which provider it is, and by which API. */
export default defineAdapter<Config>({
  type: '${type}',
  platform: '${platform}',
  title: '${titleOf(type)}',
  config,
  secrets: ['token'],
  account: ({ account }) => account,
  app: ({ token }) => token,
  variables: () => ({}),
  senderOf,
  verify,
  parse,
  render,
  shows,
  accepts,
  read,
  limits,
  pace: ({ throughput }) => (throughput === 0 ? undefined : { perSecond: throughput }),
  onUnknown: ({ onUnknown }) => onUnknown,
});
`,
    'config.ts': `import { baseUrlSetting, Joi, onUnknownSetting, secretSetting, throughputSetting } from '${adapterKit}';
import type { UnknownSends } from '${contract}';

/** The settings of a channel. */
export interface Config {
  readonly account: string;
  readonly token: string;
  readonly baseUrl: string;
  readonly throughput: number;
  readonly onUnknown: UnknownSends;
}

export const config = Joi.object<Config>({
  account: Joi.string().max(100).required().label('Account').description('Write here where it is found.'),
  token: secretSetting('Token', 'Write here where it is found.'),
  baseUrl: baseUrlSetting('Address of the API').required(),
  throughput: throughputSetting(10),
  onUnknown: onUnknownSetting(),
});
`,
    'verify.ts': `import type { WebhookRequest } from '${contract}';
import type { Config } from './config.js';

/** Returns true if the provider signed the webhook. Until this is written, no webhook is accepted. */
export function verify(_request: WebhookRequest, _config: Config): boolean {
  return false;
}
`,
    'parse.ts': `import { readBody } from '${adapterKit}';
import type { ChannelId, Identity, InboundEvent, Sender, WebhookRequest } from '${contract}';

/** Returns the events of a webhook. What is unknown gives no event. */
export function parse(request: WebhookRequest): readonly InboundEvent[] {
  readBody(request);
  return [];
}

/** Returns the person of an identity, with the address that messages are sent to. */
export function senderOf(_identity: Identity, _channel: ChannelId): Sender | undefined {
  return undefined;
}
`,
    'render.ts': `import type { OutboundMessage, ProviderRequest } from '${contract}';
import type { Config } from './config.js';

/** Returns the requests that send a message. */
export function render(_to: string, message: OutboundMessage, _config: Config, _effectId: string): readonly ProviderRequest[] {
  throw new Error(\`messages of type \${message.type} cannot be sent yet\`);
}
`,
    'shows.ts': `import { member, readJson, readText, withoutEmpty } from '${adapterKit}';
import type { ProviderRequest, Shown } from '${contract}';

/** Returns what a person sees of a request that \`render\` has made; undefined for one that shows nothing. */
export function shows({ body }: ProviderRequest): Shown | undefined {
  return withoutEmpty<Shown>({ kind: 'text', text: readText(member(readJson(body), 'text')) });
}
`,
    'accepts.ts': `import { isTextWithin, member, readJson } from '${adapterKit}';
import type { ProviderRequest, SendFailure } from '${contract}';

/** Returns why the provider would refuse a request; undefined if it would take it. Write it from the provider's documentation. */
export function accepts({ body }: ProviderRequest): SendFailure | undefined {
  if (isTextWithin(member(readJson(body), 'text'), 1_000)) return undefined;
  return { kind: 'rejected', code: 'put the code of the provider here', message: 'text is 1 to 1000 characters' };
}
`,
    'read.ts': `import { readUnrecognizedReply } from '${adapterKit}';
import type { ProviderReply, SendError, SendReceipt } from '${contract}';

/** Returns what a reply of the provider means: the message was taken, or why not. */
export function read(reply: ProviderReply): SendReceipt | SendError {
  return readUnrecognizedReply(reply, { provider: 'the provider', configStatuses: [401] });
}
`,
    'limits.ts': `import type { ChannelLimits } from '${contract}';

/** What the provider takes. Add a link to its page to each number. */
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

/** A webhook that the provider signed with these settings. */
export const signed: AdapterCases['signed'] = { body: '{}', headers: { 'x-signature': 'put a real one here' } };

/** The events of each file in fixtures/: real payloads, one file each, named after what happened. */
export const inbound: AdapterCases['inbound'] = {};

/** Messages, and the bodies of their requests. */
export const outbound: AdapterCases['outbound'] = [
  { name: 'a text', message: { type: 'text', text: 'Hello' }, bodies: [{ text: 'Hello' }] },
];

/** Replies of the provider, and what they mean. */
export const answers: AdapterCases['answers'] = [
  { reply: { status: 200, headers: {}, body: '{}' }, kind: 'ok' },
];
`,
    'README.md': `# ${type}

Say how to get credentials, which webhook to set, and what is not supported.
`,
  };
}
