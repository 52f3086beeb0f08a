import { type Activity, ActivityTypes } from 'botframework-schema';
import type { InboundEvent, InboundMessage, Json, Platform, Sender } from '../contract/index.js';

/** Events that become turns of the bot. Receipts do not, because they name no person: `BotOptions.onReceipt` gets them. */
export type TurnEvent = Exclude<InboundEvent, { type: 'receipt' }>;

/** The bot's side of a conversation. */
export interface BotSide {
  readonly platform: Platform;
  readonly account: string;
  /** What `activity.text` is for a tap: the title that the person saw, or the value of the button. */
  readonly taps: 'title' | 'value';
  /** Whether anybody can open the address of a file. Meta's addresses need the account's token. */
  readonly opensMedia: boolean;
}

type Message = Omit<InboundMessage, 'channel'>;

/** The `serviceUrl` of every activity. Storage and transcript code for botbuilder calls string methods on it. */
const SERVICE_URL = 'https://parley.invalid/';

/** Returns an event as an activity. Only what a person says to the bot becomes a message. */
export function activityOf(event: TurnEvent, side: BotSide, at: string): Partial<Activity> {
  if (event.type === 'message' && !isNotForBot(event.message)) return messageActivity(event.message, side);
  const from = event.type === 'message' ? event.message.from : event.from;
  const base = { ...conversationOf(from, side), id: event.id, timestamp: new Date(at) };
  if (event.type === 'identities') {
    const { identities, address } = event.from;
    return { ...base, type: ActivityTypes.Event, name: 'identities', value: { identities, address } };
  }
  if (event.type === 'message') return otherActivity(event.message, base);
  const { change, subscribed, context } = event;
  const activity = { ...base, channelData: { change, subscribed, ...(context === undefined ? {} : { context }) } };
  if (change === 'unsubscribed') return { ...activity, type: ActivityTypes.InstallationUpdate, action: 'remove' };
  return { ...activity, type: ActivityTypes.ConversationUpdate, membersAdded: [base.from], membersRemoved: [] };
}

/** Returns whether a message is an edit, a deletion, of an unknown type, or written in a group, which is another conversation. */
function isNotForBot({ type, group }: Message): boolean {
  return group !== undefined || type === 'edit' || type === 'revoke' || type === 'unsupported';
}

function otherActivity({ type, group, raw }: Message, base: Partial<Activity>): Partial<Activity> {
  const activity = { ...base, channelData: raw };
  if (group === undefined && type === 'edit') return { ...activity, type: ActivityTypes.MessageUpdate };
  if (group === undefined && type === 'revoke') return { ...activity, type: ActivityTypes.MessageDelete };
  return { ...activity, type: ActivityTypes.Event, name: group === undefined ? type : 'group' };
}

/** Returns who talks to whom: enough for `TurnContext.getConversationReference(activity)`, to write to the person later. */
function conversationOf(from: Sender, { platform, account }: BotSide) {
  return {
    channelId: platform,
    serviceUrl: SERVICE_URL,
    conversation: { id: from.address, isGroup: false, name: '', conversationType: 'personal' },
    recipient: { id: account, name: '', role: 'bot' },
    from: { id: from.address, name: from.name ?? '', role: 'user', properties: { identities: from.identities } },
    ...(from.language === undefined ? {} : { locale: from.language }),
  };
}

function messageActivity(message: Message, side: BotSide): Partial<Activity> {
  const { id, from, sentAt, raw, replyTo, type, emoji = '' } = message;
  const activity = {
    ...conversationOf(from, side),
    id,
    timestamp: new Date(sentAt),
    channelData: raw,
    ...(replyTo === undefined ? {} : { replyToId: replyTo }),
  };
  if (type === 'reaction') {
    const reactions = emoji === '' ? { reactionsRemoved: [{ type: '' }] } : { reactionsAdded: [{ type: emoji }] };
    return { ...activity, type: ActivityTypes.MessageReaction, ...reactions };
  }
  const value = payloadOf(message);
  return {
    ...activity,
    type: ActivityTypes.Message,
    text: textOf(message, side),
    ...(value === undefined ? {} : { value }),
    attachments: attachmentsOf(message, side),
    entities: entitiesOf(message),
  };
}

/** The text of a location or of contacts is their name, which the person did not write. */
function textOf({ type, text, choice }: Message, { taps }: BotSide): string {
  if (type === 'location' || type === 'contacts') return '';
  return taps === 'value' && choice !== undefined ? choice : text;
}

function payloadOf({ choice, form }: Message): Json | undefined {
  return choice === undefined ? form : parsedValue(choice);
}

/** Returns the value of a button: an object or a list if the bot gave one, which was sent as JSON. */
function parsedValue(choice: string): Json {
  if (!/^[[{]/.test(choice)) return choice;
  try {
    return JSON.parse(choice) as Json;
  } catch {
    return choice;
  }
}

const KINDS: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];

function attachmentsOf(
  { type, mediaUrl, mediaId, mimeType, fileName }: Message,
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

function entitiesOf({ text, latitude, longitude, contact }: Message): NonNullable<Activity['entities']> {
  const name = text === '' ? {} : { name: text };
  return [
    ...(latitude === undefined || longitude === undefined ? [] : [{ type: 'GeoCoordinates', latitude, longitude, ...name }]),
    ...(contact === undefined ? [] : [{ type: 'Contacts', contacts: contact }]),
  ];
}
