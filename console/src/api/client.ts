/** A problem that the API tells of, in the form of RFC 9457 and with the places where something is wrong. */
export interface ApiError {
  /** JSON Pointer into what was sent. */
  readonly pointer: string;
  readonly code: string;
  readonly node?: string;
  readonly message: string;
  readonly hint: string;
}

/** Thrown by `call` if the API refuses, and if it cannot be reached (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  /** One of the codes in docs/errors.md; `network` if the host was not reached. */
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly ApiError[];
  /** Names the bug in the log of the host, if it is one. */
  readonly id: string | undefined;
  /** The answer's body as it came. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const word = (member: string) => (typeof body[member] === 'string' ? (body[member] as string) : '');
    super(word('detail') || word('title') || `HTTP ${status}`);
    this.status = status;
    this.code = word('code');
    this.detail = this.message;
    this.errors = Array.isArray(body['errors']) ? (body['errors'] as ApiError[]) : [];
    this.id = word('id') || undefined;
    this.body = body;
  }
}

/** What goes with a call. */
export interface CallOptions {
  readonly body?: unknown;
  /** The revision that a change builds on: `If-Match`. */
  readonly revision?: number;
  /** The id of the editor that saves a draft. */
  readonly editor?: string;
  readonly signal?: AbortSignal;
  /** Goes on after the page is closed; at most 64 kB of body. */
  readonly keepalive?: boolean;
}

/** What the API answered. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  /** The revision in the `ETag`. */
  readonly revision: number | undefined;
}

/** Called for each answer 401: the page over which the dialog to sign in again opens. */
let onSignedOut: () => void = () => undefined;

/** Sets what is done when a call finds that nobody is signed in any more. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

const signedInListeners = new Set<() => void>();

/** Calls the listener whenever somebody signs in again. Returns a function that ends it. */
export function whenSignedIn(listener: () => void): () => void {
  signedInListeners.add(listener);
  return () => signedInListeners.delete(listener);
}

/** Lets what waits for a sign-in go on. */
export function goOnSignedIn(): void {
  for (const listener of signedInListeners) listener();
}

/**
 * Calls the API.
 *
 * @param path - what follows `/api`, such as `/flows?limit=50`
 * @throws ApiProblem if the API refuses or cannot be reached
 * @example
 * const { body, revision } = await call<FlowDefinition>('GET', '/flows/welcome/draft');
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<Answer<T>> {
  const { body, revision, editor, signal, keepalive } = options;
  const answer = await fetch(`/api${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      ...(editor === undefined ? {} : { 'parley-editor': editor }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
    ...(keepalive ? { keepalive } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, { code: 'network', detail: 'The host cannot be reached.' });
  });
  const text = await answer.text();
  const parsed = text === '' ? {} : parse(text);
  if (answer.ok) return { status: answer.status, body: parsed as T, revision: revisionOf(answer.headers.get('etag')) };
  if (answer.status === 401 && path !== '/sign-in') onSignedOut();
  throw new ApiProblem(answer.status, parsed as Record<string, unknown>);
}

/** Reads with `GET` what a page shows. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>('GET', path, signal ? { signal } : {})).body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

function revisionOf(etag: string | null): number | undefined {
  const found = /"(\d+)"/.exec(etag ?? '');
  return found ? Number(found[1]) : undefined;
}
