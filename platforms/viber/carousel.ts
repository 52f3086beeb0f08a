import type { CarouselCard, Choice, JsonObject } from '../../src/contract/index.js';
import { cutText } from '../../src/text/cut-text.js';
import { buttonOf } from './keyboard.js';
import { limits, viberLimits } from './limits.js';
import { escapedWithin } from './markup.js';
import { webAddress } from './media.js';
import { idsOf } from './tracking.js';

/** Rows of a card that its words take; the picture has what the buttons leave. */
const WORDS_ROWS = 2;
const MOST_BUTTON_ROWS = 3;
const MOST_BUTTONS = 3 * MOST_BUTTON_ROWS;
/** Bytes of the cards of one message: the rest is for what stands around them. */
const MOST_BYTES = 22_000;
/** Shown in notifications, and by phones that know no cards. */
const LONGEST_ALTERNATIVE = 250;

/**
 * Cards beside each other, six to a message at most; more become messages of their own.
 * https://developers.viber.com/docs/api/rest-bot-api/#rich-media-message--carousel-content-message
 */
export function carouselBodies(cards: readonly CarouselCard[], alternative: string): readonly JsonObject[] {
  return groupsOf(cards.map(buttonsOfCard)).map((group) => richMedia(group, alternative));
}

/** Choices that find no room on their card. */
export function leftOver(cards: readonly CarouselCard[]): readonly Choice[] {
  return cards.flatMap(({ choices = [] }) => choices.slice(MOST_BUTTONS));
}

function richMedia(cards: readonly (readonly JsonObject[])[], alternative: string): JsonObject {
  return {
    type: 'rich_media',
    alt_text: cutText(alternative, LONGEST_ALTERNATIVE),
    rich_media: {
      Type: 'rich_media',
      ButtonsGroupColumns: 6,
      ButtonsGroupRows: viberLimits.cardRows,
      BgColor: '#FFFFFF',
      Buttons: cards.flat(),
    },
  };
}

/** Every card fills its block to the last row, or the next one would move up into it. */
function buttonsOfCard(card: CarouselCard): readonly JsonObject[] {
  const replies = (card.choices ?? []).slice(0, MOST_BUTTONS);
  const link: readonly Choice[] = card.url ? [{ id: 'open', title: card.button?.trim() ? card.button : 'Open', url: card.url }] : [];
  const rows = rowsOf(replies.length > 0 ? replies : link);
  const opens = replies.length === 0 && card.url ? { ActionType: 'open-url', ActionBody: webAddress(card.url) } : STILL;
  return [
    { Columns: 6, Rows: viberLimits.cardRows - WORDS_ROWS - rows.length, ...opens, Image: webAddress(card.imageUrl) },
    {
      Columns: 6,
      Rows: WORDS_ROWS,
      ...opens,
      Text: escapedWithin(card.text, limits.carousel?.cardText ?? limits.buttons.title),
      TextVAlign: 'top',
      TextHAlign: 'left',
    },
    ...rows.flatMap((row) => {
      const ids = idsOf(row);
      return row.map((choice, i) => buttonOf(choice, ids[i] ?? '', 6 / row.length));
    }),
  ];
}

const STILL = { ActionType: 'none', ActionBody: 'none' };

/** Up to three buttons below each other, more of them two or three to a row. */
function rowsOf(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const beside = Math.ceil(choices.length / MOST_BUTTON_ROWS);
  const rows: Choice[][] = [];
  for (let i = 0; i < choices.length; i += beside) rows.push(choices.slice(i, i + beside));
  return rows;
}

/** In order; as many together as one message takes. */
function groupsOf(cards: readonly (readonly JsonObject[])[]): readonly (readonly (readonly JsonObject[])[])[] {
  const groups: (readonly JsonObject[])[][] = [];
  let size = 0;
  for (const card of cards) {
    const bytes = Buffer.byteLength(JSON.stringify(card));
    const last = groups.at(-1);
    if (last && last.length < viberLimits.cardsBeside && size + bytes <= MOST_BYTES) {
      last.push(card);
      size += bytes;
    } else {
      groups.push([card]);
      size = bytes;
    }
  }
  return groups;
}
