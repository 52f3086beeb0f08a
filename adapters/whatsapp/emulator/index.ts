import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { jsonOf } from '../../../src/contract/exact-json.js';
import type { JsonObject } from '../../../src/contract/index.js';
import { isObject, objectsIn, textOf } from '../../../src/contract/json-members.js';
import { namesOf, recipientOf, recipientRefusal, type Writer } from './recipient.js';
import { refusalOf } from './rules.js';
import { type Heard, shown, shows, tapped } from './view.js';
import { createWebhookSender } from './webhooks.js';

/** A phone number at the emulated Meta, and where its webhooks go. */
export interface EmulatorSettings {
  readonly phoneNumberId: string;
  readonly businessAccountId: string;
  readonly displayPhoneNumber: string;
  readonly accessToken: string;
  readonly appSecret: string;
  /** Of several, as behind a load balancer, each delivery goes to the next. */
  readonly webhookUrl: string | readonly string[];
  /** 0 or absent takes a free one. */
  readonly port?: number;
  /** Sends `sent`, `delivered` and `read` for each message taken. */
  readonly receipts?: boolean;
  /** Refuses anything but templates to people who have not written within 24 hours (131047). */
  readonly windows?: boolean;
  /** When somebody wrote before this emulator was started, in milliseconds since 1970; nobody did when absent. */
  readonly wroteBefore?: (recipient: string) => Promise<number | undefined>;
  /** How often a webhook is brought again, and the longest pause between, in milliseconds; 60 times and 2 s when absent. */
  readonly retries?: { readonly most: number; readonly pause: number };
  /** What a request suffers for which `next` has said nothing. */
  readonly fault?: () => Fault;
  /** Whom Meta knows behind an address, where that is not the wa_id of the same digits. */
  readonly recipient?: (to: string) => { readonly wa_id?: string; readonly user_id?: string } | undefined;
  /** Told of each message as it is taken, before it is answered. */
  readonly onTaken?: (taking: Taking) => void;
}

/** One thing that goes wrong with one request. */
export interface Fault {
  /** One of Meta's codes, with an HTTP status (400 when absent). */
  readonly error?: number;
  readonly status?: number;
  /** Milliseconds before the message is taken. */
  readonly delay?: number;
  /** Milliseconds between its being taken and the answer. */
  readonly slow?: number;
  /** The connection breaks before the message is taken. */
  readonly drop?: boolean;
  /** The message is taken, and the answer lost. */
  readonly lost?: boolean;
  /** The message is taken, and answered with 200 and a page of somebody else's. */
  readonly nonsense?: boolean;
  /** The message is taken, and the answer breaks off in the middle. */
  readonly broken?: boolean;
  /** A page of some proxy with this status. */
  readonly html?: number;
}

/** How a message was taken. */
export interface Taking {
  readonly heard: Heard;
  /** When its request came, in milliseconds. */
  readonly askedAt: number;
  readonly fault: Fault;
  readonly connection: Socket;
}

export interface Said extends Writer {
  readonly name?: string;
  /** The message's id and time in milliseconds, of one that is brought again; new ones when absent. */
  readonly id?: string;
  readonly at?: number;
  readonly text?: string;
  readonly choice?: { readonly id: string; readonly title: string };
  /** The id of the message that is tapped; the newest one that shows the choice when absent. */
  readonly quotes?: string;
  /** Any other content, as Meta writes it: `{ type: 'image', image: { … } }`. */
  readonly content?: JsonObject;
}

export interface WhatsAppEmulator {
  readonly url: string;
  /** Everything that was taken, in order. */
  readonly heard: readonly Heard[];
  /** Bodies that were refused for what they are, with the reason. */
  readonly refused: readonly { readonly body: unknown; readonly details: string }[];
  readonly requests: number;
  /** Faults of the next requests, one each. */
  next(...faults: readonly Fault[]): void;
  /** What each webhook suffers from now on. */
  webhooks(faults: { readonly duplicate?: boolean; readonly reorder?: boolean }): void;
  /** A person writes; resolves when the host has taken it, false when the emulator gave up. */
  say(said: Said): Promise<boolean>;
  /** A status of a message that was taken; resolves as `say`. */
  receipt(heard: Heard, status: 'sent' | 'delivered' | 'read' | 'failed', error?: JsonObject): Promise<boolean>;
  close(): Promise<void>;
}

