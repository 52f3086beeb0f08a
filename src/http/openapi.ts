import type Joi from 'joi';
import { REFUSALS, type RefusalCode } from '../contract/host/index.js';
import type { Json, JsonObject } from '../contract/index.js';
import { jsonSchema } from '../flow/schema/json-schema.js';
import { OPEN_CALLS } from './open-calls.js';
import type { Route } from './route.js';
import { nameOf } from './schemas/named.js';
import { PROBLEM_DETAILS } from './schemas/problem.js';

/** Makes the OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1) from the routes and the schemas that validate their calls. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const shapes: Record<string, Json> = {};
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = `/api${route.path}`;
    paths[path] = { ...paths[path], [route.method]: operationOf(route, shapes) };
  }
  schemaOf(PROBLEM_DETAILS, shapes);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Parley',
      version: '1',
      summary: 'Chat flows on WhatsApp and Viber',
      description:
        'A list is `{ items, next? }`; `?cursor=<next>` reads the next page. A refusal is an RFC 9457 problem and reports all mistakes at once.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ key: [] }, { signIn: [] }],
    paths: { ...paths, ...(OPEN_CALLS as JsonObject) },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key made with POST /api/keys, or PARLEY_ADMIN_KEY.' },
        signIn: {
          type: 'apiKey',
          in: 'cookie',
          name: 'parley_sign_in',
          description:
            'The cookie of a browser that is signed in. A call that changes something must have `Sec-Fetch-Site: same-origin`, else an `Origin` of this host.',
        },
      },
      schemas: shapes,
      responses: commonRefusals(),
    },
  };
}

function commonRefusals(): JsonObject {
  const common = [...byStatus([...AT_THE_DOOR, ...OF_BODIES])].filter(([status]) => COMMON.includes(status));
  return Object.fromEntries(common.map(([status, codes]) => [`Refused${status}`, refusal(codes)]));
}

/** Writes a schema as JSON Schema. Named shapes go into `shapes`, and the schema refers to them. */
function schemaOf(schema: Joi.Schema, shapes: Record<string, Json>): Json {
  const { $defs = {}, ...own } = jsonSchema(schema) as JsonObject & { readonly $defs?: JsonObject };
  const described = schema.describe() as Described;
  const examples = new Map((described.shared ?? []).map((one) => [one.flags?.id ?? '', one.examples]));
  for (const [name, shape] of Object.entries($defs)) shapes[name] ??= hoisted(withExamples(shape as JsonObject, examples.get(name)));
  const here = hoisted(withExamples(own, described.examples));
  const name = nameOf(schema);
  if (name === undefined) return here;
  shapes[name] = here;
  return { $ref: `#/components/schemas/${name}` };
}

/** Rewrites references between joi schemas as references within the document. */
function hoisted(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}

/** What joi's description of a schema has and its JSON Schema has not: the examples. */
interface Described {
  readonly flags?: { readonly id?: string };
  readonly examples?: readonly Json[];
  readonly shared?: readonly Described[];
}

function withExamples(schema: JsonObject, examples: readonly Json[] | undefined): JsonObject {
  return examples === undefined ? schema : { ...schema, examples };
}

function operationOf(route: Route, shapes: Record<string, Json>): Json {
  const { summary, description, tag, role, body, files, mayLackBody, example, action } = route;
  const parameters = [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)];
  return {
    operationId: operationId(route),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    ...(role === 'none' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: mayLackBody !== true,
            content: {
              'application/json': { schema: schemaOf(body, shapes), ...(example === undefined ? {} : { example }) },
              ...mediaTypes(files),
            },
          },
        }),
    responses: { ...answersOf(route, shapes), ...refusalsOf(route) },
    ...(role === 'none' ? {} : { 'x-role': role }),
    ...(action === undefined ? {} : { 'x-audited-as': action }),
  };
}

function mediaTypes(types: readonly string[] = []): JsonObject {
  return Object.fromEntries(types.map((type) => [type, {}]));
}

/** Makes an id from method and path: `getFlowsCodeDraft`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function pathParameters({ path }: Route): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters({ query }: Route): readonly Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = jsonSchema(query) as {
    readonly properties?: Readonly<Record<string, JsonObject>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function headerParameters({ needs = {}, takes = {} }: Route): readonly Json[] {
  return Object.entries({ ...needs, ...takes }).map(([name, description]) => ({
    name,
    in: 'header',
    required: name in needs,
    description,
    schema: { type: 'string' },
  }));
}

function answersOf({ answers }: Route, shapes: Record<string, Json>): JsonObject {
  const json = (schema: Joi.Schema) => ({ 'application/json': { schema: schemaOf(schema, shapes) } });
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]): [string, Json] => {
      if (answer === undefined)
        return [status, { description: status === '304' ? 'Not modified since the ETag of If-None-Match' : 'Done' }];
      if (typeof answer === 'string') return [status, { description: 'OK', content: { [answer]: {} } }];
      if ('orElse' in answer) return [status, { description: 'OK', content: { ...json(answer.schema), ...mediaTypes(answer.orElse) } }];
      return [status, { description: 'OK', content: json(answer) }];
    }),
  );
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } };
/** The refusals that every call with a key may have. */
const AT_THE_DOOR: readonly RefusalCode[] = [
  'key/missing',
  'key/unknown',
  'sign-in/expired',
  'key/wrong-role',
  'sign-in/other-site',
  'key/too-many-guesses',
  'http/store-away',
];
/** Statuses whose refusals are a component of the document, which routes without refusals of their own refer to. */
const COMMON: readonly number[] = [401, 403, 413, 415, 429, 503];
const OF_NAMES: readonly RefusalCode[] = ['http/bad-path'];
const OF_QUERIES: readonly RefusalCode[] = ['http/bad-query'];
const OF_BODIES: readonly RefusalCode[] = ['http/not-json', 'http/too-large', 'http/wrong-content-type'];

/** Lists every refusal that a route may have. */
function refusalsIn({ role, path, refuses = [], query, body, checksBody }: Route): readonly RefusalCode[] {
  return [
    ...(role === 'none' ? (['http/store-away'] as const) : AT_THE_DOOR),
    ...(path.includes('{') ? OF_NAMES : []),
    ...(query ? OF_QUERIES : []),
    ...(body ? OF_BODIES : []),
    ...(body && !checksBody ? (['http/bad-body'] as const) : []),
    ...refuses,
  ];
}

function byStatus(codes: readonly RefusalCode[], statuses: Route['statuses'] = {}): ReadonlyMap<number, ReadonlySet<RefusalCode>> {
  const found = new Map<number, Set<RefusalCode>>();
  for (const code of codes) {
    const status = statuses[code] ?? REFUSALS[code].status;
    found.set(status, (found.get(status) ?? new Set()).add(code));
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

function refusalsOf(route: Route): JsonObject {
  const own = byStatus(route.refuses ?? [], route.statuses);
  return Object.fromEntries(
    [...byStatus(refusalsIn(route), route.statuses)].map(([status, codes]): [string, Json] => [
      String(status),
      COMMON.includes(status) && !own.has(status) ? { $ref: `#/components/responses/Refused${status}` } : refusal(codes),
    ]),
  );
}

function refusal(codes: Iterable<RefusalCode>): Json {
  return { description: [...codes].map((code) => `\`${code}\`: ${REFUSALS[code].words}`).join('\n'), content: problemContent };
}
