import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { type Log, OperationalError, REFUSALS, type Refusal, type RefusalCode } from '../contract/host/index.js';
import type { Problem } from '../contract/index.js';
import { wordsOfJsonBreak } from '../flow/json-break.js';
import { RefusedCall } from './refused-call.js';

/** A refusal as RFC 9457 defines it, with all problems at once. https://www.rfc-editor.org/rfc/rfc9457 */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Problem[];
  readonly id: string;
}

/** The statuses of a call that differ from those of the catalogue. */
export type Statuses = Readonly<Partial<Record<RefusalCode, number>>>;

/** Writes a refusal as the API shows it. */
export function problemDetails({ refused: code, detail, problems = [] }: Refusal, statuses: Statuses = {}): ProblemDetails {
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
  };
}

/** Sends a refusal, with the headers that its status asks for. */
export function answerProblem(response: Response, problem: ProblemDetails): void {
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
  if (problem.status === 429) response.set('Retry-After', '60');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/**
 * Answers every error: a refusal in words, a store that cannot be reached with 503, anything else as a bug with the id under which the
 * log has its stack.
 */
export function errorAnswers(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemDetails(refusalOf(error));
    if (problem.status >= 500) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
      log.error(
        { id: problem.id, code: problem.code, cause, stack: error instanceof Error ? error.stack : String(error) },
        'an API call failed',
      );
    }
    answerProblem(response, problem);
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusedCall) return error.refusal;
  if (error instanceof OperationalError) return { refused: 'http/store-away' };
  // Express cannot decode a part of the path.
  if (error instanceof URIError) return { refused: 'http/bad-path' };
  const status = bodyStatus(error);
  if (status === 413) return { refused: 'http/too-large' };
  if (status === 415) return { refused: 'http/wrong-content-type' };
  if (status !== undefined && status < 500) return { refused: 'http/not-json', detail: whereItBreaks(error) };
  return { refused: 'http/bug' };
}

/** Says where the JSON of the body is broken, without the parser's own words, which would repeat a piece of it. */
function whereItBreaks(error: unknown): string {
  if (!(error instanceof SyntaxError && 'body' in error && typeof error.body === 'string')) return 'The body could not be read as JSON.';
  const place = wordsOfJsonBreak(error.body);
  return place === '' ? 'The body is not valid JSON.' : `The body is not valid JSON: it breaks${place}.`;
}

/** Returns the status that express gives to a body that it cannot read. */
function bodyStatus(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