/** Plays Meta on localhost: takes what Meta takes, refuses what it refuses with the same codes, sends signed webhooks and receipts. */
export async function startWhatsAppEmulator(settings: EmulatorSettings): Promise<WhatsAppEmulator> {
  const heard: Heard[] = [];
  const refused: { body: unknown; details: string }[] = [];
  const faults: Fault[] = [];
  const lastWrote = new Map<string, number>();
  const listening = new Set<() => void>();
  const webhooks = createWebhookSender(settings);
  let requests = 0;

  const metadata = { display_phone_number: settings.displayPhoneNumber.replace(/\D/g, ''), phone_number_id: settings.phoneNumberId };
  const deliver = (value: JsonObject) => webhooks.deliver({ messaging_product: 'whatsapp', metadata, ...value });

  async function say({ name = 'Somebody', id = newId(), at = Date.now(), text, choice, content, ...more }: Said): Promise<boolean> {
    const { from, quotes } = more;
    const names = namesOf(more);
    lastWrote.set(from, Date.now());
    const said =
      content ??
      (choice
        ? tapped(
            choice,
            heard.findLast((one) => one.to === from && (quotes === undefined ? shows(one, choice.id) : one.id === quotes)),
          )
        : { type: 'text', text: { body: text ?? '' } });
    return deliver({
      contacts: [{ profile: { name }, ...names.contact }],
      messages: [{ ...names.message, id, timestamp: String(Math.floor(at / 1000)), ...said }],
    });
  }

  function receipt({ id, to, body }: Heard, status: string, error?: JsonObject): Promise<boolean> {
    const opaque = textOf(body['biz_opaque_callback_data']);
    return deliver({
      statuses: [
        {
          id,
          status,
          timestamp: String(Math.floor(Date.now() / 1000)),
          recipient_id: to,
          ...(opaque === undefined ? {} : { biz_opaque_callback_data: opaque }),
          ...(error ? { errors: [error] } : {}),
        },
      ],
    });
  }

  /** Meta knows who wrote, also after a restart. */
  async function recall(recipient: string): Promise<void> {
    const at = lastWrote.has(recipient) ? undefined : await settings.wroteBefore?.(recipient);
    if (at !== undefined) lastWrote.set(recipient, at);
  }

  async function takeSend(incoming: IncomingMessage, response: ServerResponse, raw: string): Promise<void> {
    requests += 1;
    const askedAt = Date.now();
    const body = jsonOf(raw);
    if (settings.windows) await recall(recipientOf(body));
    const windows = settings.windows ? { wroteAt: (recipient: string) => lastWrote.get(recipient) } : {};
    const refusal = refusalOf(body) ?? recipientRefusal(body, { own: metadata.display_phone_number, now: askedAt, ...windows });
    if (refusal) {
      refused.push({ body, details: refusal.details });
      answerError(response, 400, refusal.code, refusal.details);
      return;
    }
    const fault = faults.shift() ?? settings.fault?.() ?? {};
    if (fault.delay !== undefined) await new Promise((done) => setTimeout(done, fault.delay).unref());
    if (fault.drop || incoming.socket.destroyed) response.destroy();
    else if (fault.html !== undefined) answer(response, fault.html, '<html>Bad gateway</html>', 'text/html');
    else if (fault.error !== undefined) answerError(response, fault.status ?? 400, fault.error, 'as asked for');
    else if (isObject(body) && body['status'] !== undefined) answer(response, 200, '{"success":true}');
    else accept(response, body as JsonObject, { askedAt, fault, connection: incoming.socket });
  }

  function accept(response: ServerResponse, body: JsonObject, how: Omit<Taking, 'heard'>): void {
    const to = recipientOf(body);
    const one: Heard = { index: heard.length, to, id: newId(), ...shown(body), body };
    heard.push(one);
    settings.onTaken?.({ heard: one, ...how });
    const contacts = [{ input: to, wa_id: to, ...settings.recipient?.(to) }];
    const taken = JSON.stringify({ messaging_product: 'whatsapp', contacts, messages: [{ id: one.id, message_status: 'accepted' }] });
    if (how.fault.lost) response.destroy();
    else if (how.fault.nonsense) answer(response, 200, '<html>Welcome</html>', 'text/html');
    else if (how.fault.broken) breakOff(response, taken);
    else if (how.fault.slow !== undefined) setTimeout(() => answer(response, 200, taken), how.fault.slow).unref();
    else answer(response, 200, taken);
    for (const wake of listening) wake();
    if (settings.receipts) void sendReceipts(one);
  }

  async function sendReceipts(one: Heard): Promise<void> {
    for (const status of ['sent', 'delivered', 'read'] as const) await receipt(one, status);
  }

  async function control(incoming: IncomingMessage, response: ServerResponse, raw: string): Promise<void> {
    // A page in somebody's browser is not to speak for a person.
    if (incoming.headers.origin !== undefined) return answer(response, 403, '{"error":"not for browsers"}');
    const url = new URL(incoming.url ?? '/', 'http://emulator');
    if (url.pathname === '/emulator/messages') {
      const [to, after] = [url.searchParams.get('to'), Number(url.searchParams.get('after') ?? -1)];
      const found = () => heard.filter((one) => one.index > after && (to === null || one.to === to));
      if (found().length === 0) await somethingHeard(Math.min(20, Number(url.searchParams.get('wait') ?? 0)) * 1_000);
      answer(response, 200, JSON.stringify({ items: found() }));
      return;
    }
    const body = jsonOf(raw);
    if (!isObject(body)) return answer(response, 400, '{"error":"the body is no JSON object"}');
    if (url.pathname === '/emulator/say') await say(body as JsonObject & Said);
    else if (url.pathname === '/emulator/faults') {
      faults.push(...(objectsIn(body['next']) as readonly Fault[]));
      Object.assign(webhooks.faults, isObject(body['webhooks']) ? body['webhooks'] : {});
    } else return answer(response, 404, '{"error":"unknown"}');
    answer(response, 200, '{}');
  }

  function somethingHeard(limit: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        listening.delete(done);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, limit);
      listening.add(done);
    });
  }

  const server = createServer((incoming, response) => {
    let raw = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => {
      raw += part;
    });
    incoming.on('end', () => {
      const [, first = '', id, call] = (incoming.url ?? '').replace(/\?.*$/, '').split('/');
      if (first === 'emulator') void control(incoming, response, raw);
      else if (incoming.headers.authorization !== `Bearer ${settings.accessToken}`)
        answerError(response, 401, 190, 'Invalid OAuth access token.');
      else if (incoming.method === 'GET' && id === settings.phoneNumberId && call === undefined)
        answer(response, 200, JSON.stringify({ display_phone_number: settings.displayPhoneNumber, id }));
      else if (!/^v\d+\.\d+$/.test(first) || id !== settings.phoneNumberId || call !== 'messages')
        answerError(response, 400, 100, `Unsupported request: ${incoming.url}`);
      else void takeSend(incoming, response, raw);
    });
  });
  await new Promise<void>((listen, fail) => {
    server.once('error', fail);
    server.listen(settings.port ?? 0, '127.0.0.1', listen);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    refused,
    get requests() {
      return requests;
    },
    next: (...list) => void faults.push(...list),
    webhooks: (request) => void Object.assign(webhooks.faults, request),
    say,
    receipt,
    async close() {
      webhooks.close();
      for (const wake of listening) wake();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function answer(response: ServerResponse, status: number, body: string, contentType = 'application/json'): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}

/** The head and half of the body come; then the connection ends. */
function breakOff(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.slice(0, body.length / 2), () => response.socket?.end());
}

function answerError(response: ServerResponse, status: number, code: number, details: string): void {
  const error = {
    message: `(#${code}) ${details}`,
    type: 'OAuthException',
    code,
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: randomBytes(8).toString('hex'),
  };
  answer(response, status, JSON.stringify({ error }));
}

function newId(): string {
  return `wamid.${randomBytes(18).toString('base64')}`;
}
