import type { Block } from './block.js';
import type { Card, CardPort } from './card.js';
import type { Point } from './commands.js';
import type { Piece } from './pieces.js';

/**
 * The measures of a card in pixels. The style sheet of the canvas has the same, and all heights are fixed, so that the size of a card is
 * known before it is drawn.
 */
export const CARD = {
  width: 248,
  /** On all sides. */
  border: 1,
  /** From the upper edge to the body, the border included. */
  head: 43,
  /** The middle of the head: the height at which edges enter, and leave by the only way. */
  headMiddle: 22,
  /** Between two parts of the body. */
  gap: 5,
  /** Left and right of the body, from the outer edge. */
  side: 10,
  /** Below the body. */
  bodyEnd: 9,
  picture: 76,
  /** The height of a line of words, in bubbles and elsewhere. */
  line: 17,
  /** Inside of a bubble. */
  bubble: { x: 10, y: 6, maxLines: 4 },
  maxLines: 2,
  choice: 26,
  row: 24,
  /** Above and below the rows; above them there is also a line of 1. */
  rowsEdge: 4,
  pill: { height: 36, icon: 18, gap: 6, side: 12 },
  /** Left and right inside of a variable. */
  variable: 5,
} as const;

/** The fonts of a card, in the notation of CSS and of `measureText`. */
export const FONTS = {
  words: '400 13px "Inter Variable", sans-serif',
  strong: '600 13px "Inter Variable", sans-serif',
  variable: '600 11.5px "Inter Variable", sans-serif',
  title: '600 13px "Inter Variable", sans-serif',
} as const;

/** Returns the width of a text in pixels, in one of `FONTS`. */
export type Measure = (text: string, font: string) => number;

/** The size of a card, and where edges begin and end, from its upper left corner. */
export interface Size {
  readonly width: number;
  readonly height: number;
  /** Where edges enter. */
  readonly entry: Point;
  /** Where edges leave, by the name of the port. */
  readonly handles: ReadonlyMap<string, Point>;
}

/** Returns the size of a card. It depends on its arguments alone: no card has to be drawn to be measured. */
export function sizeOf(card: Card, measure: Measure): Size {
  if (card.shape === 'pill') return pillSize(card, measure);
  const { width, head, headMiddle, gap, bodyEnd, row, rowsEdge, border } = CARD;
  const blocks = card.body.map((block) => blockHeight(block, measure));
  const body = blocks.length === 0 ? 0 : sum(blocks) + gap * (blocks.length - 1) + bodyEnd;
  const rowsTop = head + body + border + rowsEdge;
  const rows = card.rows.length === 0 ? 0 : border + 2 * rowsEdge + row * card.rows.length;
  const height = head + body + rows + border;
  return {
    width,
    height,
    entry: { x: 0, y: headMiddle },
    handles: new Map([
      ...handlesOf(card.head ? [card.head] : [], () => ({ x: width, y: headMiddle })),
      ...handlesOf(card.rows, (i) => ({ x: width, y: rowsTop + row * i + row / 2 })),
      ...handlesOf(card.failures, (i) => ({ x: Math.round((width * (i + 1)) / (card.failures.length + 1)), y: height })),
    ]),
  };
}

/** Returns how many lines the words of a block take; the style sheet shows as many. */
export function linesOf(block: Block, measure: Measure): number {
  if (block.kind === 'bubble') {
    const width = CARD.width - 2 * CARD.side - 2 * CARD.bubble.x;
    return Math.min(CARD.bubble.maxLines, wrappedLines(block.pieces, { width, measure }));
  }
  return block.kind === 'line' ? Math.min(CARD.maxLines, wrappedLines(block.pieces, { width: CARD.width - 2 * CARD.side, measure })) : 0;
}

function pillSize(card: Card, measure: Measure): Size {
  const { height, icon, gap, side } = CARD.pill;
  const width = Math.min(CARD.width, Math.ceil(2 * side + icon + gap + measure(card.title, FONTS.title)));
  const ports = [...(card.head ? [card.head] : []), ...card.rows];
  return {
    width,
    height,
    entry: { x: 0, y: height / 2 },
    handles: new Map([
      ...handlesOf(ports, () => ({ x: width, y: height / 2 })),
      ...handlesOf(card.failures, (i) => ({ x: Math.round((width * (i + 1)) / (card.failures.length + 1)), y: height })),
    ]),
  };
}

function handlesOf(ports: readonly CardPort[], at: (index: number) => Point): readonly (readonly [string, Point])[] {
  return ports.map(({ name }, i) => [name, at(i)]);
}

function blockHeight(block: Block, measure: Measure): number {
  const lines = linesOf(block, measure) * CARD.line;
  switch (block.kind) {
    case 'picture':
      return CARD.picture;
    case 'bubble':
      return lines + 2 * CARD.bubble.y;
    case 'choices': {
      const rows = block.titles.length + (block.more > 0 ? 1 : 0);
      return rows * CARD.choice + (rows - 1) * CARD.gap;
    }
    case 'line':
      return lines;
  }
}

interface Wrapping {
  readonly width: number;
  readonly measure: Measure;
}

/** Returns the number of lines that pieces take, at least 1. It breaks where a browser does: at blanks, and in words that are too long. */
function wrappedLines(pieces: readonly Piece[], wrapping: Wrapping): number {
  let [lines, used] = [1, 0];
  for (const { text, font, extra } of wordsOf(pieces)) {
    if (text === '\n') {
      [lines, used] = [lines + 1, 0];
      continue;
    }
    const width = wrapping.measure(text, font) + extra;
    const isBlank = text.trim() === '';
    if (used + width <= wrapping.width || (isBlank && used > 0)) used += width;
    else if (!isBlank) {
      // A variable is cut at the end of its line; a word goes on in the next one.
      const own = extra > 0 ? 1 : Math.max(1, Math.ceil(width / wrapping.width));
      lines += used > 0 ? own : own - 1;
      used = extra > 0 ? Math.min(width, wrapping.width) : width - (own - 1) * wrapping.width;
    }
  }
  return lines;
}

interface Word {
  readonly text: string;
  readonly font: string;
  /** Beside the width of the text. */
  readonly extra: number;
}

function wordsOf(pieces: readonly Piece[]): readonly Word[] {
  return pieces.flatMap((piece): readonly Word[] => {
    if ('variable' in piece) return [{ text: piece.variable, font: FONTS.variable, extra: 2 * CARD.variable }];
    const font = piece.isStrong ? FONTS.strong : FONTS.words;
    return piece.text.split(/(\n|[^\S\n]+)/).flatMap((text) => (text === '' ? [] : [{ text, font, extra: 0 }]));
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
