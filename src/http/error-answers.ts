import type { ErrorRequestHandler } from 'express';
import { type Log, OperationalError, type Refusal } from '../contract/host/index.js';
import { wordsOfJsonBreak } from '../flow/json-break.js';
import { answerProblem, problemDetails } from './problem-answer.js';
import { RefusedCall } from './refused-call.js';

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
