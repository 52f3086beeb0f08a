import { cutText, sentIds } from '../../src/adapter-kit/index.js';
import type { CarouselCard, Choice, JsonObject } from '../../src/contract/index.js';
import { buttonOf } from './keyboard.js';
import { limits, viberLimits } from './limits.js';
import { escapeWithin } from './markup.js';
import { encodeAddress } from './media.js';

/** The rows of a card that its text takes. The picture gets those that the buttons leave. */
const TEXT_ROWS = 2;
const MAX_BUTTON_ROWS = 3;
const MAX_BUTTONS = 3 * MAX_BUTTON_ROWS;
/** Bytes of the cards of one message. What else is in the request has to fit into 30 kB, too. */
const MAX_BYTES = 22_000;
/** Characters of the text in notifications and on phones that cannot show cards. */
const MAX_ALTERNATIVE = 250;

/** All buttons of one card. */
type CardButtons = readonly JsonObject[];

/**
 * Returns cards beside each other, at most six to a message; more cards become further messages.
 * https://developers.viber.com/docs/api/rest-bot-api/#rich-media-message--carousel-content-message
 */
export function carouselContents(cards: readonly CarouselCard[], alternative: string): readonly JsonObject[] {
  return groupsOf(cards.map(buttonsOfCard)).map((group) => richMedia(group, alternative));
}

/** Returns the choices for which there is no room on their card. */
export function choicesWithoutRoom(cards: readonly CarouselCard[]): readonly Choice[] {
  return cards.flatMap(({ choices = [] }) => choices.slice(MAX_BUTTONS));
}

function richMedia(cards: readonly CardButtons[], alternative: string): JsonObject {
  return {
    type: 'rich_media',
    alt_text: cutText(alternative, MAX_ALTERNATIVE),
    rich_media: {
      Type: 'rich_media',
      ButtonsGroupColumns: 6,
      ButtonsGroupRows: viberLimits.cardRows,
      BgColor: '#FFFFFF',
      Buttons: cards.flat(),
    },
  };
}

/** A card has to fill all of its rows: otherwise the next card would begin in them. */
function buttonsOfCard(card: CarouselCard): CardButtons {
  const replies = (card.choices ?? []).slice(0, MAX_BUTTONS);
  const isLink = replies.length === 0 && Boolean(card.url);
  const rows = rowsOf(isLink ? [{ id: 'open', title: card.button?.trim() ? card.button : 'Open', url: card.url ?? '' }] : replies);
  const action = isLink
    ? { ActionType: 'open-url', ActionBody: encodeAddress(card.url ?? '') }
    : { ActionType: 'none', ActionBody: 'none' };
  return [
    { Columns: 6, Rows: viberLimits.cardRows - TEXT_ROWS - rows.length, ...action, Image: encodeAddress(card.imageUrl) },
    {
      Columns: 6,
      Rows: TEXT_ROWS,
      ...action,
      Text: escapeWithin(card.text, limits.carousel.cardText),
      TextVAlign: 'top',
      TextHAlign: 'left',
    },
    ...rows.flatMap((row) => {
      const ids = sentIds(row, limits.buttons.id);
      return row.map((choice, i) => buttonOf(choice, { id: ids[i] ?? '', columns: 6 / row.length }));
    }),
  ];
}

/** Up to three buttons have a row each; more of them share rows by two or three. */
function rowsOf(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const perRow = Math.ceil(choices.length / MAX_BUTTON_ROWS);
  const rows: Choice[][] = [];
  for (let i = 0; i < choices.length; i += perRow) rows.push(choices.slice(i, i + perRow));
  return rows;
}

/** Returns the cards in order, in groups as large as one message can be. */
function groupsOf(cards: readonly CardButtons[]): readonly (readonly CardButtons[])[] {
  const groups: CardButtons[][] = [];
  let size = 0;
  for (const card of cards) {
    const bytes = Buffer.byteLength(JSON.stringify(card));
    const last = groups.at(-1);
    if (last && last.length < viberLimits.cardsBeside && size + bytes <= MAX_BYTES) {
      last.push(card);
      size += bytes;
    } else {
      groups.push([card]);
      size = bytes;
    }
  }
  return groups;
}
