import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request, RequestHandler, Response } from 'express';
import { BUILDING_PAGE } from './building-page.js';
import { handler } from './requests.js';

/** The files of the console, as the build makes them. */
const FOLDER = fileURLToPath(new URL('../../console', import.meta.url));
/** The address of a page of the console, which its router reads. */
const PAGE = /^\/(?:[\w-]+(?:\/[\w-]+)*\/?)?$/;
const FILE = /^(?:\/[\w-][\w.-]*)+$/;
/** Addresses that are no pages, although nothing may be served there. */
const OTHER = /^\/(?:api|assets|webhooks|health|metrics|media)(?:\/|$)/i;
/** What the build has compressed, the smallest first. */
const ENCODINGS = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;
/** Without `upgrade-insecure-requests`, which would break plain HTTP in a local network. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "media-src 'self' blob: https:",
  "worker-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/**
 * Serves the console: its files, and `index.html` at the address of every page. The build may replace the files at any time; until they are
 * there for the first time, a page that tries again is served.
 */
export function consoleFiles(folder = FOLDER): RequestHandler {
  return handler(async (request, response, next) => {
    const { method, path } = request;
    const isPage = PAGE.test(path) && !OTHER.test(path);
    const name = isPage ? '/index.html' : path;
    if ((method !== 'GET' && method !== 'HEAD') || !FILE.test(name)) return next();
    const found = await findFile(request, join(folder, name));
    if (found) await sendFile(response, { ...found, type: extname(name), caching: cachingOf(name) });
    else if (isPage) sendBuildingPage(response);
    else next();
  });
}

interface Found {
  readonly file: string;
  readonly encoding?: string;
}

/** Finds the smallest form of a file that the browser can read. */
async function findFile(request: Request, file: string): Promise<Found | undefined> {
  for (const { encoding, ending } of ENCODINGS)
    if (request.acceptsEncodings(encoding) === encoding && (await isFile(file + ending))) return { file: file + ending, encoding };
  return (await isFile(file)) ? { file } : undefined;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Files below `/assets` have a hash of their content in their names. */
function cachingOf(name: string): string {
  return name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function sendFile(response: Response, { file, encoding, type, caching }: Found & { readonly type: string; readonly caching: string }) {
  const headers = {
    'Content-Security-Policy': POLICY,
    'Cache-Control': caching,
    Vary: 'Accept-Encoding',
    ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
  };
  return new Promise<void>((done, fail) => {
    // The folder itself may lie below one whose name begins with a dot.
    response.type(type).sendFile(file, { headers, cacheControl: false, dotfiles: 'allow' }, (error: SendError | undefined) => {
      // If the browser hangs up in the middle, nobody is left to be answered.
      if (!error || response.headersSent || response.destroyed) return done();
      if (error.status === undefined || error.status >= 500) return fail(error);
      answerWithoutFile(response, error.status);
      done();
    });
  });
}

type SendError = Error & { readonly status?: number };

const ABOUT_FILE = ['Content-Type', 'Content-Encoding', 'ETag', 'Last-Modified'] as const;

/**
 * Answers that a condition or range of the request does not fit the file, or that the build has just removed it. No cache may keep the
 * answer in the place of the file.
 */
function answerWithoutFile(response: Response, status: number): void {
  for (const name of ABOUT_FILE) response.removeHeader(name);
  response.status(status).set('Cache-Control', 'no-store').end();
}

function sendBuildingPage(response: Response): void {
  const { html, policy } = BUILDING_PAGE;
  response.status(503).set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store', 'Retry-After': '2' }).type('html').send(html);
}
