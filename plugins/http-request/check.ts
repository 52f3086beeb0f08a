import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { readJson } from '../../src/contract/json/exact-json.js';
import { isObject } from '../../src/contract/json/json-members.js';
import { checkCallAddress } from '../../src/nodes/call-address.js';
import type { Row } from '../../src/params/rows.js';
import { isLatin1 } from '../../src/requests/header-text.js';
import type { Body, RequestParams } from './params.js';

/** Returns problems of a request that its schema cannot find. */
export function problemsIn(params: RequestParams, world: Pick<CheckScope, 'mayCall'> = {}): readonly NodeProblem[] {
  return [
    ...checkCallAddress(params.url, '/url', world),
    ...bodyProblems(params),
    ...(params.headers ?? []).flatMap(headerProblems),
    ...schemaProblems(params),
  ];
}

function bodyProblems({ method, body }: RequestParams): readonly NodeProblem[] {
  if (body === undefined) return [];
  if (method !== 'GET' && method !== 'HEAD') return jsonProblems(body);
  const hint = 'Choose another method, or use "query".';
  return [{ pointer: '/body', code: 'request/no-body', message: `a ${method} request has no body`, hint }];
}

/** Warns of expressions that can break the JSON around them, and of JSON that would be sent as a text in quotes. */
function jsonProblems(body: Body): readonly NodeProblem[] {
  if ('text' in body && /^\s*[[{](?!%)/.test(body.text.replace(/^\s*\{\{.*?\}\}/s, '')) && hasRawOutput(body.text))
    return [
      {
        pointer: '/body/text',
        code: 'request/raw-in-json',
        message: 'a quote or a line break in the value of an expression would break the JSON',
        hint: 'Use `body.json`, or end the expression with `| json` and remove the quotes around it: { "name": {{ answer | json }} }.',
        severity: 'warning',
      },
    ];
  if ('json' in body && typeof body.json === 'string' && /^\s*(?:\{(?![{%])|\[)/.test(body.json)) {
    const read = readJson(body.json);
    return [
      {
        pointer: '/body/json',
        code: 'request/json-as-text',
        message: 'the JSON is written as a text, so it is sent as a text in quotes',
        ...(read === undefined
          ? {
              hint: 'Write it as JSON: "json": { "name": "{{ answer }}" }. Or use `body.text`, with `| json` at the end of each expression.',
            }
          : { hint: 'Write it as JSON, without the quotes around it.', mend: [{ op: 'replace', path: '/body/json', value: read }] }),
        severity: 'warning',
      },
    ];
  }
  return [];
}

/** Returns whether a text has an output whose last filter is not `json`. */
function hasRawOutput(text: string): boolean {
  // Split instead of a pattern, which would look for the end from every beginning.
  return text.split('{{').some((part, i) => {
    const end = part.indexOf('}}');
    return i > 0 && end >= 0 && !/\|\s*json(?:ify)?\b[^|]*$/.test(part.slice(0, end));
  });
}

/** Checks a header without templates. Values of templates are checked when the call is made. */
function headerProblems({ name, value }: Row, i: number): readonly NodeProblem[] {
  const [wrongName, odd] = [!isTemplate(name) && !/^[!#$%&'*+.^`|~\w-]+$/.test(name), typeof value === 'string' && !isLatin1(value)];
  return [
    ...(wrongName
      ? [
          {
            pointer: `/headers/${i}/name`,
            code: 'request/bad-header',
            message: `"${name}" is not a valid name of a header`,
            hint: 'Use only letters, digits and hyphens.',
          },
        ]
      : []),
    ...(odd
      ? [
          {
            pointer: `/headers/${i}/value`,
            code: 'request/header-letters',
            message: 'some of these characters are not allowed in a header; they are sent percent-encoded',
            hint: 'Encode them as the other system expects, or use the query or the body.',
            severity: 'warning' as const,
          },
        ]
      : []),
  ];
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

function schemaProblems({ schema }: RequestParams): readonly NodeProblem[] {
  if (schema === undefined || isObject(schema)) return [];
  const hint = 'Write { "type": "object", "properties": { … } }, or give an example as "sample".';
  return [{ pointer: '/schema', code: 'request/bad-schema', message: 'a JSON Schema is an object', hint }];
}
