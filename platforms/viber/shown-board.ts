import { isObject, readNumber, readObjects, readText, withoutEmpty } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject, Shown, ShownButton, ShownCard, ShownKey, ShownMedia } from '../../src/contract/index.js';
import { plainTextOf, wordsOn } from './markup.js';

const DOES: ReadonlyMap<string, ShownButton['does']> = new Map([
  ['reply', 'reply'],
  ['open-url', 'url'],
  ['share-phone', 'phone'],
  ['location-picker', 'location'],
]);

/** Returns the buttons of a keyboard with their places and colours; undefined if there is none. */
export function shownKeyboard(keyboard: Json | undefined): Shown['keyboard'] {
  if (!isObject(keyboard)) return undefined;
  return withoutEmpty<NonNullable<Shown['keyboard']>>({
    buttons: readObjects(keyboard['Buttons']).map(keyOf),
    colour: readText(keyboard['BgColor']),
  });
}

function keyOf(button: JsonObject): ShownKey {
  const colour = readText(button['BgColor']);
  return { ...buttonOf(button), ...sizeOf(button), ...(colour === undefined ? {} : { colour }) };
}

/**
 * Returns the cards of rich media. Its buttons fill a group of columns and rows, then the next one begins.
 * https://developers.viber.com/docs/api/rest-bot-api/#rich-media-message--carousel-content-message
 */
export function shownCards(richMedia: Json | undefined): readonly ShownCard[] {
  if (!isObject(richMedia)) return [];
  const { ButtonsGroupColumns: columns, ButtonsGroupRows: rows } = richMedia;
  const cells = (readNumber(columns) ?? 6) * (readNumber(rows) ?? 7);
  const cards: JsonObject[][] = [];
  let taken = cells;
  for (const button of readObjects(richMedia['Buttons'])) {
    const size = sizeOf(button);
    if (taken >= cells) {
      cards.push([]);
      taken = 0;
    }
    cards.at(-1)?.push(button);
    taken += size.columns * size.rows;
  }
  return cards.map(cardOf);
}

/** The parts of a card that open one address are its picture, its words and, as the last one, its button. */
function cardOf(parts: readonly JsonObject[]): ShownCard {
  const isButton = (part: JsonObject, i: number) => {
    const { ActionType: action = 'reply', ActionBody: body } = part;
    if (action === 'none') return false;
    const opensLater = parts.slice(i + 1).some((other) => other['ActionType'] === action && other['ActionBody'] === body);
    return action !== 'open-url' || !opensLater;
  };
  const [buttons, others] = [parts.filter(isButton), parts.filter((part, i) => !isButton(part, i))];
  const picture = [...others, ...buttons].find((part) => readText(part['Image']) !== undefined);
  return withoutEmpty<ShownCard>({
    media: picture && withoutEmpty<ShownMedia>({ kind: 'image', url: readText(picture['Image']) }),
    text: others
      .map((part) => plainTextOf(readText(part['Text']) ?? ''))
      .filter((text) => text.trim() !== '')
      .join('\n'),
    buttons: buttons.map(buttonOf),
  });
}

/** A button without words is called by what a tap sends or opens, as in `tracking_data`. */
function buttonOf(button: JsonObject): ShownButton {
  const action = readText(button['ActionType']) ?? 'reply';
  const body = readText(button['ActionBody']) ?? '';
  const does = DOES.get(action) ?? 'none';
  const { title, description } = wordsOn(readText(button['Text']) ?? '');
  const image = readText(button['Image']);
  return withoutEmpty<ShownButton>({
    id: does === 'reply' ? body : undefined,
    title: [title, does === 'none' ? '' : body, image].find(Boolean) ?? '…',
    description,
    does,
    url: does === 'url' ? body : undefined,
    image,
  });
}

/** https://developers.viber.com/docs/tools/keyboards/#buttons-parameters */
function sizeOf({ Columns: columns, Rows: rows }: JsonObject): Pick<ShownKey, 'columns' | 'rows'> {
  return { columns: readNumber(columns) ?? 6, rows: readNumber(rows) ?? 1 };
}
