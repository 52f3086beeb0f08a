import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TurnContext } from 'botbuilder';
import type { BotLogic } from '../../src/bots/platform-adapter.js';
import type { BotRequest } from '../../src/bots/read-delivery.js';

type Processing = (request: BotRequest, response: import('node:http').ServerResponse, logic: BotLogic) => Promise<void>;

/** An ordinary web server in front of a bot; the adapter comes later, because it needs the address of an emulator that needs this one. */
export interface BotServer {
  readonly url: string;
  /** What a test wants to be done in the next turns. */
  logic: BotLogic;
  process: Processing;
  /** What `processActivity` was rejected with. */
  readonly errors: unknown[];
  close(): Promise<void>;
}

export async function startBotServer(): Promise<BotServer> {
  const bot: BotServer = {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
    },
    logic: async () => {},
    process: async () => {},
    errors: [],
    close: () => new Promise((done) => server.close(() => done())),
  };
  const server = createServer((request, response) => {
    bot.process(request, response, (context) => bot.logic(context)).catch((error: unknown) => bot.errors.push(error));
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  return bot;
}

/** A logic that says something about each message. */
export function saying(words: (context: TurnContext) => string): BotLogic {
  return async (context) => {
    await context.sendActivity(words(context));
  };
}
