import type { Shown, ShownButton, ShownCard, ShownMedia, ShownSection } from '../contract/index.js';

/** Numbers what can be tapped, in the order of `repliesOf`. */
type NextNumber = () => number;

/**
 * Returns a message as lines for a terminal. What can be answered with by a tap is numbered in the order of `repliesOf`.
 *
 * @example screenLines({ kind: 'text', text: 'Tea?', buttons: [{ id: 'yes', title: 'Yes', does: 'reply' }] })   // ['Tea?', '  1. Yes']
 */
export function screenLines(shown: Shown): readonly string[] {
  let number = 0;
  const next = () => ++number;
  const { media, header, text, footer, list, buttons = [], cards = [], keyboard } = shown;
  return [
    ...(media ? [mediaLine(media)] : []),
    ...[header, text].flatMap(linesIn),
    ...thingLines(shown),
    ...linesIn(footer),
    ...(list
      ? [`  [${list.button}]`, ...list.sections.flatMap((section) => sectionLines(section, shown.kind === 'products' ? undefined : next))]
      : []),
    ...buttons.map((button) => buttonLine(button, next)),
    ...cards.flatMap((card, i) => cardLines(card, i, next)),
    ...(keyboard?.buttons ?? []).map((button) => buttonLine(button, next)),
  ];
}

function linesIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split('\n');
}

function mediaLine({ kind, url, id, name }: ShownMedia): string {
  return [`[${kind}]`, name, url ?? id].filter(Boolean).join(' ');
}

/** What is neither words nor a file nor to be tapped. */
function thingLines({ kind, place, people = [], emoji, template, native }: Shown): readonly string[] {
  return [
    ...(place ? [['[location]', `${place.latitude}, ${place.longitude}`, place.name, place.address].filter(Boolean).join(' ')] : []),
    ...people.map(({ name, phone, email }) => ['[contact]', name, phone, email].filter(Boolean).join(' ')),
    ...(kind === 'reaction' ? [emoji === undefined ? '[reaction taken back]' : `[reaction] ${emoji}`] : []),
    ...(template ? [`[template ${template.name}, ${template.language}] ${template.values.join(' · ')}`.trimEnd()] : []),
    ...(native === undefined ? [] : [`[native] ${JSON.stringify(native)}`]),
  ];
}

function sectionLines({ title, rows }: ShownSection, next: NextNumber | undefined): readonly string[] {
  const words = rows.map((row) => [row.title, row.description].filter(Boolean).join(': '));
  return [...(title === undefined ? [] : [`    ${title}`]), ...words.map((row) => `    ${next ? `${next()}. ` : ''}${row}`)];
}

function buttonLine({ title, description, does, url }: ShownButton, next: NextNumber): string {
  const words = [title, description].filter(Boolean).join(': ');
  if (does === 'reply') return `  ${next()}. ${words}`;
  return url === undefined || url === title ? `  [${words}]` : `  [${words}] ${url}`;
}

function cardLines({ media, text, buttons = [] }: ShownCard, index: number, next: NextNumber): readonly string[] {
  const [first = '', ...rest] = [...(media ? [mediaLine(media)] : []), ...linesIn(text)];
  return [
    `  card ${index + 1}: ${first}`.trimEnd(),
    ...rest.map((line) => `    ${line}`),
    ...buttons.map((button) => `  ${buttonLine(button, next)}`),
  ];
}
