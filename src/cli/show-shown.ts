import type { Shown, ShownButton } from '../contract/index.js';

/** Something that a person can do with a message, in the order in which it is numbered. */
export type ShownChoice = Pick<ShownButton, 'id' | 'title' | 'does' | 'url'>;

/** Returns what can be tapped on messages, in the order in which `showShown` numbers it. */
export function choicesOf(shows: readonly Shown[]): readonly ShownChoice[] {
  return shows.flatMap(({ buttons = [], list, keyboard, cards = [] }) => [
    ...buttons,
    ...(list?.sections.flatMap(({ rows }) => rows.map(({ id, title }): ShownChoice => ({ id, title, does: 'reply' }))) ?? []),
    ...(keyboard?.buttons ?? []),
    ...cards.flatMap((card) => card.buttons ?? []),
  ]);
}

/** Writes a message as lines: as a person sees it, with a number before everything that can be tapped. `from`: the first number. */
export function showShown(shown: Shown, from = 1): readonly string[] {
  const { kind, text, header, footer, media, list, buttons = [], keyboard, cards = [] } = shown;
  let next = from;
  const numbered = (button: ShownChoice, more = '') => `  ${next++}. ${button.title}${more}${endOf(button)}`;
  const name = media?.name === undefined ? '' : ` (${media.name})`;
  return [
    ...(kind === 'text' ? [] : [`[${kind}]${media ? ` ${media.url}${name}` : ''}${asideOf(shown)}`]),
    ...(header === undefined ? [] : [header]),
    ...(kind === 'text' && media ? [`[${media.kind}] ${media.url}${name}`] : []),
    ...(text === undefined || text === '' ? [] : text.split('\n')),
    ...(footer === undefined ? [] : [footer]),
    ...buttons.map((button) => numbered(button)),
    ...(list ? [`  [${list.button}]`] : []),
    ...(list?.sections ?? []).flatMap(({ title, rows }) => [
      ...(title === undefined ? [] : [`  ${title}`]),
      ...rows.map((row) => numbered({ ...row, does: 'reply' }, row.description === undefined ? '' : ` - ${row.description}`)),
    ]),
    ...(keyboard?.buttons ?? []).map((button) => numbered(button)),
    ...cards.flatMap((card) => [
      `  | ${[card.media?.url, card.text].filter((part) => part !== undefined).join(' ')}`,
      ...(card.buttons ?? []).map((button) => numbered(button)),
    ]),
  ];
}

/** What a button does, if it does not answer. */
function endOf({ does, url }: ShownChoice): string {
  if (does === 'url') return `: ${url ?? 'opens an address'}`;
  if (does === 'phone') return ' (phone)';
  return does === 'location' ? ' (shares the location)' : '';
}

/** What a message is beside its text and its file. */
function asideOf({ place, people, emoji, template, native }: Shown): string {
  if (place) return ` ${[place.latitude, place.longitude, place.name, place.address].filter((part) => part !== undefined).join(' ')}`;
  if (people) return ` ${people.map(({ name, phone = '' }) => `${name} ${phone}`.trim()).join(', ')}`;
  if (emoji !== undefined) return ` ${emoji}`;
  if (template) return ` ${template.name} (${template.language}) ${template.values.join(', ')}`.trimEnd();
  return native === undefined ? '' : ` ${JSON.stringify(native)}`;
}
