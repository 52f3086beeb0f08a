import { type Activity, ActivityTypes, type CardAction } from 'botframework-schema';
import type { ChannelLimits, JsonObject, OutboundMessage } from '../contract/index.js';
import { carouselOf, piecesOf } from './cards.js';
import { EMPTY_TEXT, isWorded, messagesFor, type Piece } from './pieces.js';

/**
 * Returns an activity as messages of a platform, as few as show all of it. Typing, traces and other signals give none. Provider JSON in
 * `channelData` is sent instead of everything else in the activity.
 *
 * @throws SendFailed for what cannot be shown, such as an unknown card.
 * @example messagesOf({ text: 'Hello' }, limits)   // [{ type: 'text', text: 'Hello' }]
 */
export function messagesOf(activity: Partial<Activity>, limits: ChannelLimits): readonly OutboundMessage[] {
  const { type = ActivityTypes.Message } = activity;
  if (type === ActivityTypes.MessageReaction) return reactionsOf(activity);
  if (type !== ActivityTypes.Message && type !== ActivityTypes.Event) return [];
  const channelData: unknown = activity.channelData;
  if (isFilled(channelData)) return [{ type: 'native', body: channelData }];
  if (type === ActivityTypes.Event) return [];
  const actions = activity.suggestedActions?.actions ?? [];
  const text = activity.text ?? '';
  const carousel = activity.attachmentLayout === 'carousel' ? carouselOf(text, activity.attachments ?? [], limits) : undefined;
  if (carousel) return [carousel, ...(actions.length > 0 ? messagesFor(textWith(EMPTY_TEXT, actions), limits) : [])];
  return arranged(activity, text, actions).flatMap((piece) => messagesFor(piece, limits));
}

/** Puts the text and the buttons on a single file. Otherwise buttons come last, below the text, because people tap what they see at the end. */
function arranged({ attachments = [], entities = [] }: Partial<Activity>, text: string, actions: readonly CardAction[]): readonly Piece[] {
  const pieces = [...attachments.flatMap(piecesOf), ...entities.flatMap((one) => locationOf(one as LocationEntity))];
  const [only] = pieces;
  if (
    only &&
    pieces.length === 1 &&
    isWorded(only.message) &&
    only.message.type !== 'text' &&
    !only.message.text &&
    only.actions.length === 0
  )
    return [{ message: { ...only.message, ...(text.trim() === '' ? {} : { text }) }, actions }];
  if (actions.length > 0) return [...pieces, textWith(text, actions)];
  return text.trim() === '' ? pieces : [textWith(text, []), ...pieces];
}

function textWith(text: string, actions: readonly CardAction[]): Piece {
  return { message: { type: 'text', text }, actions };
}

interface LocationEntity {
  readonly type: string;
  readonly latitude?: unknown;
  readonly longitude?: unknown;
  readonly name?: unknown;
  readonly address?: unknown;
  readonly geo?: LocationEntity;
}

/** Returns the location of a `GeoCoordinates` entity, or of a `Place` that has one. */
function locationOf({ type, latitude, longitude, name, address, geo }: LocationEntity): readonly Piece[] {
  if (type === 'Place' && geo) return locationOf({ ...geo, type: 'GeoCoordinates', name: name ?? geo.name, address });
  if (type !== 'GeoCoordinates' || typeof latitude !== 'number' || typeof longitude !== 'number') return [];
  const words = { ...(typeof name === 'string' ? { name } : {}), ...(typeof address === 'string' ? { address } : {}) };
  return [{ message: { type: 'location', latitude, longitude, ...words }, actions: [] }];
}

/** Returns reactions to the message that `replyToId` names, which botbuilder sets to the message of the turn. */
function reactionsOf({ reactionsAdded = [], reactionsRemoved = [], replyToId: messageId }: Partial<Activity>): readonly OutboundMessage[] {
  if (messageId === undefined) return [];
  const added = reactionsAdded.map(({ type }) => type);
  return [...reactionsRemoved.map(() => ''), ...added].map((emoji) => ({ type: 'reaction', emoji, messageId }));
}

function isFilled(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0;
}
