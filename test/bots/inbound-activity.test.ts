import { expect } from 'chai';
import { activityOf, type BotSide, type TurnEvent } from '../../src/bots/inbound-activity.js';
import { aMessage, START } from '../support/builders.js';

const SIDE: BotSide = { platform: 'whatsapp', account: '1065', taps: 'title', opensMedia: false };
const from = { identities: ['viber:v:ada'], address: 'ada', name: 'Ada' };
const message = (text: string, more: Parameters<typeof aMessage>[1] = {}): TurnEvent => ({
  account: '1065',
  type: 'message',
  id: 'wa:m1',
  message: aMessage(text, { id: 'wamid.1', ...more }),
});
const subscription = (change: 'started' | 'subscribed' | 'unsubscribed', context?: string): TurnEvent => ({
  account: '1065',
  type: 'subscription',
  id: `vb:1:${change}`,
  from,
  change,
  subscribed: change === 'subscribed',
  ...(context === undefined ? {} : { context }),
});

/** What a person did, and the members of the activity that say so. */
const CASES: readonly { readonly name: string; readonly event: TurnEvent; readonly side?: Partial<BotSide>; readonly says: object }[] = [
  {
    name: 'words, with who wrote and where to',
    event: message('hello', { replyTo: 'wamid.0', raw: { type: 'text' }, from: { ...from, language: 'en' } }),
    says: {
      type: 'message',
      id: 'wamid.1',
      channelId: 'whatsapp',
      timestamp: new Date(START),
      conversation: { id: 'ada', isGroup: false, name: '', conversationType: 'personal' },
      recipient: { id: '1065', name: '', role: 'bot' },
      from: { id: 'ada', name: 'Ada', role: 'user', properties: { identities: ['viber:v:ada'] } },
      locale: 'en',
      text: 'hello',
      replyToId: 'wamid.0',
      channelData: { type: 'text' },
      attachments: [],
      entities: [],
    },
  },
  { name: 'a tap', event: message('Tea', { type: 'choice', choice: 't', title: 'Tea' }), says: { text: 'Tea', value: 't' } },
  {
    name: 'a tap, as a bot reads it that goes by values',
    event: message('Tea', { type: 'choice', choice: 't', title: 'Tea' }),
    side: { taps: 'value' },
    says: { text: 't', value: 't' },
  },
  {
    name: 'a tap on a button whose value was an object',
    event: message('Tea', { type: 'choice', choice: '{"drink":"tea"}' }),
    says: { text: 'Tea', value: { drink: 'tea' } },
  },
  { name: 'a tap that only looks like JSON', event: message('x', { type: 'choice', choice: '{tea' }), says: { value: '{tea' } },
  { name: 'a form', event: message('', { type: 'form', form: { size: 'L' } }), says: { type: 'message', text: '', value: { size: 'L' } } },
  {
    name: 'a picture at Meta, whose address needs the token',
    event: message('look', { type: 'image', mediaId: '7', mediaUrl: 'https://lookaside.example/7', mimeType: 'image/jpeg' }),
    says: { text: 'look', attachments: [{ contentType: 'image/jpeg', content: { mediaId: '7' } }] },
  },
  {
    name: 'a file at Viber',
    event: message('', { type: 'document', mediaUrl: 'https://dl.example/a.pdf', fileName: 'a.pdf' }),
    side: { opensMedia: true },
    says: { attachments: [{ contentType: 'document', contentUrl: 'https://dl.example/a.pdf', name: 'a.pdf' }] },
  },
  {
    name: 'a place; its name is not what the person wrote',
    event: message('Zoo', { type: 'location', latitude: 0, longitude: 13.4 }),
    says: { text: '', entities: [{ type: 'GeoCoordinates', latitude: 0, longitude: 13.4, name: 'Zoo' }] },
  },
  {
    name: 'contacts',
    event: message('Bob', { type: 'contacts', contact: [{ name: { formatted_name: 'Bob' } }] }),
    says: { text: '', entities: [{ type: 'Contacts', contacts: [{ name: { formatted_name: 'Bob' } }] }] },
  },
  {
    name: 'a reaction',
    event: message('', { type: 'reaction', emoji: '👍', replyTo: 'wamid.0' }),
    says: { type: 'messageReaction', reactionsAdded: [{ type: '👍' }], replyToId: 'wamid.0' },
  },
  {
    name: 'a reaction taken back',
    event: message('', { type: 'reaction', emoji: '' }),
    says: { type: 'messageReaction', reactionsRemoved: [{ type: '' }] },
  },
  {
    name: 'an edited message',
    event: message('', { type: 'edit', raw: { a: 1 } }),
    says: { type: 'messageUpdate', channelData: { a: 1 } },
  },
  { name: 'a deleted message', event: message('', { type: 'revoke' }), says: { type: 'messageDelete' } },
  {
    name: 'a kind that cannot be read',
    event: message('', { type: 'unsupported', raw: { a: 1 } }),
    says: { type: 'event', name: 'unsupported', channelData: { a: 1 } },
  },
  {
    name: 'what is written in a group',
    event: message('to all', { group: 'g1', raw: { a: 1 } }),
    says: { type: 'event', name: 'group', channelData: { a: 1 } },
  },
  {
    name: 'somebody who opens the chat by a link',
    event: subscription('started', 'flyer'),
    side: { platform: 'viber' },
    says: {
      type: 'conversationUpdate',
      channelId: 'viber',
      id: 'vb:1:started',
      membersAdded: [{ id: 'ada', name: 'Ada', role: 'user', properties: { identities: ['viber:v:ada'] } }],
      channelData: { change: 'started', subscribed: false, context: 'flyer' },
    },
  },
  {
    name: 'a subscription',
    event: subscription('subscribed'),
    says: { type: 'conversationUpdate', channelData: { change: 'subscribed', subscribed: true } },
  },
  { name: 'a subscription that ended', event: subscription('unsubscribed'), says: { type: 'installationUpdate', action: 'remove' } },
  {
    name: 'a number that changed',
    event: { account: '1065', type: 'identities', id: 'wa:2', from },
    says: { type: 'event', name: 'identities', value: { identities: ['viber:v:ada'], address: 'ada' } },
  },
];

describe('what comes in, as an activity', () => {
  for (const { name, event, side, says } of CASES)
    it(name, () => expect(activityOf(event, { ...SIDE, ...side }, START)).to.deep.include(says));

  it('says where it comes from in a text, as storage and transcripts want it', () => {
    expect(activityOf(message('x'), SIDE, START).serviceUrl).to.match(/^https:/);
  });
});
