import type { Attachment, CardAction, HeroCard, MediaUrl, ThumbnailUrl } from 'botframework-schema';
import type { CarouselCard, ChannelLimits, OutboundMessage } from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { choicesOf } from './card-actions.js';
import { isWorded, type Piece } from './pieces.js';
import { cannotSend } from './send-failed.js';

/** The members of hero, thumbnail, sign-in and media cards. */
interface Card extends Partial<Omit<HeroCard, 'images' | 'buttons'>> {
  readonly images?: readonly { readonly url: string }[];
  readonly buttons?: readonly CardAction[];
  readonly media?: readonly MediaUrl[];
  readonly image?: ThumbnailUrl;
}

const PREFIX = 'application/vnd.microsoft.card.';
const PLAIN: readonly string[] = ['hero', 'thumbnail', 'signin'];
const WITH_MEDIA: readonly string[] = ['video', 'audio', 'animation'];

/**
 * Returns the pieces that show an attachment: a file, or a card.
 *
 * @throws SendFailed `send/unknown-card` for a card that cannot be shown and has no `fallbackText`, `send/no-public-address` for a file
 * without an address on the web.
 */
export function piecesOf({ contentType, contentUrl, content, name }: Attachment): readonly Piece[] {
  if (contentType.startsWith(PREFIX)) {
    const kind = contentType.slice(PREFIX.length);
    const card = (content ?? {}) as Card & { readonly fallbackText?: string };
    if (PLAIN.includes(kind)) return cardPieces(card);
    if (WITH_MEDIA.includes(kind)) return mediaCardPieces(kind, card);
    if (card.fallbackText) return [{ message: { type: 'text', text: card.fallbackText }, actions: [] }];
    throw cannotSend('send/unknown-card', `a card of type "${kind}" cannot be shown; give it a fallbackText, or send a hero card`);
  }
  return [
    {
      message: mediaOf(contentType, publicAddress(contentUrl, contentType), { content, ...(name === undefined ? {} : { name }) }),
      actions: [],
    },
  ];
}

/** The last message is the picture with the text below it and the buttons; further pictures come before it. */
function cardPieces({ title = '', subtitle = '', text = '', images = [], buttons = [] }: Card): readonly Piece[] {
  const [picture, ...more] = images.map(({ url }) => publicAddress(url, 'image'));
  const pictures = more.map((url): Piece => ({ message: { type: 'image', url }, actions: [] }));
  const words = linesOf(title, subtitle, text);
  if (picture !== undefined) return [...pictures, { message: { type: 'image', url: picture, text: words }, actions: buttons }];
  if (words === '' && buttons.length === 0) return [];
  return [{ message: { type: 'text', text: words }, actions: buttons }];
}

function mediaCardPieces(kind: string, { title = '', subtitle = '', text = '', media = [], image, buttons = [] }: Card): readonly Piece[] {
  const files = media.map(({ url }): Piece => ({ message: fileOf(kind, publicAddress(url, kind), image?.url), actions: [] }));
  const words = linesOf(title, subtitle, text);
  const last = files.at(-1);
  if (words === '' && buttons.length === 0) return files;
  if (last && isWorded(last.message)) return [...files.slice(0, -1), { message: { ...last.message, text: words }, actions: buttons }];
  return [...files, { message: { type: 'text', text: words }, actions: buttons }];
}

function fileOf(kind: string, url: string, thumbnailUrl: string | undefined): OutboundMessage {
  if (kind === 'audio') return { type: 'audio', url };
  if (kind === 'animation' && !/\.(mp4|3gp)([?#]|$)/i.test(url)) return { type: 'image', url };
  return { type: 'video', url, ...(thumbnailUrl === undefined ? {} : { thumbnailUrl }) };
}

/** `content` may have what Viber needs to know of a file: `{ sizeBytes, durationSeconds }`. */
function mediaOf(contentType: string, url: string, { name, content }: Pick<Attachment, 'name' | 'content'>): OutboundMessage {
  const [kind] = contentType.split('/');
  const { sizeBytes, durationSeconds } = (content ?? {}) as { readonly sizeBytes?: unknown; readonly durationSeconds?: unknown };
  const size = typeof sizeBytes === 'number' ? { sizeBytes } : {};
  if (kind === 'image') return { type: 'image', url };
  if (kind === 'audio') return { type: 'audio', url };
  if (kind === 'video') return { type: 'video', url, ...size, ...(typeof durationSeconds === 'number' ? { durationSeconds } : {}) };
  return { type: 'document', url, ...size, ...(name === undefined ? {} : { fileName: name }) };
}

/** Returns the address of a file. Both platforms fetch files by themselves. */
function publicAddress(url: string | undefined, contentType: string): string {
  if (url !== undefined && /^https?:\/\//i.test(url)) return url;
  throw cannotSend('send/no-public-address', `an attachment of type "${contentType}" needs a contentUrl that the platform can fetch`);
}

/** Returns cards as a carousel; undefined if the platform cannot show everything that the cards have. */
export function carouselOf(text: string, attachments: readonly Attachment[], limits: ChannelLimits): OutboundMessage | undefined {
  const { carousel, mixesLinks } = limits;
  if (!carousel || attachments.length < carousel.min || attachments.length > carousel.max) return undefined;
  if ((text.trim() === '' && !mixesLinks) || isLonger(text, carousel.text)) return undefined;
  const cards = attachments.map((one) => carouselCard(one, limits));
  const known = cards.filter((one) => one !== undefined);
  const shapes = new Set(known.map(({ choices = [], url }) => `${choices.length} ${url !== undefined}`));
  if (known.length < cards.length || (shapes.size > 1 && !mixesLinks)) return undefined;
  return { type: 'carousel', text, cards: known };
}

function carouselCard({ contentType, content }: Attachment, limits: ChannelLimits): CarouselCard | undefined {
  if (!PLAIN.includes(contentType.slice(PREFIX.length))) return undefined;
  const { title = '', subtitle = '', text: more = '', images = [], buttons = [] } = (content ?? {}) as Card;
  const [picture] = images;
  const text = linesOf(title, subtitle, more);
  const choices = choicesOf(buttons, limits);
  const isTooMuch = isLonger(text, limits.carousel?.cardText ?? 0) || choices.length > limits.buttons.max || images.length > 1;
  if (!picture || text === '' || isTooMuch) return undefined;
  const card = { imageUrl: publicAddress(picture.url, 'image'), text };
  if (limits.mixesLinks) return { ...card, choices };
  const [link] = choices.filter(({ url }) => url !== undefined);
  const hasRoom = text.split('\n').length <= 3 && choices.every(({ title }) => !isLonger(title, limits.buttons.title));
  if (choices.length === 0 || !hasRoom) return undefined;
  if (!link) return { ...card, choices };
  return choices.length === 1 && link.url !== undefined ? { ...card, button: link.title, url: link.url } : undefined;
}

function linesOf(...lines: readonly string[]): string {
  return lines.filter((line) => line.trim() !== '').join('\n');
}
