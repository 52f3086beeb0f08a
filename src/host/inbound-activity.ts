import { type Activity, ActivityTypes } from 'botframework-schema';
import type { FlowEvent, InboundMessage } from '../contract/index.js';
import { isIgnored } from '../engine/ignored-message.js';

/** The `serviceUrl` of every activity. Storage and transcript code for botbuilder calls string methods on it. */
const SERVICE_URL = 'https://parley.invalid/';

/**
 * Returns an event as an activity: a message for what a person wrote, a reaction for an emoji on a message, and for everything else an
 * `event` named `parley/<type>` with our event as its value.
 */
export function activityOf(event: FlowEvent, session: string): Partial<Activity> {
  const base = {
    id: event.id,
    timestamp: new Date(event.at),
    serviceUrl: SERVICE_URL,
    conversation: { id: session, isGroup: false, name: '', conversationType: '' },
    recipient: { id: 'parley', name: 'Parley' },
    from: { id: session, name: '' },
    channelId: 'parley',
  };
  if (event.type !== 'message' || isIgnored(event.message))
    return { ...base, type: ActivityTypes.Event, name: `parley/${event.type}`, value: event };
  const { text, from, platform, channel, choice, raw, replyTo, emoji, type } = event.message;
  const personal = {
    ...base,
    channelId: platform,
    recipient: { id: channel, name: '' },
    from: { id: from.address, name: from.name ?? '' },
    channelData: raw,
    ...(from.language === undefined ? {} : { locale: from.language }),
    ...(replyTo === undefined ? {} : { replyToId: replyTo }),
  };
  if (type === 'reaction')
    return { ...personal, type: ActivityTypes.MessageReaction, reactionsAdded: emoji === undefined ? [] : [{ type: emoji }] };
  return {
    ...personal,
    type: ActivityTypes.Message,
    text,
    ...(choice === undefined ? {} : { value: choice }),
    ...attachmentsOf(event.message),
    ...locationOf(event.message),
  };
}

function attachmentsOf({ mediaUrl, mimeType, fileName, type }: InboundMessage): Partial<Activity> {
  if (mediaUrl === undefined) return {};
  const name = fileName === undefined ? {} : { name: fileName };
  return { attachments: [{ contentType: mimeType ?? type, contentUrl: mediaUrl, ...name }] };
}

function locationOf({ latitude, longitude }: InboundMessage): Partial<Activity> {
  return latitude === undefined || longitude === undefined ? {} : { entities: [{ type: 'GeoCoordinates', latitude, longitude }] };
}
