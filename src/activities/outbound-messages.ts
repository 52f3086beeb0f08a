import { type Activity, ActivityTypes, type CardAction } from 'botframework-schema';
import type { JsonObject, OutboundMessage } from '../contract/index.js';
import { carouselOf, piecesOf } from './cards.js';
import { isWorded, type Manner, messagesFor, NO_WORDS, type Piece } from './pieces.js';

/**
 * What a bot sends, as messages of the platform: the fewest that show all of it. Nothing for typing, traces and other signals; the
 * provider's own JSON in `channelData` stands for the whole activity.
 */
export function messagesOf(activity: Partial<Activity>, manner: Manner): readonly OutboundMessage[] {
  const { type = ActivityTypes.Message } = activity;
  if (type === ActivityTypes.MessageReaction) return reactionsOf(activity);
  if (type !== ActivityTypes.Message && type !== ActivityTypes.Event) return [];
  const channelData: unknown = activity.channelData;
  if (isFilled(channelData)) return [{ type: 'native', body: channelData }];
  if (type === ActivityTypes.Event) return [];
  const actions = activity.suggestedActions?.actions ?? [];
  const text = activity.text ?? '';
  const carousel = activity.attachmentLayout === 'carousel' ? carouselOf(text, activity.attachments ?? [], manner) : undefined;
  if (carousel) return [carousel, ...(actions.length > 0 ? messagesFor(wordsWith(NO_WORDS, actions), manner) : [])];
  return arranged(activity, text, actions).flatMap((piece) => messagesFor(piece, manner));
}

/** A file takes the words and the actions with it; else actions come last, under the words, because people tap what they see at the end. */
function arranged({ attachments = [], entities = [] }: Partial<Activity>, text: string, actions: readonly CardAction[]): readonly Piece[] {
  const pieces = [...attachments.flatMap(piecesOf), ...entities.flatMap((one) => placeOf(one as Place))];
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
  if (actions.length > 0) return [...pieces, wordsWith(text, actions)];
  return text.trim() === '' ? pieces : [wordsWith(text, []), ...pieces];
}

function wordsWith(text: string, actions: readonly CardAction[]): Piece {
  return { message: { type: 'text', text }, actions };
}

interface Place {
  readonly type: string;
  readonly latitude?: unknown;
  readonly longitude?: unknown;
  readonly name?: unknown;
  readonly address?: unknown;
  readonly geo?: Place;
}

/** `GeoCoordinates`, or a `Place` around them. */
function placeOf({ type, latitude, longitude, name, address, geo }: Place): readonly Piece[] {
  if (type === 'Place' && geo) return placeOf({ ...geo, type: 'GeoCoordinates', name: name ?? geo.name, address });
  if (type !== 'GeoCoordinates' || typeof latitude !== 'number' || typeof longitude !== 'number') return [];
  const words = { ...(typeof name === 'string' ? { name } : {}), ...(typeof address === 'string' ? { address } : {}) };
  return [{ message: { type: 'location', latitude, longitude, ...words }, actions: [] }];
}

/** On the message that `replyToId` names: botbuilder puts the one there that the turn answers. */
function reactionsOf({ reactionsAdded = [], reactionsRemoved = [], replyToId: messageId }: Partial<Activity>): readonly OutboundMessage[] {
  if (messageId === undefined) return [];
  const added = reactionsAdded.map(({ type }) => type);
  return [...reactionsRemoved.map(() => ''), ...added].map((emoji) => ({ type: 'reaction', emoji, messageId }));
}

function isFilled(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0;
}
