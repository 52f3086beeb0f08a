import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { checkAddress } from '../../src/params/check-address.js';
import type { Row } from '../../src/params/rows.js';
import { isLatin1 } from './header-text.js';
import type { Body, RequestParams } from './params.js';

/** What the schema cannot say of a request. */
export function problemsIn(params: RequestParams, world: Pick<CheckScope, 'mayCall'> = {}): readonly NodeProblem[] {
  return [...addressProblems(params.url, world), ...bodyProblems(params), ...(params.headers ?? []).flatMap(headerProblems)];
}

/** An address that stands in the file. Whether a private one may be called is the host's to say: OUTBOUND_ALLOW. */
function addressProblems(url: string, { mayCall }: Pick<CheckScope, 'mayCall'>): readonly NodeProblem[] {
  const problems = checkAddress(url, '/url').filter(({ severity }) => severity !== 'warning' || !mayCall?.(url));
  return problems.map((problem) =>
    problem.severity === 'warning'
      ? { ...problem, code: 'request/private-address', hint: 'Name it in OUTBOUND_ALLOW where the host runs, or use a public address.' }
      : { ...problem, code: 'request/bad-address' },
  );
}

function bodyProblems({ method, body }: RequestParams): readonly NodeProblem[] {
  if (body === undefined) return [];
  if (method !== 'GET' && method !== 'HEAD') return jsonProblems(body);
  const hint = 'Choose another method, or use the query.';
  return [{ pointer: '/body', code: 'request/no-body', message: `${method} sends no body`, hint }];
}

/** JSON in which an answer with a quote or a line break would break out of its place, and JSON that would be sent as a text. */
function jsonProblems(body: Body): readonly NodeProblem[] {
  if ('text' in body && /^\s*[[{](?!%)/.test(body.text.replace(/^\s*\{\{.*?\}\}/s, '')) && hasRawOutput(body.text))
    return [
      {
        pointer: '/body/text',
        code: 'request/raw-in-json',
        message: 'an expression stands in JSON as it is: a quote or a line break in its value breaks the JSON',
        hint: 'Use `body.json`, or end the expression with `| json` and leave out the quotes around it: { "name": {{ answer | json }} }.',
        severity: 'warning',
      },
    ];
  if ('json' in body && typeof body.json === 'string' && /^\s*(?:\{(?![{%])|\[)/.test(body.json))
    return [
      {
        pointer: '/body/json',
        code: 'request/json-as-text',
        message: 'the JSON is given as a text, and is sent as a text in quotes',
        hint: 'Write it as JSON: "json": { "name": "{{ answer }}" }. Or put it into `body.text`, with `| json` at the end of each expression.',
        severity: 'warning',
      },
    ];
  return [];
}

/** An output whose last filter is not `json`. */
function hasRawOutput(text: string): boolean {
  // Cut at each beginning: a pattern would look for the end from every one of them.
  return text.split('{{').some((part, i) => {
    const end = part.indexOf('}}');
    return i > 0 && end >= 0 && !/\|\s*json(?:ify)?\b[^|]*$/.test(part.slice(0, end));
  });
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
