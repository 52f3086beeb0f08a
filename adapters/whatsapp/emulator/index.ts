import { randomBytes } from 'node:crypto';
import {
  answer,
  createEmulatedFiles,
  createEmulatorCore,
  type EmulatedFiles,
  type Emulator,
  type Exchange,
  type HeardMessage,
  readText,
  type SendRules,
} from '../../../src/adapter-kit/index.js';
import type { JsonObject, SendFailure } from '../../../src/contract/index.js';
import { accepts, refusalFor } from '../accepts.js';
import { shows } from '../shows.js';
import { openRecipients, recipientOf } from './recipient.js';
import type { EmulatorSettings } from './settings.js';
import { messageValue, type Said, signedBy, statusValue, webhookBody } from './webhooks.js';

export type { Fault } from '../../../src/adapter-kit/index.js';
export type { EmulatorSettings } from './settings.js';
export type { Said } from './webhooks.js';

export interface WhatsAppEmulator extends Emulator<HeardMessage, SendFailure> {
  /** The messages below which "typing…" was shown, in order. */
  readonly typing: readonly string[];
  /** A person writes. Resolves when the host has taken the message; with false if the emulator gave up. */
  say(said: Said): Promise<boolean>;
  /** The files that people have sent, by the ids that webhooks have. */
  readonly files: EmulatedFiles;
  /** Sends a status of a message that was taken. Resolves as `say` does. */
  receipt(heard: HeardMessage, status: 'sent' | 'delivered' | 'read' | 'failed', error?: JsonObject): Promise<boolean>;
}

/** Plays Meta on 127.0.0.1: takes and refuses what Meta does, with the same codes, and sends signed webhooks and receipts. */
export async function startWhatsAppEmulator(settings: EmulatorSettings): Promise<WhatsAppEmulator> {
  const target = { urls: settings.webhookUrl, headersFor: signedBy(settings.appSecret) };
  const core = createEmulatorCore<HeardMessage, SendFailure>(settings, target);
  const recipients = openRecipients(settings);
  const files = createEmulatedFiles();
  const typing: string[] = [];

  async function deliver(value: JsonObject): Promise<boolean> {
    return (await core.sender.deliver(webhookBody(settings, value))) !== undefined;
  }

  function say(said: Said): Promise<boolean> {
    recipients.wrote(said.from);
    return deliver(messageValue(withFile(said, files), { id: newId(), heard: core.heard }));
  }

  const receipt: WhatsAppEmulator['receipt'] = (heard, status, error) => deliver(statusValue(heard, status, error));

  const rules: SendRules<HeardMessage, SendFailure> = {
    judge: async (body, request) => accepts(request) ?? (await recipients.refusalOf(body)),
    refuse: answerRefusal,
    refusalFor: (code) => refusalFor({ code, details: 'requested by a fault' }),
    take(body, request) {
      const shown = shows(request);
      if (!shown) {
        if (body['typing_indicator'] !== undefined) typing.push(readText(body['message_id']) ?? '');
        return { answer: '{"success":true}' };
      }
      const to = recipientOf(body);
      const heard = core.add({ to, id: newId(), shown, body });
      const contacts = [{ input: to, wa_id: to, ...settings.recipient?.(to) }];
      const messages = [{ id: heard.id, message_status: 'accepted' }];
      return { heard, answer: JSON.stringify({ messaging_product: 'whatsapp', contacts, messages }) };
    },
  };

  const server = await core.start({
    answer: routes(settings, files, (exchange) => core.answerSend(exchange, rules)),
    commands: { say: (body) => say(body as JsonObject & Said) },
    async sendReceipts(heard) {
      for (const status of ['sent', 'delivered', 'read'] as const) await receipt(heard, status);
    },
  });
  return Object.assign(core, { ...server, files, typing, say, receipt });
}

/** Meta's Graph API, as far as a phone number uses it. */
function routes(settings: EmulatorSettings, files: EmulatedFiles, send: (exchange: Exchange) => unknown): (exchange: Exchange) => unknown {
  const { accessToken, phoneNumberId, displayPhoneNumber } = settings;
  return (exchange) => {
    const { url = '', method, headers } = exchange.incoming;
    const [, version = '', id, call] = url.replace(/\?.*$/, '').split('/');
    if (headers.authorization !== `Bearer ${accessToken}`) return answerRefusal(exchange, INVALID_TOKEN, 401);
    if (method === 'GET' && id === phoneNumberId && call === undefined)
      return answer(exchange, 200, JSON.stringify({ display_phone_number: displayPhoneNumber, id }));
    if (method === 'GET' && version === 'files') return files.serve(exchange);
    const file = method === 'GET' && call === undefined ? files.get(id ?? '') : undefined;
    if (file)
      return answer(
        exchange,
        200,
        JSON.stringify({
          messaging_product: 'whatsapp',
          url: `http://${headers.host}/files/${id}`,
          mime_type: file.mimeType,
          file_size: file.bytes.length,
          id,
        }),
      );
    if (/^v\d+\.\d+$/.test(version) && id === phoneNumberId && call === 'messages') return send(exchange);
    return answerRefusal(exchange, refusalFor({ code: 100, details: `Unsupported request: ${url}` }));
  };
}

/** Returns what is said with the content of its file, as Meta writes it. */
function withFile({ file, ...said }: Said, files: EmulatedFiles): Said {
  if (!file) return said;
  const { type, mimeType, caption, fileName } = file;
  const part = {
    id: files.add(file),
    mime_type: mimeType,
    ...(caption === undefined ? {} : { caption }),
    ...(fileName === undefined ? {} : { filename: fileName }),
  };
  return { ...said, content: { type, [type]: part } };
}

const INVALID_TOKEN = refusalFor({ code: 190, details: 'Invalid OAuth access token.' });

function answerRefusal(exchange: Exchange, { code, message: details }: SendFailure, status = 400): void {
  const error = {
    message: `(#${code}) ${details}`,
    type: 'OAuthException',
    code: Number(code),
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: randomBytes(8).toString('hex'),
  };
  answer(exchange, status, JSON.stringify({ error }));
}

function newId(): string {
  return `wamid.${randomBytes(18).toString('base64')}`;
}
