import { ActionTypes, ActivityTypes, CardFactory, type ConversationReference, MessageFactory, TurnContext } from 'botbuilder';
import { expect } from 'chai';
import { ViberAdapter } from '../../adapters/viber/bot-adapter.js';
import { settings } from '../../adapters/viber/cases.js';
import type { ViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startViberEmulator } from '../../adapters/viber/emulator/index.js';
import type { SendFailed } from '../../src/activities/send-failed.js';
import { type BotServer, saying, startBotServer } from '../support/bot-server.js';

const ADA = 'xy5/5y6O81+/kbWHpLhBoA==';

describe('a plain bot on Viber', () => {
  let bot: BotServer;
  let emulator: ViberEmulator;
  let adapter: ViberAdapter;
  beforeEach(async () => {
    bot = await startBotServer();
    emulator = await startViberEmulator({ authToken: settings.authToken, webhookUrl: bot.url });
    adapter = new ViberAdapter({ authToken: settings.authToken, senderName: 'Shop', baseUrl: emulator.url });
    bot.process = (...given) => adapter.processActivity(...given);
  });
  afterEach(() => Promise.all([emulator.close(), adapter.close(), bot.close()]));
  const texts = () => emulator.heard.map(({ text }) => text);

  it('answers what a person writes, and gives the 64-bit tokens back digit by digit', async () => {
    let id: string | undefined;
    bot.logic = async (context) => {
      id = (await context.sendActivity(`${context.activity.from.name} wrote ${context.activity.text}`))?.id;
    };
    await emulator.say({ from: ADA, name: 'Ada', text: 'hello' });
    expect(emulator.heard.map(({ to, text }) => [to, text])).to.deep.equal([[ADA, 'Ada wrote hello']]);
    expect(id).to.equal(emulator.heard[0]?.id);
    expect(id).to.match(/^\d{19}$/);
  });

  it('welcomes who opens the chat in the answer itself, with buttons that are known when tapped', async () => {
    const seen: unknown[] = [];
    bot.logic = async (context) => {
      const { type, channelData, value, text } = context.activity;
      if (type !== ActivityTypes.ConversationUpdate) return void (await context.sendActivity(`${text}, ${value}`));
      seen.push(channelData);
      const response = await context.sendActivity(
        MessageFactory.suggestedActions([{ type: ActionTypes.PostBack, title: 'Begin', value: 'go' }], 'Welcome!'),
      );
      seen.push(response?.id);
    };
    const welcome = await emulator.open({ from: ADA, name: 'Ada', context: 'flyer' });
    expect([welcome?.text, welcome?.isWelcome, emulator.requests]).to.deep.equal(['Welcome!', true, 0]);
    expect(seen).to.deep.equal([{ change: 'started', subscribed: false, context: 'flyer' }, '']);
    await emulator.say({ from: ADA, choice: { id: 'go', title: 'Begin' } });
    expect(texts()).to.deep.equal(['Welcome!', 'Begin, go']);
  });

  it('has one message for who is not subscribed, and says so about the next', async () => {
    const codes: unknown[] = [];
    bot.logic = async (context) => {
      await context.sendActivity('one');
      await context.sendActivity('two').catch((error: SendFailed) => codes.push([error.kind, error.code]));
    };
    await emulator.open({ from: ADA });
    expect([texts(), codes]).to.deep.equal([['one'], [['blocked', '6']]]);
  });

  it('welcomes a subscriber as it writes to anybody', async () => {
    bot.logic = saying(() => 'Hello again');
    await emulator.subscribe(ADA);
    expect(await emulator.open({ from: ADA })).to.equal(undefined);
    expect(emulator.heard.map(({ text, isWelcome }) => [text, isWelcome])).to.deep.equal([
      ['Hello again', undefined],
      ['Hello again', undefined],
    ]);
  });

  it('answers a repeat of the opening with the same welcome, without another turn', async () => {
    let turns = 0;
    bot.logic = async (context) => {
      turns += 1;
      await context.sendActivity(`Welcome ${turns}`);
    };
    emulator.webhooks({ duplicate: true });
    expect((await emulator.open({ from: ADA }))?.text).to.equal('Welcome 1');
    expect(turns).to.equal(1);
  });

  it('tells of people who come and go', async () => {
    const seen: unknown[] = [];
    bot.logic = async ({ activity: { type, action, membersAdded } }) => {
      seen.push([type, action ?? membersAdded?.map(({ id }) => id)]);
    };
    await emulator.subscribe(ADA);
    await emulator.unsubscribe(ADA);
    expect(seen).to.deep.equal([
      ['conversationUpdate', [ADA]],
      ['installationUpdate', 'remove'],
    ]);
  });

  it('shows cards, files, links and the own JSON of Viber as Viber takes them', async () => {
    const card = CardFactory.heroCard(
      'Tea',
      'From Assam',
      ['https://example.org/a.png'],
      ['Buy', { type: 'openUrl', title: 'Shop', value: 'https://example.org/' }],
    );
    bot.logic = async (context) => {
      await context.sendActivities([
        MessageFactory.attachment(card),
        MessageFactory.carousel([card, card]),
        {
          text: 'Look',
          attachments: [{ contentType: 'video/mp4', contentUrl: 'https://example.org/a.mp4', content: { sizeBytes: 1_000 } }],
        },
        MessageFactory.contentUrl('https://example.org/a.pdf', 'application/pdf', 'a.pdf'),
        { entities: [{ type: 'GeoCoordinates', latitude: 52.5, longitude: 13.4 }] },
        { channelData: { type: 'sticker', sticker_id: 46_105 } },
        { type: ActivityTypes.Typing },
      ]);
    };
    await emulator.say({ from: ADA, text: 'x' });
    expect(emulator.refused).to.deep.equal([]);
    expect(emulator.heard.map(({ body }) => body['type'])).to.deep.equal([
      'picture',
      'rich_media',
      'video',
      'text',
      'url',
      'location',
      'sticker',
    ]);
    expect(JSON.stringify(emulator.heard[0]?.body['keyboard'])).to.match(/"ActionType":"reply".*"ActionType":"open-url"/);
  });

  it('reads what people send besides words', async () => {
    const seen: unknown[] = [];
    bot.logic = async ({ activity: { text, attachments, entities } }) => void seen.push([text, attachments, entities]);
    await emulator.say({ from: ADA, content: { type: 'picture', media: 'https://dl.example/a.jpg', text: 'look' } });
    await emulator.say({ from: ADA, content: { type: 'location', location: { lat: 0, lon: 13.4 } } });
    expect(seen).to.deep.equal([
      ['look', [{ contentType: 'image', contentUrl: 'https://dl.example/a.jpg' }], []],
      ['', [], [{ type: 'GeoCoordinates', latitude: 0, longitude: 13.4 }]],
    ]);
  });

  it('writes first, in both ways, and says why it cannot', async () => {
    let reference: Partial<ConversationReference> = {};
    bot.logic = async ({ activity }) => {
      reference = JSON.parse(JSON.stringify(TurnContext.getConversationReference(activity)));
    };
    await emulator.say({ from: ADA, text: 'x' });
    await adapter.continueConversation(
      reference,
      saying(() => 'one'),
    );
    await adapter.continueConversationAsync(
      'app-id',
      reference,
      saying(() => 'two'),
    );
    expect(emulator.heard.map(({ to, text }) => [to, text])).to.deep.equal([
      [ADA, 'one'],
      [ADA, 'two'],
    ]);
    await emulator.unsubscribe(ADA);
    const error = await adapter
      .continueConversation(
        reference,
        saying(() => 'three'),
      )
      .catch((thrown: unknown) => thrown as SendFailed);
    expect(error).to.deep.include({ name: 'SendFailed', kind: 'blocked', code: '6' });
  });

  it('says what Viber has no like of', async () => {
    const codes: unknown[] = [];
    bot.logic = async (context) => {
      await context
        .sendActivity({ type: ActivityTypes.MessageReaction, reactionsAdded: [{ type: '👍' }] })
        .catch((error: SendFailed) => codes.push([error.kind, error.code]));
    };
    await emulator.say({ from: ADA, text: 'x' });
    expect(codes).to.deep.equal([['rejected', 'send/cannot-render']]);
  });

  it('refuses what Viber has not signed', async () => {
    const answer = await fetch(bot.url, { method: 'POST', body: '{}', headers: { 'x-viber-content-signature': '0'.repeat(64) } });
    expect(answer.status).to.equal(401);
    expect((await fetch(bot.url)).status).to.equal(403);
  });
});
