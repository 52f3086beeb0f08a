import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { REFUSALS, type Refusal, type RefusalCode } from '../contract/host/index.js';
import type { Problem } from '../contract/index.js';

/** A refusal as RFC 9457 defines it, with all problems at once. https://www.rfc-editor.org/rfc/rfc9457 */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Problem[];
  readonly id: string;
  readonly draft?: Refusal['draft'];
  readonly blockers?: Refusal['blockers'];
}

/** The statuses of a call that differ from those of the catalogue. */
export type Statuses = Readonly<Partial<Record<RefusalCode, number>>>;

/** Writes a refusal as the API shows it. */
export function problemDetails(
  { refused: code, detail, problems = [], draft, blockers }: Refusal,
  statuses: Statuses = {},
): ProblemDetails {
  const { status: usual, words } = REFUSALS[code];
  const status = statuses[code] ?? usual;
  return {
    type: `https://parley.invalid/docs/errors#${code.replace('/', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: detail ?? words,
    errors: problems,
    id: randomUUID(),
    ...(draft ? { draft } : {}),
    ...(blockers ? { blockers } : {}),
  };
}

/** Sends a refusal, with the headers that its status asks for. */
export function answerProblem(response: ServerResponse, problem: ProblemDetails): void {
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (problem.status === 429) response.setHeader('Retry-After', '60');
  answerJson(response, { status: problem.status, type: 'application/problem+json', body: problem });
}

/** Sends JSON. Works on plain `node:http` and behind express. */
export function answerJson(
  response: ServerResponse,
  { status = 200, type = 'application/json', body }: { readonly status?: number; readonly type?: string; readonly body: object },
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-length': bytes.length }).end(bytes);
}
