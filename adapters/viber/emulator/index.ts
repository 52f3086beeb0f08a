import {
  answer,
  createEmulatedFiles,
  createEmulatorCore,
  type EmulatedFiles,
  type Emulator,
  type EmulatorCore,
  type Exchange,
  isObject,
  member,
  readJson,
  readText,
  type SendRules,
} from '../../../src/adapter-kit/index.js';
import type { JsonObject, SendFailure } from '../../../src/contract/index.js';
import { accepts, refusalFor, refusalOf } from '../accepts.js';
import { shownIn } from '../shows.js';
import { answerCall, answerText, CALLS, type CallParts, WEBHOOK_NOT_SET } from './calls.js';
import { createPeople, type People } from './people.js';
import type { EmulatorSettings, ViberMessage } from './settings.js';
import { callbackBody, messageMembers, type Opened, profileOf, type Said, signedBy } from './webhooks.js';

export type { Fault } from '../../../src/adapter-kit/index.js';
export type { EmulatorSettings, ViberMessage } from './settings.js';
export type { Opened, Said } from './webhooks.js';

export interface ViberEmulator extends Emulator<ViberMessage, SendFailure>, Phones {
  /** The files that people have sent. */
  readonly files: EmulatedFiles;
}

/** What people do on their phones. */
interface Phones {
  /** A person writes, which subscribes them. Resolves when the host has taken the message; with false if the emulator gave up. */
  say(said: Said): Promise<boolean>;
  /** A person opens the chat. Resolves with the welcome in the host's answer, if there is one. */
  open(opened: Opened): Promise<ViberMessage | undefined>;
  subscribe(from: string, name?: string): Promise<void>;
  unsubscribe(from: string): Promise<void>;
  /** Sends a receipt of a message that was taken. Resolves as `say` does. */
  receipt(heard: ViberMessage, event: 'delivered' | 'seen' | 'failed', desc?: string): Promise<boolean>;
}

/** What the parts of the emulator work on. */
interface Bot {
  readonly core: EmulatorCore<ViberMessage, SendFailure>;
  readonly people: People;
  readonly newToken: () => string;
  readonly files: EmulatedFiles;
  /** The address of the emulator, once it listens. */
  url: string;
}

/** Plays Viber on 127.0.0.1: takes and refuses what Viber does, with the same statuses, and sends signed webhooks and receipts. */
export async function startViberEmulator(settings: EmulatorSettings): Promise<ViberEmulator> {
  const target = { urls: settings.webhookUrl ?? [], headersFor: signedBy(settings.authToken) };
  const bot: Bot = {
    core: createEmulatorCore(settings, target),
    people: createPeople(),
    newToken: createTokens(),
    files: createEmulatedFiles(),
    url: '',
  };
  const phones = phonesOf(bot);
  const server = await bot.core.start({
    answer: routes(settings, bot),
    commands: {
      say: (body) => phones.say(body as JsonObject & Said),
      open: (body) => phones.open(body as JsonObject & Opened),
      subscribe: (body) => phones.subscribe(readText(body['from']) ?? '', readText(body['name'])),
      unsubscribe: (body) => phones.unsubscribe(readText(body['from']) ?? ''),
    },
    async sendReceipts(heard) {
      for (const event of ['delivered', 'seen'] as const) await phones.receipt(heard, event);
    },
  });
  bot.url = server.url;
  return Object.assign(bot.core, { ...server, ...phones, files: bot.files });
}

