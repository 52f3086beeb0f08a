import { jsonOf } from '../../../src/contract/exact-json.js';
import type { JsonObject } from '../../../src/contract/index.js';
import { isObject, textOf } from '../../../src/contract/json-members.js';
import { CALLS, type CallParts, sendRefusal } from './calls.js';
import { createControl } from './control.js';
import { answer, breakOff, listen, type Request, tell } from './http.js';
import type { EmulatorSettings, Fault, ViberEmulator } from './interface.js';
import { createPeople, type Person } from './people.js';
import { type Refusal, refusalOf } from './rules.js';
import { type Heard, shown } from './view.js';
import { createWebhookSender } from './webhooks.js';

/** Plays Viber on localhost: takes what Viber takes, refuses what it refuses with the same status, sends signed webhooks and receipts. */
export async function startViberEmulator(settings: EmulatorSettings): Promise<ViberEmulator> {
  const heard: Heard[] = [];
  const refused: (Refusal & { readonly body: unknown })[] = [];
  const faults: Fault[] = [];
  const people = createPeople();
  const webhooks = createWebhookSender(settings);
  const newToken = createTokens();
  const bot = { name: settings.name ?? 'Emulated bot', uri: settings.uri ?? 'emulated' };
  const calls: CallParts = { bot, people, webhooks, newToken, take: (to, body) => void take(to, body) };
  let requests = 0;

  function take(to: string, body: JsonObject, isWelcome = false): Heard {
    const one: Heard = { index: heard.length, to, id: newToken(), ...shown(body), ...(isWelcome ? { isWelcome } : {}), body };
    heard.push(one);
    people.sentTo(to, body);
    control.wake();
    if (settings.receipts) void emulator.receipt(one, 'delivered').then(() => emulator.receipt(one, 'seen'));
    return one;
  }

  async function takeSend(request: Request): Promise<void> {
    requests += 1;
    const askedAt = Date.now();
    const body = jsonOf(request.raw);
    const refusal = sendRefusal(calls, body, request.raw);
    if (refusal || !isObject(body)) return refuse(request, body, refusal);
    const fault = faults.shift() ?? settings.fault?.() ?? {};
    if (fault.delay !== undefined) await new Promise((done) => setTimeout(done, fault.delay).unref());
    if (fault.drop || request.incoming.socket.destroyed) request.response.destroy();
    else if (fault.html !== undefined) answer(request, fault.html, '<html>Bad gateway</html>', 'text/html');
    else if (fault.error !== undefined) tell(request, { status: fault.error, reason: 'as asked for' }, fault.status);
    else {
      const one = take(textOf(body['receiver']) ?? '', body);
      settings.onTaken?.({ heard: one, askedAt, fault, connection: request.incoming.socket });
      const told = () => tell(request, { status: 0, token: one.id, more: { billing_status: 1 } });
      if (fault.lost) request.response.destroy();
      else if (fault.nonsense) answer(request, 200, '<html>Welcome</html>', 'text/html');
      else if (fault.broken) breakOff(request);
      else if (fault.slow !== undefined) setTimeout(told, fault.slow).unref();
      else told();
    }
  }

  function refuse(request: Request, body: unknown, refusal: Refusal = { status: 3, reason: 'badData' }): void {
    refused.push({ body, ...refusal });
    tell(request, refusal);
  }

  async function takeCall(request: Request): Promise<void> {
    const body = jsonOf(request.raw);
    const token = request.incoming.headers['x-viber-auth-token'] ?? (isObject(body) ? body['auth_token'] : undefined);
    if (token !== settings.authToken)
      return tell(request, { status: 2, reason: token === undefined ? 'missing_auth_token' : 'invalidAuthToken' });
    const name = /^\/pa\/(\w+)$/.exec(request.incoming.url ?? '')?.[1] ?? '';
    if (name === 'send_message') return takeSend(request);
    const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
    if (call) tell(request, await call(calls, body, request.raw));
    else answer(request, 404, '', 'text/html');
  }

  const emulator: ViberEmulator = {
    get url() {
      return url;
    },
    heard,
    refused,
    get requests() {
      return requests;
    },
    next: (...list) => void faults.push(...list),
    webhooks: (request) => void Object.assign(webhooks.faults, request),
    async say({ from, name, id = newToken(), at = Date.now(), text, choice, content }) {
      const person = people.wrote(from, name);
      const message = { ...(content ?? { type: 'text', text: choice?.id ?? text ?? '' }), tracking_data: person.tracking };
      const told = { timestamp: at, sender: profile(person), message, silent: false };
      return (await webhooks.deliver('message', id, told)) !== undefined;
    },
    async open({ from, name, context }) {
      const person = people.meet(from, name);
      const { subscribed } = person;
      const opened = { type: 'open', ...(context === undefined ? {} : { context }), user: profile(person), subscribed };
      const raw = (await webhooks.deliver('conversation_started', newToken(), opened)) ?? '';
      const body = jsonOf(raw);
      // Whoever is subscribed gets no welcome, and not every answer is one.
      if (subscribed || !isObject(body) || !('type' in body || 'keyboard' in body)) return undefined;
      const refusal = refusalOf(body, raw, true);
      if (!refusal) return take(from, body, true);
      refused.push({ body, ...refusal });
      return undefined;
    },
    async subscribe(from, name) {
      await webhooks.deliver('subscribed', newToken(), { user: profile(people.subscribe(from, name)) });
    },
    async unsubscribe(from) {
      people.unsubscribe(from);
      await webhooks.deliver('unsubscribed', newToken(), { user_id: from });
    },
    async receipt({ id, to }, event, desc) {
      const told = { user_id: to, ...(desc === undefined ? {} : { desc }) };
      return (await webhooks.deliver(event, id, told)) !== undefined;
    },
    async close() {
      webhooks.close();
      control.wake();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const control = createControl(emulator);
  const { server, url } = await listen(settings.port ?? 0, (request) => {
    void (request.incoming.url?.startsWith('/emulator/') ? control.answer(request) : takeCall(request));
  });
  return emulator;
}

function profile({ id, name }: Person): JsonObject {
  return { id, name, avatar: 'https://media-direct.cdn.viber.com/pg_download', country: 'DE', language: 'en', api_version: 10 };
}

/** Above 2^53, where neighbours are equal as doubles; other ones with each start. */
function createTokens(): () => string {
  let last = 4_900_000_000_000_000_000n + BigInt(Date.now()) * 10_000n;
  return () => {
    last += 1n;
    return String(last);
  };
}
