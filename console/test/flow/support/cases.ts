import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject, NodeCase } from '../../../../src/contract/index.js';
import { descriptors } from './descriptors.js';

/** Params of nodes from the cases of all plugins, by type. The host is built before its cases are read. */
export const caseParams: ReadonlyMap<string, readonly JsonObject[]> = new Map(
  await Promise.all([...descriptors.keys()].map(async (type) => [type, (await casesOf(type)).map(({ params }) => params)] as const)),
);

async function casesOf(type: string): Promise<readonly NodeCase[]> {
  const module = (await import(pathToFileURL(resolve('dist/plugins', type, 'cases.js')).href)) as { readonly cases: readonly NodeCase[] };
  return module.cases;
}
