import { expect } from 'chai';
import type { FlowEvent, InboundMessage } from '../../src/contract/index.js';
import { activityOf } from '../../src/host/inbound-activity.js';
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
