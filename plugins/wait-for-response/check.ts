import { type CheckScope, MESSAGE_TYPES, type NodeProblem } from '../../src/contract/index.js';
import { problemsOfAnswerWait } from '../../src/nodes/answer-wait.js';
import { OTHER_VALUES } from '../../src/params/other-names.js';
import { meantAmong } from '../../src/text/meant-name.js';
import type { ResponseParams } from './params.js';

/** Returns problems of a wait for a message that its schema cannot find. */
export function problemsIn(params: ResponseParams, world: CheckScope): readonly NodeProblem[] {
  const { accept, saveAs } = params;
  return [
    ...(accept === undefined && saveAs !== undefined && world.shows?.(saveAs) ? [anyAnswerShown(saveAs)] : []),
    ...(accept ?? []).flatMap((type, i) => typeProblems(type, `/accept/${i}`)),
    ...problemsOfAnswerWait(params, world),
  ];
}

function typeProblems(type: string, pointer: string): readonly NodeProblem[] {
  if (MESSAGE_TYPES.includes(type)) return [];
  const problem = { pointer, code: 'message/unknown-type', message: `"accept" has an unknown message type "${type}"` };
  const meant = meantAmong(MESSAGE_TYPES, OTHER_VALUES)(type);
  if (meant === undefined) return [{ ...problem, hint: `Use one of ${MESSAGE_TYPES.join(', ')}.` }];
  return [{ ...problem, hint: `Did you mean "${meant}"?`, mend: [{ op: 'replace', path: pointer, value: meant }] }];
}

function anyAnswerShown(saveAs: string): NodeProblem {
  return {
    pointer: '/saveAs',
    code: 'wait/any-answer-shown',
    message: `a text shows "${saveAs}", but any message is accepted as an answer: a voice note or a location would not be shown`,
    hint: `Set "accept": ["text"] and "notAccepted": "Please write it.", or show {{ ${saveAs} | default: "…" }}.`,
    severity: 'warning',
  };
}
