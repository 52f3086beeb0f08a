import { type Activity, ActivityTypes } from 'botframework-schema';
import type { Choice, FlowEvent, InboundMessage, OutboundMessage } from '../contract/index.js';
import { isIgnored } from '../engine/ignored-message.js';

/** Where activities of this host say they come from: storage and transcript code of others calls string methods on it. */
const SERVICE_URL = 'https://parley.invalid/';

/**
 * An event as botbuilder knows it: a message for what a person wrote, a reaction for an emoji on a message, an event with a name (and
 * our event as its value) for all else, so that nothing but a person's words looks like them.
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
  const said = {
    ...base,
    channelId: platform,
    recipient: { id: channel, name: '' },
    from: { id: from.address, name: from.name ?? '' },
    channelData: raw,
    ...(from.language === undefined ? {} : { locale: from.language }),
    ...(replyTo === undefined ? {} : { replyToId: replyTo }),
  };
  if (type === 'reaction')
    return { ...said, type: ActivityTypes.MessageReaction, reactionsAdded: emoji === undefined ? [] : [{ type: emoji }] };
  return {
    ...said,
    type: ActivityTypes.Message,
    text,
    ...(choice === undefined ? {} : { value: choice }),
    ...attachmentsOf(event.message),
    ...placeOf(event.message),
  };
}

function attachmentsOf({ mediaUrl, mimeType, fileName, type }: InboundMessage): Partial<Activity> {
  if (mediaUrl === undefined) return {};
  const name = fileName === undefined ? {} : { name: fileName };
  return { attachments: [{ contentType: mimeType ?? type, contentUrl: mediaUrl, ...name }] };
}

function placeOf({ latitude, longitude }: InboundMessage): Partial<Activity> {
  return latitude === undefined || longitude === undefined ? {} : { entities: [{ type: 'GeoCoordinates', latitude, longitude }] };
}

/** What a dialog or a middleware sends, as messages; typing, delays and traces are none. */
export function messagesOf(activity: Partial<Activity>): readonly OutboundMessage[] {
  if (activity.type !== undefined && activity.type !== ActivityTypes.Message) return [];
  const choices = choicesOf(activity);
  const media = (activity.attachments ?? []).flatMap(({ contentType, contentUrl, name }) =>
    contentUrl === undefined ? [] : [mediaOf(contentType, contentUrl, name)],
  );
  const text = activity.text ?? '';
  const words: readonly OutboundMessage[] = text.trim() === '' ? [] : [{ type: 'text', text, ...(choices.length > 0 ? { choices } : {}) }];
  return [...media, ...words];
}

function choicesOf({ suggestedActions }: Partial<Activity>): readonly Choice[] {
  return (suggestedActions?.actions ?? []).map(({ title, value }) => ({ id: typeof value === 'string' ? value : title, title }));
}

function mediaOf(contentType: string, url: string, name: string | undefined): OutboundMessage {
  const [kind] = contentType.split('/');
  if (kind === 'image' || kind === 'video' || kind === 'audio') return { type: kind, url };
  return { type: 'document', url, ...(name === undefined ? {} : { fileName: name }) };
}
