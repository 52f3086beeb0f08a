import { type InboundMessage, type Json, millisOf, type NodeScope } from '../../src/contract/index.js';
import { member, readText } from '../../src/contract/json/json-members.js';
import { valueOfAnswer } from '../../src/nodes/answer-wait.js';
import { zoneOf } from '../../src/params/contact-zone.js';
import { valueOfTyped } from '../../src/params/reading.js';
import { asNumber } from '../../src/params/variable-value.js';
import { chooseSeveral } from '../../src/text/choose-several.js';
import { chooseTyped } from '../../src/text/choose-typed.js';
import { lengthOf } from '../../src/text/cut-text.js';
import { dateOf } from '../../src/text/date.js';
import { datesIn } from '../../src/text/dates-in.js';
import { isBlankText } from '../../src/text/fold.js';
import { emailsIn } from '../../src/text/links-in.js';
import { numbersIn, withoutMaximum } from '../../src/text/numbers-in.js';
import { phonesIn, regionOf } from '../../src/text/phones-in.js';
import { type AnswerType, MEDIA_TITLES, type QuestionParams } from './params.js';
import { choicesOf } from './question.js';

/** A valid answer. */
export interface GivenAnswer {
  /** What is saved. */
  readonly value: Json;
  /** The id of the choice. */
  readonly choice?: string | undefined;
}

type Scope = NodeScope<QuestionParams>;
type Reader = (scope: Scope, message: InboundMessage, shown?: readonly string[]) => GivenAnswer | undefined;

/**
 * Reads a message as the answer that the question asks for; undefined if it is not one. `shown` are the titles of the choices as the person
 * has seen them.
 */
export function readAnswer(scope: Scope, message: InboundMessage, shown?: readonly string[]): GivenAnswer | undefined {
  return READERS[scope.params.answer.type](scope, message, shown);
}

const READERS: Readonly<Record<AnswerType, Reader>> = {
  choice: readChoice,
  choices: readChoices,
  text: ofText((scope, text) => (isWithin(scope, lengthOf(text)) ? text : undefined)),
  number: ofText((scope, text) => readNumber(scope, text, () => true)),
  integer: ofText((scope, text) => readNumber(scope, text, Number.isSafeInteger)),
  email: ofText((_, text) => only(emailsIn(text))),
  phone: readPhoneAnswer,
  date: ofText(readDate),
  location: (_, message) =>
    message.latitude === undefined || message.longitude === undefined ? undefined : { value: valueOfAnswer(message) },
  media: ({ params: { answer } }, message) =>
    (answer.accept ?? Object.keys(MEDIA_TITLES)).some((type) => type === message.type) ? { value: valueOfAnswer(message) } : undefined,
  regex: ofText((scope, text) => (scope.matches(scope.params.answer.regex ?? '', text) ? text : undefined)),
};

/** Reads an answer that is a text, or the title of a choice that was tapped. */
function ofText(read: (scope: Scope, text: string) => Json | undefined): Reader {
  return (scope, { type, text }) => {
    if ((type !== 'text' && type !== 'choice') || isBlankText(text)) return undefined;
    const value = read(scope, text.trim());
    return value === undefined ? undefined : { value };
  };
}

/** A tap or a typed title has become a choice already, unless the question was not sent because the first message is the answer. */
function readChoice(scope: Scope, message: InboundMessage): GivenAnswer | undefined {
  const own = choicesOf(scope);
  if (message.type === 'choice') {
    const isOwn = !own || own.choices.some(({ id }) => id === message.choice);
    return isOwn ? { value: message.title ?? message.text, choice: message.choice } : undefined;
  }
  const found = own && message.type === 'text' ? chooseTyped(own, message.text) : undefined;
  return found && found !== 'ambiguous' ? { value: found.choice.title, choice: found.choice.id } : undefined;
}

function readChoices(scope: Scope, message: InboundMessage, shown: readonly string[] = []): GivenAnswer | undefined {
  const now = choicesOf(scope);
  const isShown = now !== undefined && now.choices.length === shown.length;
  const own = isShown ? { ...now, choices: now.choices.map((choice, i) => ({ ...choice, title: shown[i] ?? choice.title })) } : now;
  const tapped = readChoice(scope, message);
  const titles = tapped ? [tapped.value] : own && message.type === 'text' ? chooseSeveral(own, message.text).map(({ title }) => title) : [];
  return titles.length > 0 && isWithin(scope, titles.length) ? { value: titles } : undefined;
}

/** Reads the one number of a text that the question can mean. */
function readNumber(scope: Scope, text: string, fits: (value: number) => boolean): number | undefined {
  const { contact, locale } = scope;
  const { to } = boundsOf(scope, (bound) => asNumber(bound));
  const searched = to === undefined ? text : withoutMaximum(text, to);
  const found = numbersIn(searched, { language: contact.language, locale });
  const number = only(found.filter(({ value }) => fits(value) && isWithin(scope, value)).filter(isFirst));
  return number && valueOfTyped(text, number, scope);
}

function isFirst({ value }: { readonly value: number }, i: number, all: readonly { readonly value: number }[]): boolean {
  return all.findIndex((other) => other.value === value) === i;
}

function readDate(scope: Scope, text: string): string | undefined {
  const { contact, locale, now } = scope;
  const zone = zoneOf('contact', scope);
  const bounds = boundsOf(scope, (bound) => dateOf(bound, { zone }));
  // Where only dates that have passed are valid, 12 May is the last one.
  const means = bounds.to !== undefined && bounds.to <= millisOf(now) ? 'last' : 'next';
  const found = datesIn(text, {
    now: millisOf(now),
    zone,
    language: contact.language,
    locale,
    region: regionOf(contact.identities),
    means,
  });
  return only(found.map(({ date }) => date).filter((date) => isDateWithin(date, zone, bounds)));
}

/** The number is written, or in a contact card. */
function readPhoneAnswer(scope: Scope, { type, text, contact }: InboundMessage): GivenAnswer | undefined {
  const [card] = [contact].flat();
  const [phone] = [member(card, 'phones')].flat();
  const written = type === 'text' ? text : type === 'contacts' ? (readText(member(phone, 'phone')) ?? '') : '';
  const region = scope.params.answer.region ?? regionOf(scope.contact.identities);
  const value = only(phonesIn(written, { region }));
  return value === undefined ? undefined : { value };
}

/** Returns the only member of a list: of several, nobody knows which one is meant. */
function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

interface Bounds {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

function boundsOf(scope: Scope, read: (bound: Json) => number | undefined): Bounds {
  const { min, max } = scope.params.answer;
  const filled = (bound: Json | undefined) => (bound === undefined ? undefined : read(scope.value(bound)));
  return { from: filled(min), to: filled(max) };
}

function isWithin(scope: Scope, value: number): boolean {
  const { from, to } = boundsOf(scope, (bound) => asNumber(bound));
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}

/** A date without a time is a whole day: today is not before now. */
function isDateWithin(date: string, zone: string, { from, to }: Bounds): boolean {
  const begin = dateOf(date, { zone }) ?? 0;
  const end = date.length === ISO_DAY ? begin + DAY - 1 : begin;
  return (from === undefined || end >= from) && (to === undefined || begin <= to);
}

/** The length of 2026-12-25. */
const ISO_DAY = 10;
const DAY = 86_400_000;
