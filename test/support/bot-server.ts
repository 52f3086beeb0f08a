import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TurnContext } from 'botbuilder';
import type { BotLogic } from '../../src/bots/platform-adapter.js';
import type { BotRequest } from '../../src/bots/read-delivery.js';

type Processing = (request: BotRequest, response: import('node:http').ServerResponse, logic: BotLogic) => Promise<void>;

/** A web server in front of a bot. The adapter is set later: it needs the address of an emulator, which needs the address of this server. */
export interface BotServer {
  readonly url: string;
  /** What the bot does in its turns. */
  logic: BotLogic;
  process: Processing;
  /** The errors with which `processActivity` was rejected. */
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

/** Returns a logic that answers each message. */
export function saying(words: (context: TurnContext) => string): BotLogic {
  return async (context) => {
    await context.sendActivity(words(context));
  };
}
