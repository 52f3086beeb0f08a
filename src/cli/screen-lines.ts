import { choicesIn, type Shown, type ShownChoice, type ShownMedia } from '../contract/index.js';

/**
 * Returns a message as lines for a terminal. Everything that can be tapped is numbered, in the order of `choicesIn`. `from`: the first number.
 *
 * @example screenLines({ kind: 'text', text: 'Tea?', buttons: [{ id: 'yes', title: 'Yes', does: 'reply' }] })   // ['Tea?', '  1. Yes']
 */
export function screenLines(shown: Shown, from = 1): readonly string[] {
  const { media, header, text, footer, list, buttons = [], cards = [], keyboard } = shown;
  const choices = choicesIn(shown);
  let next = 0;
  const take = (count: number, indent: string) => {
    const taken = choices.slice(next, next + count).map((choice, i) => `${indent}${from + next + i}. ${choiceLine(choice)}`);
    next += count;
    return taken;
  };
  return [
    ...(media ? [mediaLine(media)] : []),
    ...[header, text].flatMap(linesIn),
    ...otherLines(shown),
    ...linesIn(footer),
    ...take(buttons.length, '  '),
    ...(list ? [`  [${list.button}]`] : []),
    ...(list?.sections ?? []).flatMap(({ title, rows }) => [...linesIn(title && `    ${title}`), ...take(rows.length, '    ')]),
    ...cards.flatMap((card, i) => {
      const [first = '', ...rest] = [...(card.media ? [mediaLine(card.media)] : []), ...linesIn(card.text)];
      const words = [`  card ${i + 1}: ${first}`.trimEnd(), ...rest.map((line) => `    ${line}`)];
      return [...words, ...take(card.buttons?.length ?? 0, '    ')];
    }),
    ...take(keyboard?.buttons.length ?? 0, '  '),
  ];
}

function linesIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split('\n');
}

function mediaLine({ kind, url, id, name }: ShownMedia): string {
  return joined(`[${kind}]`, name, url ?? id);
}

/** What is neither words nor a file nor to be tapped. */
function otherLines({ kind, place, people = [], emoji, template, native }: Shown): readonly string[] {
  return [
    ...(place ? [joined('[location]', `${place.latitude}, ${place.longitude}`, place.name, place.address)] : []),
    ...people.map(({ name, phone, email }) => joined('[contact]', name, phone, email)),
    ...(kind === 'reaction' ? [emoji === undefined ? '[reaction taken back]' : `[reaction] ${emoji}`] : []),
    ...(template ? [joined(`[template ${template.name}, ${template.language}]`, template.values?.join(' · '))] : []),
    ...(native === undefined ? [] : [joined('[native]', JSON.stringify(native))]),
  ];
}

/** What a button does, if it does not answer. */
const ENDS: Readonly<Record<Exclude<ShownChoice['does'], 'reply' | 'url'>, string>> = {
  phone: ' (shares the phone number)',
  location: ' (shares the location)',
  form: ' (opens a form)',
  catalog: ' (opens products)',
  call: ' (calls)',
  none: ' (does nothing)',
};

function choiceLine({ title, description, does, url }: ShownChoice): string {
  const words = description === undefined ? title : `${title} - ${description}`;
  if (does === 'reply') return words;
  return does === 'url' ? `${words}: ${url ?? 'opens an address'}` : `${words}${ENDS[does]}`;
}

function joined(...words: readonly (string | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}
