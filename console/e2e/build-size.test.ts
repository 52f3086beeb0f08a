import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const BUILT = join(process.cwd(), 'dist/console');
/** What may be loaded, compressed with gzip, in kB of 1 000 bytes. Fonts come later and are not counted. */
const MAX_FIRST_PAGE = 230;
const MAX_EDITOR = 350;

const page = readFileSync(join(BUILT, 'index.html'), 'utf8');
const assets = readdirSync(join(BUILT, 'assets'));

/** Returns the files of the build that a file names in imports, or that a browser is told to load before it runs. */
function neededBy(name: string): readonly string[] {
  if (!name.endsWith('.js')) return [];
  const source = readFileSync(join(BUILT, 'assets', name), 'utf8');
  return [...source.matchAll(/(?:\bfrom|^import|;import)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, file = '']) => file);
}

/** Returns files with all that they need. */
function withNeeded(names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) for (const needed of neededBy(name)) all.add(needed);
  return all;
}

function sizeOf(name: string): number {
  const file = join(BUILT, 'assets', name);
  return readFileSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).length;
}

const kilobytes = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + sizeOf(name), 0) / 1_000;

/** The files of a page that is loaded when it is opened: its script and its styles, by how their names begin. */
function filesOf(...pages: readonly string[]): readonly string[] {
  const found = assets.filter((name) => /\.(js|css)$/.test(name) && pages.some((start) => name.startsWith(`${start}-`)));
  for (const start of pages) if (!found.some((name) => name.startsWith(start))) throw new Error(`the build has no ${start}`);
  return found;
}

describe('the built console', () => {
  const first = withNeeded([...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name = '']) => name));

  it(`has a first page of at most ${MAX_FIRST_PAGE} kB`, () => {
    console.log(`      first page: ${kilobytes(first).toFixed(1)} kB of ${MAX_FIRST_PAGE}`);
    expect(kilobytes(first)).to.be.at.most(MAX_FIRST_PAGE);
  });

  it(`has an editor of at most ${MAX_EDITOR} kB on top, with the editor of texts and without the worker that tidies up`, () => {
    const editor = [...withNeeded(filesOf('FlowPage', 'Form', 'TemplateEditor'))].filter((name) => !first.has(name));
    console.log(`      editor: ${kilobytes(editor).toFixed(1)} kB of ${MAX_EDITOR}`);
    expect(kilobytes(editor)).to.be.at.most(MAX_EDITOR);
  });

  it('loads nothing from elsewhere', () => {
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.filter((address) => !address.startsWith('/assets/'))).to.deep.equal([]);
    const styles = assets.filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(BUILT, 'assets', name), 'utf8'));
    expect(styles.join('\n')).to.not.match(/url\(["']?(?:https?:)?\/\/|@import/);
  });
});
