/** The parts of an OpenAPI document that the page is made of. It is our own document, so its form is known. */
interface Document {
  readonly info: { readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly responses: Readonly<Record<string, Response>> };
}
interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema?: Schema; readonly example?: unknown } } };
  readonly responses: Readonly<Record<string, Response>>;
  readonly 'x-role'?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}
interface Response {
  readonly $ref?: string;
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

/** Writes the reference page of the API in Markdown from its OpenAPI document. */
export function apiPage(document: object): string {
  const { info, paths, components } = document as Document;
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ title: `${method.toUpperCase()} ${path}`, operation })),
  );
  const tags = [...new Set(calls.flatMap(({ operation }) => operation.tags))];
  const chapters = tags.map((tag) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(tag));
    return `## ${tag}\n\n${own.map(({ title, operation }) => callSection(title, operation)).join('\n')}`;
  });
  const shapes = Object.entries(components.schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => shapeSection(name, schema));
  const common = Object.entries(components.responses).map(([name, one]) => answerLine([name.replace('Refused', ''), one]));
  return `# The API\n\nOpenAPI 3.1: \`GET /api/openapi.json\`. ${info.description}\n\nAny call that takes a key may be refused with\n\n${common.join('\n')}\n\n${chapters.join('\n')}\n## Shapes\n\n${shapes.join('\n')}`;
}

function callSection(title: string, operation: Operation): string {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content['application/json'];
  const role = operation['x-role'];
  return [
    `### ${title}\n\n${summary}.${role === undefined ? ' Needs no key.' : ` Role: \`${role}\`.`}${description === undefined ? '' : ` ${description}`}\n`,
    parameters.some((one) => one.in !== 'path') ? `\n${table(parameters.filter((one) => one.in !== 'path').map(parameterRow))}` : '',
    body?.schema ? bodySection(body.schema) : '',
    body?.example === undefined ? '' : `\n${json(body.example)}`,
    `\n${Object.entries(responses)
      .filter(([, one]) => one.$ref === undefined)
      .map(answerLine)
      .join('\n')}\n`,
  ].join('');
}

function bodySection(schema: Schema): string {
  if (schema.properties) return `\nBody:\n\n${membersTable(schema)}`;
  return `\nBody: ${typeOf(schema)}.\n`;
}

function answerLine([status, { description, content }]: [string, Response]): string {
  const schema = Object.values(content ?? {})[0]?.schema;
  const what = schema && Number(status) < 300 ? ` ${typeOf(schema)}` : '';
  return `- **${status}** ${description.replaceAll('.\n', '; ')}${what === '' ? '' : `:${what}`}`;
}

function shapeSection(name: string, schema: Schema): string {
  const [example] = schema.examples ?? [];
  return `### ${name}\n\n${schema.description ?? ''}\n\n${membersTable(schema)}${example === undefined ? '' : `\n${json(example)}`}`;
}

function parameterRow({ name, in: where, required, description = '', schema }: Parameter): readonly string[] {
  return [`\`${name}\`${required ? '' : ' ?'}`, where === 'header' ? 'header' : typeOf(schema), description];
}

function membersTable({ properties = {}, required = [] }: Schema): string {
  return table(
    Object.entries(properties).map(([name, schema]) => [
      `\`${name}\`${required.includes(name) ? '' : ' ?'}`,
      typeOf(schema),
      schema.description ?? '',
    ]),
  );
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.length === 0
    ? ''
    : `| | | |\n|---|---|---|\n${rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`).join('')}`;
}

/** Describes a schema in a few words: `text`, `list of Flow`, `"keep" | "migrate"`. */
function typeOf({ $ref, type, enum: values, items, anyOf, properties }: Schema): string {
  const name = $ref?.split('/').at(-1);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (items?.$ref !== undefined || items?.type !== undefined || items?.anyOf) return `list of ${typeOf(items)}`;
  if (properties) {
    const inner = Object.entries(properties).map(([key, schema]) => `\`${key}\`: ${typeOf(schema)}`);
    return `{ ${inner.join(', ')} }`;
  }
  return [type ?? 'any']
    .flat()
    .map((one) => WORDS[one] ?? one)
    .join(' or ');
}

const WORDS: Readonly<Record<string, string>> = { string: 'text', array: 'list', integer: 'whole number', any: 'any JSON' };

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;
}
