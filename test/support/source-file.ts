import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { type ParseResult, parseSync, type Span, Visitor, type VisitorObject } from 'oxc-parser';

/** A source file of ours, parsed. */
export interface SourceFile {
  /** From the root of the repository, such as `src/app.ts`. */
  readonly path: string;
  /** The text without comments, and without the files that a file of `parley new` holds as template texts. */
  readonly code: string;
  readonly lines: number;
  /** Everything that the file imports or exports again, loads by `import()`, or takes a type of. */
  readonly imports: readonly Import[];
  /** Returns the text of a place. */
  text(place: Span): string;
  /** Walks the syntax tree. */
  walk(visitor: VisitorObject): void;
}

export interface Import {
  /** A file of ours as its path from the root, a package as it is written: `src/app.ts`, `botbuilder-core/lib/index.js`. */
  readonly target: string;
  /** Nothing of the import is left when the program runs. */
  readonly isType: boolean;
  /** It is loaded by `import()`, when it is needed. */
  readonly isLazy: boolean;
}

/** Returns the paths of all TypeScript files in a folder and the folders within it. */
export function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

/** Reads and parses a source file. Throws if it cannot be parsed. */
export function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const { program } = parsed;
  const walk = (visitor: VisitorObject) => new Visitor(visitor).visit(program);
  return {
    path,
    lines: text.split('\n').length,
    code: codeOf(path, text, parsed),
    imports: importsOf(path, text, { parsed, walk }),
    text: ({ start, end }) => text.slice(start, end),
    walk,
  };
}

function importsOf(
  path: string,
  text: string,
  { parsed: { module }, walk }: { readonly parsed: ParseResult; readonly walk: SourceFile['walk'] },
): readonly Import[] {
  const found: { name: string; isType: boolean; isLazy?: true }[] = [];
  for (const { moduleRequest, entries } of module.staticImports)
    found.push({ name: moduleRequest.value, isType: entries.length > 0 && entries.every(({ isType }) => isType) });
  for (const { entries } of module.staticExports) {
    const [first] = entries.flatMap((one) => one.moduleRequest ?? []);
    if (first) found.push({ name: first.value, isType: entries.every(({ isType }) => isType) });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = text.slice(moduleRequest.start, moduleRequest.end);
    // A name that is only known when the program runs is not one of ours.
    if (/^['"]/.test(literal)) found.push({ name: literal.slice(1, -1), isType: false, isLazy: true });
  }
  walk({ TSImportType: ({ source }) => void found.push({ name: source.value, isType: true }) });
  return found.map(({ name, isType, isLazy = false }) => ({
    target: name.startsWith('.') ? normalize(join(dirname(path), name)).replace(/\.js$/, '.ts') : name,
    isType,
    isLazy,
  }));
}

function codeOf(path: string, text: string, { comments }: ParseResult): string {
  let code = '';
  let from = 0;
  for (const { start, end } of comments) {
    code += text.slice(from, start);
    from = end;
  }
  code += text.slice(from);
  return /^src\/cli\/new\/.*-files\.ts$/.test(path) ? code.replace(/`(?:\\.|[^`\\])*`/gs, '``') : code;
}
