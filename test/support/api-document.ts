import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, Response>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object; readonly example?: unknown } } };
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, Response>>;
    readonly schemas: Readonly<Record<string, { readonly examples?: readonly unknown[] }>>;
  };
}

/** Checks answers against the OpenAPI document of a host. */
export interface ApiDocument {
  readonly document: Document;
  /** Returns what is wrong with an answer: its status is not declared, or its body does not match. Undefined if nothing is. */
  mistakeIn(
    method: string,
    path: string,
    answer: { readonly status: number; readonly type: string; readonly json: unknown },
  ): string | undefined;
  /** Returns why a value does not match the schema at a JSON Pointer of the document. Undefined if it does. */
  misfit(pointer: string, value: unknown): string | undefined;
}

export function readApiDocument(document: Document): ApiDocument {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document as object, 'api');
  const made = new Map<string, ValidateFunction>();
  const misfit = (pointer: string, value: unknown) => {
    const validate = made.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    made.set(pointer, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
  return {
    document,
    misfit,
    mistakeIn(method, path, { status, type, json }) {
      const found = matchingPaths(document, path).find((one) => document.paths[one]?.[method.toLowerCase()]);
      if (found === undefined) return status === 404 ? undefined : `${method} ${path} is not in the document`;
      const declared = document.paths[found]?.[method.toLowerCase()]?.responses[status];
      if (!declared) return `${method} ${found} does not declare ${status}`;
      const common = declared.$ref?.split('/').at(-1);
      const { content = {} } = common === undefined ? declared : (document.components.responses[common] ?? {});
      const declaredTypes = Object.keys(content);
      if (declaredTypes.length === 0) return json === undefined ? undefined : `${method} ${found} ${status} must have no body`;
      const media = Object.entries(content).find(([one]) => type.startsWith(one));
      if (!media) return `${method} ${found} ${status} is ${type}, not ${declaredTypes.join(' or ')}`;
      if (!media[1].schema) return undefined;
      const at =
        common === undefined
          ? ['paths', found, method.toLowerCase(), 'responses', String(status), 'content', media[0], 'schema']
          : ['components', 'responses', common, 'content', media[0], 'schema'];
      const wrong = misfit(pointerOf(at), json);
      return wrong && `${method} ${found} ${status}: ${wrong}`;
    },
  };
}

/** Returns a JSON Pointer as a URI fragment (RFC 6901, 6). */
export function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
}

/** Returns the paths of the document that match a real path, those with fewer parameters first. */
function matchingPaths(document: Document, path: string): readonly string[] {
  const [bare = ''] = path.split('?');
  const names = (template: string) => template.split('{').length;
  return Object.keys(document.paths)
    .filter((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i').test(bare))
    .sort((a, b) => names(a) - names(b));
}
