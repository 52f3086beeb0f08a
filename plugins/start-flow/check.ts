import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import type { StartParams } from './params.js';

/** Templates that are the person of the flow themselves. */
const THEMSELVES = /^\{\{-?\s*(?:contact\.(?:id|phone|identities\[\d+\])|customerPhoneNumber|lastMessage\.from)\s*-?\}\}$/;

/** Returns problems of a start that its schema cannot find. */
export function problemsIn(params: StartParams, { code }: Pick<CheckScope, 'code'>): readonly NodeProblem[] {
  return [...(startsItself(params, code) ? [itself(params)] : []), ...('group' in params ? [NO_GROUP] : [])];
}

/** Returns whether a flow starts itself for the person who is in it, which would go round for ever. What variables hold is known at run time. */
function startsItself({ flow, contact }: StartParams, code: string | undefined): boolean {
  return code !== undefined && flow === code && THEMSELVES.test(contact.trim());
}

function itself({ flow }: StartParams): NodeProblem {
  return {
    pointer: '/contact',
    code: 'start/itself',
    message: `"${flow}" would start itself for the same contact`,
    hint: 'Name another contact, or lead back by an edge and a jump.',
  };
}

const NO_GROUP: NodeProblem = {
  pointer: '',
  code: 'start/no-group',
  message: 'a flow cannot be started for a group yet',
  hint: 'Start it for one contact, named by "contact".',
};
