import { createServer } from 'node:http';
import { ConversationState, MemoryStorage } from 'botbuilder';
import { ViberAdapter, WhatsAppAdapter } from 'parley';
import { OrderBot } from './bot.js';

// One bot on both platforms: /whatsapp and /viber are the webhooks, POST /ready tells everybody who waits for a drink.

const { PORT = '3000', WHATSAPP_URL, VIBER_URL } = process.env;
const bot = new OrderBot(new ConversationState(new MemoryStorage()));

const whatsapp = new WhatsAppAdapter({
  phoneNumberId: setting('WHATSAPP_PHONE_NUMBER_ID'),
  businessAccountId: setting('WHATSAPP_BUSINESS_ACCOUNT_ID'),
  accessToken: setting('WHATSAPP_ACCESS_TOKEN'),
  appSecret: setting('WHATSAPP_APP_SECRET'),
  verifyToken: setting('WHATSAPP_VERIFY_TOKEN'),
  ...(WHATSAPP_URL === undefined ? {} : { baseUrl: WHATSAPP_URL }),
});
const viber = new ViberAdapter({
  authToken: setting('VIBER_AUTH_TOKEN'),
  senderName: 'Order bot',
  ...(VIBER_URL === undefined ? {} : { baseUrl: VIBER_URL }),
});
const adapters = new Map<string, WhatsAppAdapter | ViberAdapter>([
  ['/whatsapp', whatsapp],
  ['/viber', viber],
]);
for (const adapter of adapters.values())
  adapter.onTurnError = async (context, error) => {
    console.error(error);
    await context.sendActivity('Sorry, that went wrong.');
  };

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  const adapter = adapters.get(path);
  if (adapter) adapter.processActivity(request, response, (context) => bot.run(context)).catch(console.error);
  else if (path === '/ready' && request.method === 'POST') tellAll().then(() => response.end(), console.error);
  else response.writeHead(404).end();
});
server.listen(Number(PORT), () => console.log(`the order bot listens on http://127.0.0.1:${PORT}`));

async function tellAll(): Promise<void> {
  for (const [id, reference] of bot.orders) {
    const adapter = adapters.get(`/${reference.channelId}`);
    await adapter?.continueConversationAsync('', reference, async (context) => {
      await context.sendActivity('Your drink is ready.');
    });
    bot.orders.delete(id);
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; see examples/plain-bot/README.md`);
  return value;
}
