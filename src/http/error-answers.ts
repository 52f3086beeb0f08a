import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { type Log, OperationalError, PROBLEM_CODES, type Problem, UserError } from '../contract/index.js';
import { wordsOfJsonBreak } from '../flow/json-break.js';

/** RFC 9457, with all problems at once. https://www.rfc-editor.org/rfc/rfc9457 */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Problem[];
  readonly id: string;
}

export function problemDetails(
  status: number,
  code: string,
  { detail, problems = [] }: { readonly detail?: string; readonly problems?: readonly Problem[] },
): ProblemDetails {
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    type: `https://parley.invalid/docs/errors#${code.replace('/', '-')}`,
    title,
    status,
    code,
    detail: detail ?? PROBLEM_CODES[code] ?? title,
    errors: problems,
    id: randomUUID(),
  };
}

export function answerProblem(response: Response, problem: ProblemDetails): void {
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The last word on every error: the caller's mistake in words, the world's as 503, all else as a bug with an id. No stack leaves. */
export function errorAnswers(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
      log.error(
        { id: problem.id, code: problem.code, cause, stack: error instanceof Error ? error.stack : String(error) },
        'a call failed',
      );
    }
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
    if (problem.status === 429) response.set('Retry-After', '60');
    if (error instanceof UserError) response.set(error.headers);
    answerProblem(response, problem);
  };
}

/** What a caller is told of an error. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof UserError) return problemDetails(error.status, error.code, { detail: error.message, problems: error.problems });
  if (error instanceof OperationalError) return problemDetails(503, 'http/store-away', {});
  // Express cannot decode a part of the path.
  if (error instanceof URIError) return problemDetails(400, 'http/bad-path', {});
  const status = bodyStatus(error);
  if (status === 413) return problemDetails(413, 'http/too-large', {});
  if (status === 415) return problemDetails(415, 'http/wrong-content-type', {});
  if (status !== undefined && status < 500) return problemDetails(400, 'http/not-json', { detail: whereItBreaks(error) });
  return problemDetails(500, 'http/bug', {});
}

/** Where the body breaks, never the parser's own words, which repeat a piece of it. */
function whereItBreaks(error: unknown): string {
  if (!(error instanceof SyntaxError && 'body' in error && typeof error.body === 'string')) return 'The body cannot be read as JSON.';
  const place = wordsOfJsonBreak(error.body);
  return place === '' ? 'The body is not valid JSON.' : `The body is not valid JSON: it breaks${place}.`;
}

/** What express's own body reader says of a body that it cannot read. */
function bodyStatus(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
