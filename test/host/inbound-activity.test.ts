import { expect } from 'chai';
import type { FlowEvent, InboundMessage } from '../../src/contract/index.js';
import { activityOf, messagesOf } from '../../src/host/activity.js';
import { aMessage, START } from '../support/builders.js';

const said = (text: string, more: Partial<InboundMessage> = {}): FlowEvent => ({
  id: 'wa:m1',
  at: START,
  type: 'message',
  message: aMessage(text, more),
});

describe('an event as an activity', () => {
  it("carries a person's words, who they are and where they wrote", () => {
    const activity = activityOf(said('hello', { choice: 'yes', replyTo: 'wamid.0' }), 's1');
    expect(activity).to.deep.include({
      type: 'message',
      id: 'wa:m1',
      text: 'hello',
      value: 'yes',
      channelId: 'whatsapp',
      from: { id: '491', name: 'Ada' },
      recipient: { id: 'wa', name: '' },
      replyToId: 'wamid.0',
    });
    expect(activity.conversation?.id).to.equal('s1');
    expect(activity.timestamp).to.deep.equal(new Date(START));
    expect(activity.serviceUrl).to.match(/^https:/);
  });

  it('carries media by link, and a place', () => {
    const media = { type: 'image', mediaUrl: 'https://example.org/i.png', mimeType: 'image/png', fileName: 'i.png' };
    expect(activityOf(said('', media), 's1').attachments).to.deep.equal([
      { contentType: 'image/png', contentUrl: 'https://example.org/i.png', name: 'i.png' },
    ]);
    expect(activityOf(said('', { type: 'location', latitude: 52.5, longitude: 13.4 }), 's1').entities).to.deep.equal([
      { type: 'GeoCoordinates', latitude: 52.5, longitude: 13.4 },
    ]);
  });

  it('is no message when nobody has written one', () => {
    for (const aside of [{ group: 'g1' }, { type: 'edit' }, { type: 'revoke' }, { type: 'unsupported' }, { type: 'reaction', emoji: '' }])
      expect(activityOf(said('', aside), 's1')).to.deep.include({ type: 'event', name: 'parley/message' });
    expect(activityOf(said('', { type: 'reaction', emoji: '👍' }), 's1')).to.deep.include({
      type: 'messageReaction',
      reactionsAdded: [{ type: '👍' }],
    });
    const timeout: FlowEvent = { id: 'w1:timeout', at: START, type: 'timeout', waitId: 'w1' };
    expect(activityOf(timeout, 's1')).to.deep.include({ type: 'event', name: 'parley/timeout', value: timeout });
  });
});

describe('an activity as messages', () => {
  it('is a text, with its suggested actions as choices', () => {
    const actions = [
      { type: 'imBack', title: 'Yes', value: 'y' },
      { type: 'imBack', title: 'No', value: { no: 1 } },
    ];
    expect(messagesOf({ type: 'message', text: 'Sure?', suggestedActions: { to: [], actions } })).to.deep.equal([
      {
        type: 'text',
        text: 'Sure?',
        choices: [
          { id: 'y', title: 'Yes' },
          { id: 'No', title: 'No' },
        ],
      },
    ]);
  });

  it('is one message for each attachment that has a link, then the text', () => {
    const of = (contentType: string) => ({ contentType, contentUrl: `https://example.org/${contentType}`, name: 'file' });
    const all = ['image/png', 'video/mp4', 'audio/ogg', 'application/pdf'].map(of);
    expect(messagesOf({ text: 'see', attachments: all })).to.deep.equal([
      { type: 'image', url: 'https://example.org/image/png' },
      { type: 'video', url: 'https://example.org/video/mp4' },
      { type: 'audio', url: 'https://example.org/audio/ogg' },
      { type: 'document', url: 'https://example.org/application/pdf', fileName: 'file' },
      { type: 'text', text: 'see' },
    ]);
  });

  it('is nothing for typing, delays, traces and empty texts', () => {
    for (const type of ['typing', 'delay', 'trace', 'event', 'endOfConversation'])
      expect(messagesOf({ type, text: 'x' })).to.deep.equal([]);
    expect(messagesOf({ type: 'message', text: '  ' })).to.deep.equal([]);
  });
});
