import { type Activity, ActivityTypes } from 'botframework-schema';
import type { InboundEvent, InboundMessage, Json, Platform, Sender } from '../contract/index.js';

/** What a turn is made of: receipts are told in another way, because they say nobody's words and name no person. */
export type TurnEvent = Exclude<InboundEvent, { type: 'receipt' }>;

/** The bot's side of a conversation. */
export interface BotSide {
  readonly platform: Platform;
  readonly account: string;
  /** What `activity.text` says of a tap: what the person saw, or what the button stands for. */
  readonly taps: 'title' | 'value';
  /** Whether a file's address can be opened by whoever has it; Meta's needs the channel's token. */
  readonly opensMedia: boolean;
}

type Said = Omit<InboundMessage, 'channel'>;

/** Storage and transcript code of others calls string methods on it. */
const SERVICE_URL = 'https://parley.invalid/';

/** An event as botbuilder knows it; nothing but a person's words becomes a message. */
export function activityOf(event: TurnEvent, side: BotSide, at: string): Partial<Activity> {
  if (event.type === 'message' && !isNobodysWords(event.message)) return messageActivity(event.message, side);
  const from = event.type === 'message' ? event.message.from : event.from;
  const base = { ...frame(from, side), id: event.id, timestamp: new Date(at) };
  if (event.type === 'identities') {
    const { identities, address } = event.from;
    return { ...base, type: ActivityTypes.Event, name: 'identities', value: { identities, address } };
  }
  if (event.type === 'message') return asideActivity(event.message, base);
  const { change, subscribed, context } = event;
  const told = { ...base, channelData: { change, subscribed, ...(context === undefined ? {} : { context }) } };
  if (change === 'unsubscribed') return { ...told, type: ActivityTypes.InstallationUpdate, action: 'remove' };
  return { ...told, type: ActivityTypes.ConversationUpdate, membersAdded: [base.from], membersRemoved: [] };
}

/** Edited, deleted, of a kind that cannot be read, or written in a group, which is another conversation. */
function isNobodysWords({ type, group }: Said): boolean {
  return group !== undefined || type === 'edit' || type === 'revoke' || type === 'unsupported';
}

function asideActivity({ type, group, raw }: Said, base: Partial<Activity>): Partial<Activity> {
  const told = { ...base, channelData: raw };
  if (group === undefined && type === 'edit') return { ...told, type: ActivityTypes.MessageUpdate };
  if (group === undefined && type === 'revoke') return { ...told, type: ActivityTypes.MessageDelete };
  return { ...told, type: ActivityTypes.Event, name: group === undefined ? type : 'group' };
}

/** Enough of it to write to the person later: `TurnContext.getConversationReference(activity)`. */
function frame(from: Sender, { platform, account }: BotSide) {
  return {
    channelId: platform,
    serviceUrl: SERVICE_URL,
    conversation: { id: from.address, isGroup: false, name: '', conversationType: 'personal' },
    recipient: { id: account, name: '', role: 'bot' },
    from: { id: from.address, name: from.name ?? '', role: 'user', properties: { identities: from.identities } },
    ...(from.language === undefined ? {} : { locale: from.language }),
  };
}

function messageActivity(message: Said, side: BotSide): Partial<Activity> {
  const { id, from, sentAt, raw, replyTo, type, emoji = '' } = message;
  const said = {
    ...frame(from, side),
    id,
    timestamp: new Date(sentAt),
    channelData: raw,
    ...(replyTo === undefined ? {} : { replyToId: replyTo }),
  };
  if (type === 'reaction') {
    const reactions = emoji === '' ? { reactionsRemoved: [{ type: '' }] } : { reactionsAdded: [{ type: emoji }] };
    return { ...said, type: ActivityTypes.MessageReaction, ...reactions };
  }
  const value = payloadOf(message);
  return {
    ...said,
    type: ActivityTypes.Message,
    text: textOf(message, side),
    ...(value === undefined ? {} : { value }),
    attachments: attachmentsOf(message, side),
    entities: entitiesOf(message),
  };
}

/** The name of a place or of a contact card is not what the person wrote. */
function textOf({ type, text, choice }: Said, { taps }: BotSide): string {
  if (type === 'location' || type === 'contacts') return '';
  return taps === 'value' && choice !== undefined ? choice : text;
}

function payloadOf({ choice, form }: Said): Json | undefined {
  return choice === undefined ? form : asGiven(choice);
}

/** A button whose value was an object says its JSON. */
function asGiven(choice: string): Json {
  if (!/^[[{]/.test(choice)) return choice;
  try {
    return JSON.parse(choice) as Json;
  } catch {
    return choice;
  }
}

const KINDS: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];

function attachmentsOf(
  { type, mediaUrl, mediaId, mimeType, fileName }: Said,
  { opensMedia }: BotSide,
): NonNullable<Activity['attachments']> {
  if (!KINDS.includes(type)) return [];
  return [
    {
      contentType: mimeType ?? (type === 'sticker' ? 'image' : type),
      ...(opensMedia && mediaUrl !== undefined ? { contentUrl: mediaUrl } : {}),
      ...(fileName === undefined ? {} : { name: fileName }),
      ...(mediaId === undefined ? {} : { content: { mediaId } }),
    },
  ];
}

function entitiesOf({ text, latitude, longitude, contact }: Said): NonNullable<Activity['entities']> {
  const name = text === '' ? {} : { name: text };
  return [
    ...(latitude === undefined || longitude === undefined ? [] : [{ type: 'GeoCoordinates', latitude, longitude, ...name }]),
    ...(contact === undefined ? [] : [{ type: 'Contacts', contacts: contact }]),
  ];
}
