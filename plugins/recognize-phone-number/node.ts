import type { NodeScope, NodeType } from '../../src/contract/index.js';

import { exitByValue, PORTS_BY_VALUE } from '../../src/params/value-branches.js';
import { comparablePart, phoneParts } from '../../src/text/phone-parts.js';
import { phonesIn, regionOf } from '../../src/text/phones-in.js';
import { type PhoneParams, params } from './params.js';

/** Finds a phone number in a text, and tells its country or writes it in one form. */
export const node: NodeType<PhoneParams> = {
  type: 'recognize-phone-number',
  version: 1,
  title: 'Recognize phone number',
  sentence: 'Finds a phone number in a text, and goes on by its country.',
  words: ['country', 'calling code', 'region', 'dial', 'e164', 'route', 'find'],
  icon: 'phone',
  group: 'core',
  params,
  blank: { input: '{{ lastMessage.text }}', output: 'callingCode' },
  summary: ['/input', '/output', '/branches'],
  ports: PORTS_BY_VALUE,
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  setTypes: ({ saveAs }) => (saveAs === undefined ? {} : { [saveAs]: 'text' }),
  enter(scope) {
    const { output, saveAs, branches } = scope.params;
    const found = phonesIn(scope.text(scope.params.input), { region: regionIn(scope) })[0];
    const part = found === undefined ? undefined : phoneParts(found)?.[output];
    const isSame = (value: string) => part !== undefined && comparablePart(value) === comparablePart(part);
    return {
      ...(saveAs === undefined ? {} : { set: { [saveAs]: part ?? null } }),
      then: { exit: exitByValue(branches, isSame) },
    };
  },
};

/** Returns the country whose national numbers count. What is not the code of a country counts as left out. */
function regionIn(scope: NodeScope<PhoneParams>): string | undefined {
  const { region } = scope.params;
  const code = region === undefined ? '' : comparablePart(scope.text(region));
  return /^[A-Z]{2}$/.test(code) ? code : regionOf(scope.contact.identities);
}
