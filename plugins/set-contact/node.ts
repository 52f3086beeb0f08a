import type { ContactChange, Json, NodeScope, NodeType } from '../../src/contract/index.js';
import { startOf } from '../../src/text/cut-text.js';
import { isTimeZone } from '../../src/text/date.js';
import { readLanguage } from '../../src/text/read-language.js';
import { readName } from '../../src/text/read-name.js';
import { problemsIn } from './check.js';
import { type ContactParams, params } from './params.js';

/** Sets what is known of the contact. An empty value removes what was there; a wrong language or time zone leaves it, with a warning. */
export const node: NodeType<ContactParams> = {
  type: 'set-contact',
  version: 1,
  title: 'Set contact',
  sentence: 'Sets name, language, time zone, fields and opt-out of the contact.',
  words: ['person', 'profile', 'customer', 'attribute', 'property', 'unsubscribe', 'consent', 'locale'],
  icon: 'user-edit',
  group: 'contact',
  params,
  blank: {},
  summary: ['/name', '/language', '/timeZone', '/fields', '/optOut'],
  ports: [{ name: 'next' }],
  check: problemsIn,
  enter(scope) {
    const { fields = [], optOut } = scope.params;
    const setContact: ContactChange = {
      ...texts(scope),
      ...(fields.length > 0 ? { fields: Object.fromEntries(fields.map(({ name, value }) => [name, removed(scope.value(value))])) } : {}),
      ...(optOut && Object.keys(optOut).length > 0 ? { optOut } : {}),
    };
    return { ...(Object.keys(setContact).length > 0 ? { setContact } : {}), then: { exit: 'next' } };
  },
};

function texts(scope: NodeScope<ContactParams>): Pick<ContactChange, 'name' | 'language' | 'timeZone'> {
  const { name, language, timeZone } = scope.params;
  return {
    ...(name === undefined ? {} : { name: readName(scope.text(name ?? '')) ?? null }),
    ...(language === undefined ? {} : read(scope, { member: 'language', text: language, reader: readLanguage })),
    ...(timeZone === undefined ? {} : read(scope, { member: 'timeZone', text: timeZone, reader: readZone })),
  };
}

interface ReadText {
  readonly member: 'language' | 'timeZone';
  readonly text: string | null;
  readonly reader: (text: string) => string | undefined;
}

/** Returns the member as it is to be set: null for an empty text, nothing for a wrong one. */
function read(scope: NodeScope<ContactParams>, { member, text, reader }: ReadText): { readonly [member: string]: string | null } {
  const written = scope.text(text ?? '').trim();
  if (written === '') return { [member]: null };
  const value = reader(written);
  if (value !== undefined) return { [member]: value };
  const [code, what] = member === 'language' ? ['contact/bad-language', 'a language tag'] : ['contact/bad-zone', 'a time zone'];
  scope.warn(code, `"${startOf(written, 100)}" is not ${what}, so the contact keeps the one before`);
  return {};
}

function readZone(name: string): string | undefined {
  return isTimeZone(name) ? name : undefined;
}

/** An empty text removes the field, as null does. */
function removed(value: Json): Json {
  return typeof value === 'string' && value.trim() === '' ? null : value;
}
