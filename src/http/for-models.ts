import { readFile } from 'node:fs/promises';
import type { RequestHandler } from 'express';

/** Beside `dist`, in a checkout and in the package. */
const PAGE = new URL('../../../docs/for-models.md', import.meta.url);

/** Answers with the page from which a language model learns to write flows. */
export const forModels: RequestHandler = (_request, response, next) => {
  readFile(PAGE, 'utf8').then((page) => response.type('text/markdown').send(page), next);
};
