import { inspect } from 'node:util';
import { ActionTypes, ActivityTypes, CardFactory, type ConversationReference, MessageFactory, TurnContext } from 'botbuilder';
import { expect } from 'chai';
import { WhatsAppAdapter } from '../../adapters/whatsapp/bot-adapter.js';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { SendFailed } from '../../src/activities/send-failed.js';
import type { Receipt } from '../../src/contract/index.js';
import { type BotServer, saying, startBotServer } from '../support/bot-server.js';
import { ACCOUNT, until } from '../support/small-world.js';

const ADA = '4915112345678';
const BOB = '4915187654321';

describe('a plain bot on WhatsApp', () => {
  let bot: BotServer;
  let emulator: WhatsAppEmulator;
  let adapter: WhatsAppAdapter;
  let receipts: Omit<Receipt, 'channel'>[];
  beforeEach(async () => {
    bot = await startBotServer();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: bot.url });
    receipts = [];
    adapter = new WhatsAppAdapter({ ...ACCOUNT, baseUrl: emulator.url }, { onReceipt: (one) => void receipts.push(one) });
    bot.process = (...given) => adapter.processActivity(...given);
  });
  afterEach(() => Promise.all([emulator.close(), adapter.close(), bot.close()]));
  const texts = () => emulator.heard.map(({ text }) => text);

  it('answers what a person writes', async () => {
    bot.logic = saying(({ activity }) => `${activity.from.name} wrote ${activity.text}`);
    await emulator.say({ from: ADA, name: 'Ada', text: 'hello' });
    expect(emulator.heard.map(({ to, text }) => [to, text])).to.deep.equal([[ADA, 'Ada wrote hello']]);
    expect(emulator.refused).to.deep.equal([]);
  });

  it('runs middleware around every turn, and gives what is thrown to onTurnError', async () => {
    const order: string[] = [];
    adapter.use(async (_context, next) => {
      order.push('before');
      await next();
      order.push('after');
    });
    bot.logic = async () => void order.push('turn');
    await emulator.say({ from: ADA, text: 'x' });
    expect(order).to.deep.equal(['before', 'turn', 'after']);
    adapter.onTurnError = async (context, error) => void (await context.sendActivity(`sorry: ${error.message}`));
    bot.logic = () => Promise.reject(new Error('broken'));
    await emulator.say({ from: ADA, text: 'x' });
    expect(texts()).to.deep.equal(['sorry: broken']);
    expect(bot.errors).to.deep.equal([]);
  });

  it('is asked again by Meta when a turn throws and nobody takes it', async () => {
    let turns = 0;
    bot.logic = async (context) => {
      turns += 1;
      if (turns === 1) throw new Error('not today');
      await context.sendActivity('now');
    };
    await emulator.say({ from: ADA, text: 'x' });
    expect([turns, texts()]).to.deep.equal([2, ['now']]);
    expect(bot.errors).to.have.length(1);
  });

  it('takes a message once, however often Meta brings it', async () => {
    bot.logic = saying(() => 'once');
    emulator.webhooks({ duplicate: true });
    await emulator.say({ from: ADA, text: 'x' });
    expect(texts()).to.deep.equal(['once']);
  });

  it("takes one person's messages one after another, and other people's beside them", async () => {
    const order: string[] = [];
    let release: () => void = () => {};
    const held = new Promise<void>((go) => {
      release = go;
    });
    bot.logic = async ({ activity: { text } }) => {
      order.push(`begin ${text}`);
      if (text === 'first') await held;
      order.push(`end ${text}`);
      if (text === 'other') release();
    };
    const first = emulator.say({ from: ADA, text: 'first' });
    await until(() => order.length > 0);
    await Promise.all([first, emulator.say({ from: ADA, text: 'second' }), emulator.say({ from: BOB, text: 'other' })]);
    expect(order).to.deep.equal(['begin first', 'begin other', 'end other', 'end first', 'begin second', 'end second']);
  });

  it('shows suggested actions as buttons, and knows which one was tapped', async () => {
    bot.logic = async (context) => {
      const { text, value } = context.activity;
      if (value !== undefined) await context.sendActivity(`${text}: ${JSON.stringify(value)}`);
      else
        await context.sendActivity(
          MessageFactory.suggestedActions(
            [
              { type: ActionTypes.PostBack, title: 'Tea', value: 't' },
              { type: ActionTypes.PostBack, title: 'Coffee', value: { kind: 'coffee' } },
            ],
            'What?',
          ),
        );
    };
    await emulator.say({ from: ADA, text: 'x' });
    const choices = emulator.heard[0]?.choices ?? [];
    expect(choices.map(({ title }) => title)).to.deep.equal(['Tea', 'Coffee']);
    for (const choice of choices) await emulator.say({ from: ADA, choice });
    expect(texts()).to.deep.equal(['What?', 'Tea: "t"', 'Coffee: {"kind":"coffee"}']);
  });

  it('shows cards, files, places and the own JSON of Meta as Meta takes them', async () => {
    const card = CardFactory.heroCard('Tea', 'From Assam', ['https://example.org/a.png'], ['Buy']);
    const sent: Parameters<TurnContext['sendActivity']>[0][] = [
      MessageFactory.attachment(card),
      MessageFactory.carousel([card, card], 'Ours:'),
      MessageFactory.contentUrl('https://example.org/a.pdf', 'application/pdf', 'a.pdf', 'Read'),
      { entities: [{ type: 'GeoCoordinates', latitude: 52.5, longitude: 13.4 }] },
      { channelData: { type: 'template', template: { name: 'hello', language: { code: 'en' } } } },
      { type: ActivityTypes.MessageReaction, reactionsAdded: [{ type: '👍' }] },
    ];
    bot.logic = async (context) => void (await context.sendActivities(sent.map((one) => (typeof one === 'string' ? { text: one } : one))));
    await emulator.say({ from: ADA, text: 'x' });
    expect(emulator.refused).to.deep.equal([]);
    expect(emulator.heard.map(({ shown }) => shown.kind)).to.deep.equal([
      'image',
      'carousel',
      'document',
      'location',
      'template',
      'reaction',
    ]);
  });

  it('gives the ids of Meta back, one answer for each activity, in order', async () => {
    let responses: readonly { readonly id: string; readonly ids?: readonly string[] }[] = [];
    const eleven = Array.from({ length: 5 }, (_, i) => `Number ${i}`);
    bot.logic = async (context) => {
      responses = await context.sendActivities([
        { type: ActivityTypes.Typing },
        { type: 'delay', value: 1 },
        {
          ...MessageFactory.suggestedActions(eleven, 'Which?'),
          attachments: [{ contentType: 'image/png', contentUrl: 'https://e.org/a.png' }],
        },
        { type: ActivityTypes.Trace, name: 'x' },
        { text: 'last' },
      ]);
    };
    await emulator.say({ from: ADA, text: 'x' });
    const ids = emulator.heard.map(({ id }) => id);
    expect(responses.map(({ id }) => id)).to.deep.equal(['', '', ids[1], '', ids[2]]);
    expect(responses[2]?.ids).to.deep.equal(ids.slice(0, 2));
    // The typing indicator is a request, and no message.
    expect(emulator.requests).to.equal(4);
  });

  it('says what Meta refused, and what of it was taken', async () => {
    const caught: unknown[] = [];
    const tries = async (context: TurnContext) => {
      await context.sendActivity('one').catch((error: unknown) => caught.push(error));
    };
    bot.logic = tries;
    emulator.next({ error: 131_047 });
    await emulator.say({ from: ADA, text: 'x' });
    emulator.next({ error: 190, status: 401 });
    await emulator.say({ from: ADA, text: 'x' });
    emulator.next({ lost: true });
    await emulator.say({ from: ADA, text: 'x' });
    expect(caught.map((one) => [(one as SendFailed).name, (one as SendFailed).kind, (one as SendFailed).code])).to.deep.equal([
      ['SendFailed', 'window-closed', '131047'],
      ['SendFailed', 'config', '190'],
      ['SendFailed', 'unknown', 'send/answer-lost'],
    ]);
    emulator.next({}, { error: 131_026 });
    bot.logic = async (context) => {
      await context.sendActivity({ text: 'word '.repeat(1_000) }).catch((error: unknown) => caught.push(error));
    };
    await emulator.say({ from: ADA, text: 'x' });
    expect((caught.at(-1) as SendFailed).accepted).to.deep.equal([emulator.heard.at(-1)?.id]);
    expect(String(caught.at(-1))).to.include('rejected, 131026');
  });

  it('says that nothing can be changed or taken back', async () => {
    const codes: string[] = [];
    const note = (error: SendFailed) => codes.push(error.code);
    bot.logic = async (context) => {
      await context.updateActivity({ id: 'x', text: 'y' }).catch(note);
      await context.deleteActivity('x').catch(note);
    };
    await emulator.say({ from: ADA, text: 'x' });
    expect(codes).to.deep.equal(['send/not-supported', 'send/not-supported']);
  });

  it('writes first, by a reference that went through JSON, in both ways', async () => {
    let reference: Partial<ConversationReference> = {};
    const seen: unknown[] = [];
    bot.logic = async ({ activity }) => {
      reference = JSON.parse(JSON.stringify(TurnContext.getConversationReference(activity)));
    };
    await emulator.say({ from: ADA, text: 'x' });
    adapter.use(async ({ activity }, next) => {
      seen.push([activity.type, activity.name]);
      await next();
    });
    await adapter.continueConversation(reference, async (context) => void (await context.sendActivity('one')));
    await adapter.continueConversationAsync('app-id', reference, async (context) => void (await context.sendActivity('two')));
    await adapter.continueConversationAsync('app-id', reference, 'audience', async (context) => {
      await context.sendActivities([{ type: ActivityTypes.Typing }, { text: 'three' }]);
    });
    await adapter.continueConversation({ conversation: { id: BOB } } as Partial<ConversationReference>, async (context) => {
      await context.sendActivity('to a stranger');
    });
    expect(emulator.heard.map(({ to, text }) => [to, text])).to.deep.equal([
      [ADA, 'one'],
      [ADA, 'two'],
      [ADA, 'three'],
      [BOB, 'to a stranger'],
    ]);
    expect(seen[0]).to.deep.equal(['event', 'ContinueConversation']);
    for (const wrong of [{}, { ...reference, channelId: 'viber' }])
      await adapter
        .continueConversation(wrong, async () => {})
        .then(
          () => expect.fail('it was taken'),
          (error: SendFailed) => expect(error.code).to.equal('send/no-address'),
        );
  });

  it('tells receipts apart from turns', async () => {
    let turns = 0;
    bot.logic = async (context) => {
      turns += 1;
      await context.sendActivity('hi');
    };
    await emulator.say({ from: ADA, text: 'x' });
    const [heard] = emulator.heard;
    if (!heard) throw new Error('nothing was sent');
    await emulator.receipt(heard, 'delivered');
    expect(receipts.map(({ providerId, status }) => [providerId, status])).to.deep.equal([[heard.id, 'delivered']]);
    expect(turns).to.equal(1);
  });

  it('shows no secret to who logs it, or a turn', async () => {
    const shown: string[] = [];
    bot.logic = async (context) => void shown.push(inspect(context, { depth: 20 }));
    await emulator.say({ from: ADA, text: 'x' });
    shown.push(inspect(adapter, { depth: 20, showHidden: true }));
    expect(shown).to.have.length(2);
    for (const secret of [ACCOUNT.accessToken, ACCOUNT.appSecret, ACCOUNT.verifyToken])
      expect(shown.some((one) => one.includes(`'${secret}'`) || one.includes(`"${secret}"`))).to.equal(false);
  });

  it('refuses settings that are not right, all at once, and tells no secret', () => {
    const make = () => new WhatsAppAdapter({ ...ACCOUNT, appSecret: 'top secret', phoneNumberId: 'x' });
    expect(make).to.throw(/Phone number ID.*App secret/);
    expect(make).to.not.throw(/top secret/);
  });
});
