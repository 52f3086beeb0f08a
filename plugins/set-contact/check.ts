import { GIVEN_OBJECTS, type NodeProblem } from '../../src/contract/index.js';
import { isLiteral } from '../../src/params/literal.js';
import { isTimeZone } from '../../src/text/date.js';
import { readLanguage } from '../../src/text/read-language.js';
import type { ContactParams } from './params.js';

/** Returns problems that the schema cannot find: unknown languages and time zones, and fields that would never be seen. */
export function problemsIn({ language, timeZone, fields = [] }: ContactParams): readonly NodeProblem[] {
  return [
    ...(isWrong(language, readLanguage) ? [wrongLanguage(language ?? '')] : []),
    ...(isWrong(timeZone, isTimeZone) ? [wrongZone(timeZone ?? '')] : []),
    ...fields.flatMap(({ name }, i) => (OWN.has(name) ? [hiddenField(name, i)] : [])),
  ];
}

/** The members of `contact` that are not fields. */
const OWN: ReadonlySet<string> = new Set(
  GIVEN_OBJECTS.flatMap(({ name, shape }) =>
    name === 'contact' && typeof shape === 'object' && 'members' in shape ? Object.keys(shape.members) : [],
  ),
);

/** Returns whether a text is wrong already in the flow file. Values of templates are read when the node is reached. */
function isWrong(text: string | null | undefined, read: (text: string) => unknown): boolean {
  return typeof text === 'string' && text.trim() !== '' && isLiteral(text) && !read(text);
}

function wrongLanguage(language: string): NodeProblem {
  return {
    pointer: '/language',
    code: 'contact/bad-language',
    message: `"${language}" is not a language tag`,
    hint: 'Use the code of the language, such as de, pt-BR or zh-Hant.',
  };
}

function wrongZone(zone: string): NodeProblem {
  return {
    pointer: '/timeZone',
    code: 'contact/bad-zone',
    message: `unknown time zone "${zone}"`,
    hint: 'Use a name such as Europe/Berlin.',
  };
}

function hiddenField(name: string, i: number): NodeProblem {
  return {
    pointer: `/fields/${i}/name`,
    code: 'contact/hidden-field',
    message: `contact.${name} is not a field, so a field of this name could not be read`,
    hint: 'Choose another name; name, language and timeZone are set by the params of these names.',
  };
}
