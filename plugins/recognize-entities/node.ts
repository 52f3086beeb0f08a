import { type Json, type JsonObject, millisOf, type NodeScope, type NodeType, type ObjectShape } from '../../src/contract/index.js';

import { zoneOf } from '../../src/params/contact-zone.js';
import { closed, text } from '../../src/params/fields.js';
import { foundIn, type Saved, save } from '../../src/params/save.js';
import { datesIn } from '../../src/text/dates-in.js';
import { emailsIn, linksIn } from '../../src/text/links-in.js';
import { numbersIn } from '../../src/text/numbers-in.js';
import { phonesIn, regionOf, withoutPhones } from '../../src/text/phones-in.js';

interface EntityParams {
  readonly input: string;
  readonly save: readonly Saved[];
}
type Scope = NodeScope<EntityParams>;

const SHAPE: ObjectShape = {
  members: {
    emails: { items: 'text' },
    phones: { items: 'text' },
    urls: { items: 'text' },
    dates: { items: 'date' },
    numbers: { items: 'number' },
  },
};

/** Finds e-mail addresses, phone numbers, web addresses, dates and numbers in a text. */
export const node: NodeType<EntityParams> = {
  type: 'recognize-entities',
  version: 1,
  title: 'Recognize entities',
  sentence: 'Finds e-mail addresses, phone numbers, web addresses, dates and numbers in a text.',
  words: ['extract', 'find', 'parse', 'email', 'phone', 'url', 'date', 'number', 'nlp'],
  icon: 'text-recognition',
  group: 'core',
  params: closed<EntityParams>({
    input: text('Input', 'The text to search, such as {{ answer }}.')
      .max(10_000)
      .required()
      .meta({ rows: 2, example: '{{ lastMessage.text }}' }),
    save: save('Save', 'Variables for what is found, such as emails[0] or numbers; null for what is not in the text.').min(1).required(),
  }),
  blank: { input: '{{ lastMessage.text }}', save: [{ name: 'email', from: 'emails[0]' }] },
  summary: ['/input', '/save'],
  ports: [{ name: 'next' }],
  sets: ({ save }) => save.map(({ name }) => name),
  resultShape: () => SHAPE,
  enter(scope) {
    const { input, save } = scope.params;
    const words = scope.text(input);
    const wanted = Object.entries(FINDERS).filter(([name]) => save.some(({ from }) => from.includes(name)));
    const found: JsonObject = Object.fromEntries(wanted.map(([name, find]) => [name, [...find(words, scope)]]));
    return { set: foundIn(save, found, scope), then: { exit: 'next' } };
  },
};

/** How each part of the result is found. Only what is saved is searched for. */
const FINDERS: Readonly<Record<string, (words: string, scope: Scope) => readonly Json[]>> = {
  emails: (words) => emailsIn(words),
  phones: (words, { contact }) => phonesIn(words, { region: regionOf(contact.identities) }),
  urls: (words) => linksIn(words),
  dates(words, scope) {
    const { now, contact, locale } = scope;
    const zone = zoneOf('contact', scope);
    return datesIn(words, { now: millisOf(now), zone, language: contact.language, locale, region: regionOf(contact.identities) }).map(
      ({ date }) => date,
    );
  },
  numbers(words, { contact, locale }) {
    const others = withoutPhones(words, { region: regionOf(contact.identities) });
    return numbersIn(others, { language: contact.language, locale }).map(({ value }) => value);
  },
};
