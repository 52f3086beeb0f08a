import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { applyPatch } from 'rfc6902';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { JsonPatch, Problem } from '../../src/contract/index.js';
import { pointerOf, valueAt } from '../../src/contract/json/json-pointer.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow, errorsOf } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

// biome-ignore lint/suspicious/noExplicitAny: damaged flow files have any form.
type File = any;
type Path = readonly (string | number)[];

const world = { nodeTypes: createNodeTypes(plugins), limits: channelLimits({ loaded: adapters }) };
const templates = readdirSync('templates')
  .filter((name) => name.endsWith('.json'))
  .map((name): File => JSON.parse(readFileSync(`templates/${name}`, 'utf8')));

/** Returns the places of all values in a file but the file itself. */
function placesIn(value: File, path: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

const misspelt = (word: string, at: number) => {
  const i = at % Math.max(1, word.length);
  return (
    [word.slice(0, i) + word.slice(i + 1), `${word.slice(0, i)}x${word.slice(i)}`, word.toUpperCase(), word.replaceAll('-', '_')][at % 4] ??
    word
  );
};

/** What happens to one place of a file. */
const DAMAGES: Readonly<Record<string, (holder: File, key: string, at: number) => void>> = {
  'renames a member': (holder, key, at) => {
    if (Array.isArray(holder)) return;
    const value = holder[key];
    delete holder[key];
    holder[misspelt(key, at)] = value;
  },
  'misspells a text': (holder, key, at) => {
    if (typeof holder[key] === 'string') holder[key] = misspelt(holder[key], at);
  },
  'drops a member': (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  'repeats a member of a list': (holder, key) => {
    if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
  },
  'takes a value out of its list': (holder, key) => {
    if (Array.isArray(holder[key]) && holder[key].length === 1) holder[key] = holder[key][0];
  },
  'writes another type': (holder, key, at) => {
    const value = holder[key];
    holder[key] = [null, String(value), typeof value === 'string' ? Number.parseInt(value, 10) || 0 : true, [value]][at % 4];
  },
};

const damages = fc
  .record({ template: fc.nat(templates.length - 1), place: fc.nat(), damage: fc.constantFrom(...Object.keys(DAMAGES)), at: fc.nat(1_000) })
  .map(({ template, place, damage, at }) => {
    const flow = structuredClone(templates[template]);
    const places = placesIn(flow);
    const path = places[place % places.length] ?? [];
    const holder = path.length === 1 ? flow : valueAt(flow, pointerOf(path.slice(0, -1)));
    DAMAGES[damage]?.(holder, String(path.at(-1)), at);
    return { flow, what: `${flow?.code}: ${damage} at ${pointerOf(path)}` };
  });

/** Applies patches one after another, as a client would. */
function mended(flow: File, patches: readonly JsonPatch[]): File {
  const file = structuredClone(flow);
  for (const patch of patches)
    expect(applyPatch(file, structuredClone([...patch])), JSON.stringify(patch)).to.deep.equal(patch.map(() => null));
  return file;
}

const patchesOf = (problems: readonly Problem[]) => problems.flatMap(({ mend }) => (mend ? [mend] : []));

describe('mends of damaged templates', () => {
  it('fit the file, alone and together, and never make more errors', () => {
    fc.assert(
      fc.property(damages, ({ flow, what }) => {
        const problems = checkFlow(flow, world);
        const patches = patchesOf(problems);
        const before = errorsOf(problems).length;
        for (const patch of [...patches.map((one) => [one]), patches]) {
          const after = errorsOf(checkFlow(mended(flow, patch), world));
          expect(after.length, `${what}\n${JSON.stringify(patch)}\n${JSON.stringify(after, null, 1)}`).to.be.at.most(before);
        }
      }),
      { numRuns: Number(process.env['MENDS'] ?? 100) },
    );
  });
});
