import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve as resolveModule } from 'import-meta-resolve';

/** Loads a package or path and returns its default export, or why there is none. Never throws, whatever the package does. */
export async function loadPackage(
  name: string,
  from: { readonly folder: string; readonly patience: number },
): Promise<{ readonly value: unknown } | { readonly mistake: string }> {
  const found = find(name, from.folder);
  if ('mistake' in found) return found;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ readonly mistake: string }>((done) => {
    timer = setTimeout(() => done({ mistake: `it did not load within ${from.patience / 1000} s` }), from.patience);
  });
  const strays = catchStrays();
  const loaded = import(found.url).then(
    (module: { readonly default?: unknown }) =>
      module.default === undefined ? { mistake: 'it has no default export' } : { value: module.default },
    (error: unknown) => ({ mistake: `it cannot be loaded: ${sentenceOf(error)}` }),
  );
  const result = await Promise.race([loaded, late]);
  clearTimeout(timer);
  const stray = await strays.end();
  return stray === undefined ? result : { mistake: `it threw while it was loading: ${sentenceOf(stray.error)}` };
}

/** Catches uncaught exceptions and unhandled rejections, which would otherwise end the process with a stack. */
function catchStrays(): { end(): Promise<{ readonly error: unknown } | undefined> } {
  let first: { readonly error: unknown } | undefined;
  const hear = (error: unknown) => {
    first ??= { error };
  };
  process.on('uncaughtException', hear).on('unhandledRejection', hear);
  return {
    async end() {
      // Node reports an unhandled rejection at the end of the turn of the event loop.
      await new Promise((done) => setImmediate(done));
      process.off('uncaughtException', hear).off('unhandledRejection', hear);
      return first;
    },
  };
}

function find(name: string, folder: string): { readonly url: string } | { readonly mistake: string } {
  try {
    return { url: isPath(name) ? urlOfPath(resolve(folder, name)) : resolveModule(name, pathToFileURL(join(folder, 'parley')).href) };
  } catch (error) {
    if (!isPath(name) && codeOf(error) === 'ERR_MODULE_NOT_FOUND')
      return { mistake: `there is no such package in this folder; is it installed ("npm install ${name}")?` };
    return { mistake: codeOf(error) === 'ENOENT' ? 'there is no such file or folder' : `it cannot be found: ${sentenceOf(error)}` };
  }
}

/** Returns the URL of a file, or of a folder with a package.json, whose `exports` count as they do for other importers. */
function urlOfPath(path: string): string {
  if (!statSync(path).isDirectory()) return pathToFileURL(path).href;
  const { name, exports } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    readonly name?: string;
    readonly exports?: unknown;
  };
  if (name !== undefined && exports !== undefined) return resolveModule(name, pathToFileURL(join(path, 'parley')).href);
  return pathToFileURL(createRequire(join(path, 'parley')).resolve(path)).href;
}

function isPath(name: string): boolean {
  return name.startsWith('.') || isAbsolute(name);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Returns an error on one line of at most 500 characters. Anything can be thrown. */
function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 500);
}
