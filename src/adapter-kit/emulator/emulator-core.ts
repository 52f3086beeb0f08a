import type { Socket } from 'node:net';
import type { Json, JsonObject, ProviderRequest } from '../../contract/index.js';
import { readJson } from '../../contract/json/exact-json.js';
import { isObject, readObjects } from '../../contract/json/json-members.js';
import { type Commands, createControl } from './control.js';
import { type Exchange, type Listening, listen, requestIn } from './exchange.js';
import { answerTaken, answerUntaken, type Fault } from './faults.js';
import { type HeardMessage, wordsAndTaps } from './heard.js';
import { createWebhookSender, type Retries, type WebhookSender, type WebhookTarget } from './webhook-sender.js';

/** The settings that all emulators have. */
export interface EmulatorOptions<M extends HeardMessage> {
  /** By default a free one. */
  readonly port?: number;
  /** How often webhooks are sent, and the longest pause between two attempts in milliseconds. By default 60 times and 2000 ms. */
  readonly retries?: Retries;
  /** Sends receipts for each message that was taken. */
  readonly receipts?: boolean;
  /** Returns the fault of a send for which `next` has given none. */
  readonly fault?: () => Fault;
  /** Called for each message as it is taken, before the answer. */
  readonly onTaken?: (taking: Taking<M>) => void;
}

/** How a message was taken. */
export interface Taking<M extends HeardMessage> {
  readonly heard: M;
  /** When its request came, in milliseconds since 1970. */
  readonly askedAt: number;
  readonly fault: Fault;
  readonly connection: Socket;
}

/** The part of an emulator that is the same for all providers. */
export interface Emulator<M extends HeardMessage, Refusal> {
  readonly url: string;
  /** The messages that were taken, in order. */
  readonly heard: readonly M[];
  /** The messages that were refused for what they are, with the reason. */
  readonly refused: readonly (Refusal & { readonly body: unknown })[];
  /** How many requests to send a message have come. */
  readonly requests: number;
  /** Sets the faults of the next sends, one each. */
  next(...faults: readonly Fault[]): void;
  /** Sets what happens to every webhook from now on. */
  webhooks(faults: { readonly duplicate?: boolean; readonly reorder?: boolean }): void;
  close(): Promise<void>;
}

/** How a provider takes a message. */
export interface SendRules<M extends HeardMessage, Refusal> {
  /** Returns why the provider refuses the body; undefined if it takes it. */
  judge(body: Json | undefined, request: ProviderRequest): Refusal | undefined | Promise<Refusal | undefined>;
  /** Answers with a refusal. `status`: the HTTP status that a fault asks for. */
  refuse(exchange: Exchange, refusal: Refusal, status?: number): void;
  /** Returns the refusal with the code of a fault. */
  refusalFor(code: number): Refusal;
  /** Takes the body, and returns the provider's answer. `heard` is missing if the body is not a message to a person. */
  take(body: JsonObject, request: ProviderRequest): { readonly answer: string; readonly heard?: M };
}

/** What a provider's emulator is built on. */
export interface EmulatorCore<M extends HeardMessage, Refusal> extends Omit<Emulator<M, Refusal>, 'url' | 'close'> {
  readonly sender: WebhookSender;
  /** Adds a message to `heard`, and tells the calls that wait for one. */
  add(message: Omit<M, 'index' | 'text' | 'choices'>): M;
  /** Notes a message that was refused. */
  refuse(body: unknown, refusal: Refusal): void;
  /** Answers a request to send a message: by the provider's rules, and with the fault that is due. */
  answerSend(exchange: Exchange, rules: SendRules<M, Refusal>): Promise<void>;
  start(provider: EmulatedProvider<M>): Promise<Listening>;
}

/** What a provider adds to the core. */
export interface EmulatedProvider<M extends HeardMessage> {
  /** Answers a request that is not a control call. */
  answer(exchange: Exchange): unknown;
  /** Control calls beside `messages` and `faults`. */
  readonly commands: Commands;
  /** Sends the receipts of a message that was taken. */
  sendReceipts(heard: M): Promise<unknown>;
}

/**
 * Makes the part of an emulator that is the same for all providers: a server on 127.0.0.1 with control calls, faults, and signed webhooks
 * that are repeated until they are answered 200. A provider adds how it judges, answers and shows messages.
 *
 * @example
 * const core = createEmulatorCore<HeardMessage, Refusal>(settings, { urls: settings.webhookUrl, headersFor: sign });
 * const say = (said: Said) => core.sender.deliver(JSON.stringify(webhookOf(said)));
 * const server = await core.start({ answer: (exchange) => core.answerSend(exchange, RULES), commands: { say }, sendReceipts });
 */
export function createEmulatorCore<M extends HeardMessage, Refusal>(
  options: EmulatorOptions<M>,
  target: Omit<WebhookTarget, 'retries'>,
): EmulatorCore<M, Refusal> {
  const heard: M[] = [];
  const refused: (Refusal & { readonly body: unknown })[] = [];
  const faults: Fault[] = [];
  const sender = createWebhookSender({ ...target, retries: options.retries });
  let requests = 0;
  let announce = (_heard: M) => {};

  const core: EmulatorCore<M, Refusal> = {
    heard,
    refused,
    sender,
    get requests() {
      return requests;
    },
    next: (...more) => void faults.push(...more),
    webhooks: (more) => void Object.assign(sender.faults, more),
    add(message) {
      const added = { ...message, ...wordsAndTaps(message.shown), index: heard.length } as M;
      heard.push(added);
      announce(added);
      return added;
    },
    refuse: (body, refusal) => void refused.push({ body, ...refusal }),
    async answerSend(exchange, rules) {
      requests += 1;
      const askedAt = Date.now();
      const body = readJson(exchange.raw);
      const request = requestIn(exchange);
      const refusal = await rules.judge(body, request);
      if (refusal) {
        core.refuse(body, refusal);
        return rules.refuse(exchange, refusal);
      }
      const fault = faults.shift() ?? options.fault?.() ?? {};
      if (await answerUntaken(exchange, fault)) return;
      if (fault.error !== undefined) return rules.refuse(exchange, rules.refusalFor(fault.error), fault.status);
      const taken = rules.take(isObject(body) ? body : {}, request);
      if (taken.heard) options.onTaken?.({ heard: taken.heard, askedAt, fault, connection: exchange.incoming.socket });
      answerTaken(exchange, fault, taken.answer);
    },
    async start({ answer, commands, sendReceipts }) {
      const control = createControl(heard, { ...faultCommands(core), ...commands });
      announce = (message) => {
        control.wake();
        // The answer to the request goes first.
        if (options.receipts) setImmediate(() => void sendReceipts(message));
      };
      const server = await listen(options.port ?? 0, (exchange) => {
        void (exchange.incoming.url?.startsWith('/emulator/') ? control.answer(exchange) : answer(exchange));
      });
      return {
        url: server.url,
        close() {
          sender.close();
          control.wake();
          return server.close();
        },
      };
    },
  };
  return core;
}

/** `POST /emulator/faults` with `{ next: [fault, …], webhooks: { duplicate, reorder } }`. */
function faultCommands({ next, webhooks }: Pick<EmulatorCore<HeardMessage, unknown>, 'next' | 'webhooks'>): Commands {
  return {
    faults(body) {
      next(...(readObjects(body['next']) as readonly Fault[]));
      if (isObject(body['webhooks'])) webhooks(body['webhooks']);
    },
  };
}
