import type { NodeProblem } from '../../src/contract/index.js';
import { checkAddress } from '../../src/params/check-address.js';
import type { Row } from '../../src/params/rows.js';
import { isLatin1 } from './header-text.js';
import type { RequestParams } from './params.js';

/** What the schema cannot say of a request. */
export function problemsIn(params: RequestParams): readonly NodeProblem[] {
  return [...addressProblems(params.url), ...bodyProblems(params), ...(params.headers ?? []).flatMap(headerProblems)];
}

/** An address that stands in the file. Whether a private one may be called is the host's to say: OUTBOUND_ALLOW. */
function addressProblems(url: string): readonly NodeProblem[] {
  return checkAddress(url, '/url').map((problem) =>
    problem.severity === 'warning'
      ? { ...problem, code: 'request/private-address', hint: 'Name it in OUTBOUND_ALLOW where the host runs, or use a public address.' }
      : { ...problem, code: 'request/bad-address' },
  );
}

function bodyProblems({ method, body }: RequestParams): readonly NodeProblem[] {
  if (body === undefined || (method !== 'GET' && method !== 'HEAD')) return [];
  const hint = 'Choose another method, or use the query.';
  return [{ pointer: '/body', code: 'request/no-body', message: `${method} sends no body`, hint }];
}

/** What stands in the file itself; what templates bring is seen to when the call is made. */
function headerProblems({ name, value }: Row, i: number): readonly NodeProblem[] {
  const [wrongName, odd] = [!isTemplate(name) && !/^[!#$%&'*+.^`|~\w-]+$/.test(name), typeof value === 'string' && !isLatin1(value)];
  return [
    ...(wrongName
      ? [
          {
            pointer: `/headers/${i}/name`,
            code: 'request/bad-header',
            message: `"${name}" cannot be the name of a header`,
            hint: 'Use letters, digits and hyphens alone.',
          },
        ]
      : []),
    ...(odd
      ? [
          {
            pointer: `/headers/${i}/value`,
            code: 'request/header-letters',
            message: 'a header has no place for some of these letters; they are sent percent-encoded',
            hint: 'Write them as the called system reads them, or put them into the query or the body.',
            severity: 'warning' as const,
          },
        ]
      : []),
  ];
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}
