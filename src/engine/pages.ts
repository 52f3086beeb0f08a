import {
  type ChannelLimits,
  type Choice,
  type ChoicesShown,
  choicesShown,
  numberedLength,
  type OfferedChoice,
  type OutboundMessage,
} from '../contract/index.js';
import { cutText, lengthOf } from '../text/cut-text.js';
import { showsNumbers } from '../text/shows-numbers.js';

/** A message that can have choices. */
type Asking = Extract<OutboundMessage, { type: 'text' | 'image' | 'video' | 'document' }>;

/** One page of a message whose choices come from a list. */
export interface Page {
  /** The message with the choices of this page, and a last one that leads on if there are more. */
  readonly message: Asking;
  /** The index of the first choice, and of the first one behind this page. */
  readonly from: number;
  readonly end: number;
  /** The index that the last choice leads to: 0 on the last page. Absent if all choices are on this page. */
  readonly next?: number;
}

/** The text of a further page is at most this long, because the person has read it before. */
const MAX_TEXT = 200;

/** Returns the page of a message that a channel shows; undefined if its choices do not come from a list. Pure and never throws. */
export function pageOf(message: OutboundMessage, limits: ChannelLimits): Page | undefined {
  if (!('pages' in message) || message.pages === undefined) return undefined;
  const { pages, ...rest } = message;
  const all = rest.choices ?? [];
  const shown = layoutOf(rest, limits);
  const from = Math.min(Math.max(0, pages.from ?? 0), Math.max(0, all.length - 1));
  const plain = pages.from === undefined ? rest : furtherPage(rest);
  const size = pageSize({ message: plain, from, shown, limits });
  if (from === 0 && size >= all.length) return { message: plain, from, end: all.length };
  const end = Math.min(all.length, from + size);
  const next = end < all.length ? end : 0;
  const areNumbered = showsNumbers(all);
  const choices: readonly Choice[] = [
    ...all.slice(from, end).map((choice, i) => ({ ...choice, number: areNumbered ? from + i + 1 : null })),
    { id: moreId(all, next), title: next === 0 ? pages.first : pages.more, number: areNumbered ? 0 : null },
  ];
  const isKept = choicesShown({ choices, choicesAs: plain.choicesAs }, limits) === shown;
  return { message: { ...plain, choices, ...(isKept ? {} : { choicesAs: shown }) }, from, end, next };
}

/** Choices of a list keep the layout that they have on the first page. With `auto` more choices than fit on buttons are a list. */
function layoutOf({ choices = [], choicesAs = 'auto' }: Asking, limits: ChannelLimits): ChoicesShown {
  if (choicesAs === 'text') return 'text';
  if (choicesAs === 'buttons' && limits.buttons.max > 1) return 'buttons';
  // Where buttons hold as much as a list, lists are buttons: https://developers.viber.com/docs/tools/keyboards/
  if (choicesShown({ choices, choicesAs }, limits) === 'buttons' || (choicesAs === 'auto' && limits.buttons.max >= limits.list.max))
    return 'buttons';
  return limits.list.max > 1 ? 'list' : 'text';
}

/** Returns a further page as a text with the end of the question. */
function furtherPage({ text = '', choices, choicesAs, header, footer, listButton }: Asking): Asking {
  const question =
    text
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  return {
    type: 'text',
    text: cutText(question, MAX_TEXT),
    ...(choices ? { choices } : {}),
    ...(choicesAs ? { choicesAs } : {}),
    ...(header === undefined ? {} : { header }),
    ...(footer === undefined ? {} : { footer }),
    ...(listButton === undefined ? {} : { listButton }),
  };
}

interface Sizing {
  readonly message: Asking;
  readonly from: number;
  readonly shown: ChoicesShown;
  readonly limits: ChannelLimits;
}

/** Returns how many choices fit on a page, without the one that leads on if there is one. */
function pageSize({ message, from, shown, limits }: Sizing): number {
  const { choices = [], text = '', pages: _ } = message;
  if (shown !== 'text') {
    const { max } = limits[shown];
    return choices.length <= max ? choices.length : max - 1;
  }
  // A long text is split, so it takes at most half of the message with the choices.
  const room = limits.text - Math.min(lengthOf(text), Math.floor(limits.text / 2));
  if (numberedLength(choices) < room) return choices.length;
  const rest = choices.slice(from).map((choice, i) => ({ ...choice, number: from + i + 1 }));
  let size = 0;
  let length = LAST_ROW;
  for (const choice of rest) {
    length += numberedLength([choice]);
    if (length >= room && size > 0) break;
    size += 1;
  }
  return size;
}

/** More characters than the row that leads on can have. */
const LAST_ROW = 40;

/** Returns the id of the choice that leads to the page from this index on. It differs from the ids of all choices. */
function moreId(choices: readonly OfferedChoice[], from: number): string {
  return `${morePrefix(choices)}${from}`;
}

function morePrefix(choices: readonly OfferedChoice[]): string {
  let prefix = 'more:';
  while (choices.some(({ id }) => id.startsWith(prefix))) prefix = `~${prefix}`;
  return prefix;
}

/** Returns the index of the page that a choice with this id leads to; undefined if it is no such choice. */
export function pageBehind(choices: readonly OfferedChoice[], id: string): number | undefined {
  const prefix = morePrefix(choices);
  if (!id.startsWith(prefix)) return undefined;
  const from = choices.findIndex((_, i) => id === `${prefix}${i}`);
  return from < 0 ? undefined : from;
}