function phonesOf(bot: Bot): Phones {
  const { core, people, newToken } = bot;
  const deliver = (event: string, members: JsonObject, token = newToken()) => core.sender.deliver(callbackBody({ event, token, members }));
  return {
    async say(said) {
      return (await deliver('message', messageMembers(withFile(said, bot), people.wrote(said.from, said.name)), said.id)) !== undefined;
    },
    async open({ from, name, context }) {
      const person = people.meet(from, name);
      const { subscribed } = person;
      const members = { type: 'open', ...(context === undefined ? {} : { context }), user: profileOf(person), subscribed };
      const raw = (await deliver('conversation_started', members)) ?? '';
      const body = readJson(raw);
      // A subscriber gets no welcome, and not every answer has one.
      if (subscribed || !isObject(body) || !('type' in body || 'keyboard' in body)) return undefined;
      const refusal = refusalOf(raw, 'nobody');
      if (!refusal) return take(bot, { to: from, body, isWelcome: true });
      core.refuse(body, refusal);
      return undefined;
    },
    async subscribe(from, name) {
      await deliver('subscribed', { user: profileOf(people.subscribe(from, name)) });
    },
    async unsubscribe(from) {
      people.unsubscribe(from);
      await deliver('unsubscribed', { user_id: from });
    },
    async receipt({ id, to }, event, desc) {
      return (await deliver(event, { user_id: to, ...(desc === undefined ? {} : { desc }) }, id)) !== undefined;
    },
  };
}

/** Returns what is said with the content of its file, as Viber writes it. */
function withFile({ file, ...said }: Said, { files, url }: Bot): Said {
  if (!file) return said;
  const { type, caption, fileName } = file;
  const media = `${url}/files/${files.add(file)}`;
  return {
    ...said,
    content: {
      type,
      media,
      ...(caption === undefined ? {} : { text: caption }),
      ...(fileName === undefined ? {} : { file_name: fileName }),
    },
  };
}

interface Taken {
  readonly to: string;
  readonly body: JsonObject;
  readonly isWelcome?: true;
}

/** Takes a message for a person. */
function take({ core, people, newToken }: Bot, { to, body, isWelcome }: Taken): ViberMessage {
  people.sentTo(to, body);
  return core.add({ to, id: newToken(), shown: shownIn(body), ...(isWelcome ? { isWelcome } : {}), body });
}

/** Viber's Bot API. */
function routes({ authToken, name = 'Emulated bot', uri = 'emulated' }: EmulatorSettings, bot: Bot): (exchange: Exchange) => unknown {
  const { core, people, newToken } = bot;
  const parts: CallParts = { bot: { name, uri }, people, newToken, sender: core.sender, take: (to, body) => void take(bot, { to, body }) };
  return async (exchange) => {
    // The address of a file works for everybody who has it.
    if (exchange.incoming.url?.startsWith('/files/')) return bot.files.serve(exchange);
    const body = readJson(exchange.raw);
    const token = exchange.incoming.headers['x-viber-auth-token'] ?? readText(member(body, 'auth_token'));
    if (token !== authToken) return answerCall(exchange, refusalFor(2, token === undefined ? 'missing_auth_token' : 'invalidAuthToken'));
    const method = /^\/pa\/(\w+)$/.exec(exchange.incoming.url ?? '')?.[1] ?? '';
    if (method === 'send_message') return core.answerSend(exchange, sendRules(bot));
    const call = Object.hasOwn(CALLS, method) ? CALLS[method] : undefined;
    return call ? answerCall(exchange, await call(parts, body, exchange.raw)) : answer(exchange, 404, '', 'text/html');
  };
}

function sendRules(bot: Bot): SendRules<ViberMessage, SendFailure> {
  const { core, people } = bot;
  return {
    judge(body, request) {
      if (core.sender.urls.length === 0) return WEBHOOK_NOT_SET;
      return accepts(request) ?? people.refusalFor(readText(member(body, 'receiver')) ?? '');
    },
    refuse: answerCall,
    refusalFor: (status) => refusalFor(status, 'requested by a fault'),
    take(body) {
      const heard = take(bot, { to: readText(body['receiver']) ?? '', body });
      return { heard, answer: answerText({ status: 0, token: heard.id, members: { billing_status: 1 } }) };
    },
  };
}

/** Returns a function that makes tokens: above 2^53, where neighbours are equal as doubles, and different after each start. */
function createTokens(): () => string {
  let last = 4_900_000_000_000_000_000n + BigInt(Date.now()) * 10_000n;
  return () => {
    last += 1n;
    return String(last);
  };
}
