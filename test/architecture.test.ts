import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';

/** What each folder may import, as in ARCHITECTURE.md. Folders of ours by path; packages by name; `own` is the file's own folder. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/contract': ['joi', 'lossless-json'],
  'src/text': ['src/contract', 'libphonenumber-js', 'temporal-polyfill'],
  'src/params': ['src/contract', 'src/text', 'joi', 're2js'],
  'src/template': ['src/contract', 'src/text', 'liquidjs', 'big.js'],
  'src/flow': ['src/contract', 'src/text', 'src/params', 'src/template', 'joi', 'jsonc-parser', 're2js'],
  'src/engine': ['src/contract', 'src/text', 'src/flow', 'src/template'],
  'src/published': ['src/contract', 'src/text', 'src/flow', 'src/engine', 're2js', 'lru-cache'],
  'src/people': ['src/contract', 'src/text', 'src/engine', 'src/published', 'node:crypto'],
  'src/turn': ['src/contract', 'src/text', 'src/flow', 'src/engine', 'src/published', 'src/people'],
  'src/replay': ['src/contract', 'src/flow', 'src/engine', 'src/published', 'src/turn'],
  'src/golden': ['src/contract', 'src/flow', 'src/engine', 'src/published', 'src/people', 'node:util'],
  'src/manage': [
    'src/contract',
    'src/text',
    'src/flow',
    'src/engine',
    'src/published',
    'src/people',
    'src/turn',
    'src/replay',
    'joi',
    'node:*',
  ],
  'src/outbox': ['src/contract', 'src/text', 'src/published', 'src/people', 'undici', 'ipaddr.js', 'node:*'],
  'src/host': ['src/contract', 'src/flow', 'src/engine', 'botbuilder', 'botbuilder-core', 'botbuilder-dialogs', 'botframework-schema'],
  // Bot adapters send by the outbox's own client, so that one place knows HTTP; nothing of Parley's host imports them.
  'src/bots': ['src/contract', 'src/text', 'src/outbox', 'botbuilder', 'botbuilder-core', 'botframework-schema', 'node:*'],
  'src/store': ['src/contract', 'src/text', 'mongoose', 'libsql', 'lru-cache', 'node:*'],
  'src/jobs': ['src/contract', 'bullmq', 'ioredis'],
  'src/meters': [
    'src/contract',
    'prom-client',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
    'node:*',
  ],
  'src/http': [
    'src/contract',
    'src/text',
    'src/flow',
    'src/published',
    'src/people',
    'src/turn',
    'src/manage',
    'src/config',
    'joi',
    'express',
    'helmet',
    'rate-limiter-flexible',
    'marked',
    'csv-stringify',
    'node:*',
  ],
  'src/config': ['src/contract', 'src/text', 'joi', 'dotenv', 'ipaddr.js'],
  'src/extensions': ['src/contract', 'plugins', 'adapters', 'joi', 'import-meta-resolve', 'node:*'],
  // The suites of plugins and adapters: what others run, too. No host loads them.
  'src/testing': ['src/contract', 'src/flow', 'src/template', 'src/extensions', 'adapters', 'node:*'],
  'src/cli': [
    'src/contract',
    'src/text',
    'src/flow',
    'src/engine',
    'src/golden',
    'src/manage',
    'src/app',
    'src/main',
    'src/config',
    'src/extensions',
    'src/store',
    'plugins',
    'adapters',
    'dotenv',
    'diff',
    'string-width',
    'node:*',
  ],
  plugins: ['src/contract', 'src/text', 'src/params', 'joi', 're2js'],
  adapters: ['src/contract', 'src/text', 'joi', 'node:crypto'],
};
/** Packages that are known in one place only. */
const AT_HOME: Readonly<Record<string, RegExp>> = {
  botbuilder: /^src\/host\/|^src\/bots\/|^adapters\/[^/]+\/bot-adapter\.ts$|^src\/app\.ts$|^test\//,
  express: /^src\/http\//,
  mongoose: /^src\/store\/mongo\//,
  liquidjs: /^src\/template\//,
  'big.js': /^src\/template\//,
  'temporal-polyfill': /^src\/text\//,
  libsql: /^src\/store\/embedded\/database\.ts$|^bench\//,
  undici: /^src\/outbox\//,
  'lossless-json': /^src\/contract\/exact-json\.ts$/,
  'prom-client': /^src\/meters\//,
  'libphonenumber-js': /^src\/text\//,
  '@opentelemetry': /^src\/meters\//,
};

/** Rooms that see what people write. */
const WITH_WORDS = /^src\/(engine|params|published|people|turn|golden|manage|bots|host)\/|^(plugins|adapters)\//;
/** What `src/text` alone does with words of people: how it looks in code, in which rooms, and the files that do it with words of programs. */
const ONLY_IN_TEXT: readonly {
  readonly what: string;
  readonly code: RegExp;
  readonly rooms: RegExp;
  readonly machine: readonly string[];
}[] = [
  {
    what: 'folded',
    code: /\.normalize\(|\.toLocale(Lower|Upper)Case|\.localeCompare|Intl\.Collator|\\p\{(M|Diacritic|Mark|Emoji\w*)\}/,
    rooms: /./,
    machine: [],
  },
  {
    what: 'brought to one case',
    code: /\.to(Lower|Upper)Case\(/,
    rooms: WITH_WORDS,
    // The ending of an address, and names of headers.
    machine: [
      'src/params/message-files.ts',
      'plugins/http-request/header-text.ts',
      'plugins/http-request/service.ts',
      'adapters/viber/media.ts',
    ],
  },
  {
    what: 'read as numbers',
    code: /\bparse(Int|Float)\(|(?<!\.)\bNumber\(/,
    rooms: /^src\/(engine|params|bots|host)\/|^plugins\/[^/]+\/node\.ts$/,
    // A version that an operator names, and the bounds of a repetition.
    machine: ['src/engine/commands.ts', 'src/params/pattern.ts'],
  },
  // The adapter knows the form of its provider's own numbers.
  { what: 'read as phone numbers', code: /libphonenumber|\\D/, rooms: /^src\//, machine: [] },
  {
    what: 'cut',
    code: /Intl\.Segmenter|\[\.\.\.\w+\]\.(length|slice)|\b(text|title|words|caption|said|why|label|message|description)\)?\.(slice|substring|substr)\(0,/,
    rooms: WITH_WORDS,
    // A flow's code made of its name, and a message of joi without the value in it.
    machine: ['src/manage/new-definition.ts', 'src/manage/read-channel.ts'],
  },
];

const files = ['src', 'plugins', 'adapters'].flatMap(sourcesIn);
const imports = files.flatMap((file) => importsOf(file).map((target) => ({ file, target })));

describe('the architecture', () => {
  it('dependencies point one way', () => {
    const wrong = imports.filter(({ file, target }) => !isAllowed(file, target)).map(({ file, target }) => `${file} imports ${target}`);
    expect(wrong).to.deep.equal([]);
  });

  it('each foreign package is known in its one place', () => {
    const wrong = imports.filter(({ file, target }) => {
      const home = Object.entries(AT_HOME).find(
        ([name]) => target === name || target.startsWith(`${name}-`) || target.startsWith(`${name}/`),
      )?.[1];
      return home !== undefined && !home.test(file);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('the engine, the flow, params and nodes ask nobody for time, chance or the world', () => {
    const pure = files.filter((file) => /^src\/(engine|flow|params|template|text)\/|^plugins\/[^/]+\/node\.ts$/.test(file));
    const forbidden = /\basync\b|\bawait\b|Date\.now|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(|from 'node:/;
    const wrong = pure.filter((file) => forbidden.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(wrong).to.deep.equal([]);
  });

  it('nobody takes a method from the scope of a node: it would have lost its scope', () => {
    const taken =
      /\{[^{}]*\b(warn|text|value|expression|sealed|address|reach|linked|newId|after|random)\b[^{}]*\}(: (NodeScope|Typed)\b| = scope;)/;
    const wrong = files.filter((file) => taken.test(codeOf(file)));
    expect(wrong).to.deep.equal([]);
  });

  it('templates and texts ask no clock, not even through a date of the language', () => {
    const pure = files.filter((file) => /^src\/(template|text)\//.test(file));
    const wrong = pure.filter((file) =>
      /\bDate[.(]|\bnew Date\b|\bperformance\b|\bsetTimeout\b/.test(withoutComments(readFileSync(file, 'utf8'))),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('only main reads the environment', () => {
    const wrong = files.filter(
      (file) => !/^src\/(main|cli\/)/.test(file) && /process\.env/.test(withoutComments(readFileSync(file, 'utf8'))),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('adapters read providers’ JSON by readers that cannot throw', () => {
    const own = files.filter((file) => /^adapters\/[^/]+\//.test(file) && !/\/(cases|emulator[\w-]*)\.ts$/.test(file));
    const readers = own.filter((file) => /json-members|exact-json|WebhookRequest|ProviderReply/.test(codeOf(file)));
    // What believes a type, asks an object for its value, or throws at what it cannot read.
    const believing = /\bas (?!const\b)|\b(String|Number|BigInt)\(|\bJSON\.parse\b|\.toISOString\b|\bin (body|error|value|message)\b/;
    const wrong = readers.filter((file) => believing.test(codeOf(file).replace(/^import[^;]*;/gm, '')));
    expect(wrong).to.deep.equal([]);
  });

  for (const { what, code, rooms, machine } of ONLY_IN_TEXT)
    it(`words of people are ${what} in src/text alone`, () => {
      const elsewhere = files.filter((file) => rooms.test(file) && !/^src\/text\/|\/(cases|emulator[\w-]*)\.ts$/.test(file));
      expect(elsewhere.filter((file) => code.test(codeOf(file)))).to.deep.equal(machine);
      // What no file does any more would be looked for in vain.
      expect(files.some((file) => /^src\/text\//.test(file) && code.test(codeOf(file)))).to.equal(true);
    });

  it('a host loads nothing of what plain bots need', () => {
    const loaded = [...loadedBy('src/main.ts'), ...loadedBy('src/cli/parley.ts')];
    expect(loaded).to.include('adapters/whatsapp/index.ts');
    expect(loaded.filter((file) => /^src\/(bots|testing|index)|bot-adapter/.test(file))).to.deep.equal([]);
  });

  it('nothing of ours loads an index of botbuilder: they cost up to 50 MB', () => {
    const index = /^import (?!type\b)[^;]*? from 'botbuilder(-core|-dialogs)?';/m;
    const wrong = files.filter((file) => index.test(readFileSync(file, 'utf8')));
    expect(wrong).to.deep.equal([]);
  });

  it('no file has a name that says nothing', () => {
    const empty = files.filter((file) => /(^|\/)(utils?|helpers?|common|types|manager|base)\.ts$/.test(file));
    expect(empty).to.deep.equal([]);
  });

  it('files stay small enough to be read, data tables and cases apart', () => {
    const long = files.filter(
      (file) => !/(cases|problem-codes|error-table)\.ts$/.test(file) && readFileSync(file, 'utf8').split('\n').length > 300,
    );
    expect(long).to.deep.equal([]);
  });
});

function isAllowed(file: string, target: string): boolean {
  const folder = folderOf(file);
  const allowed = ALLOWED[folder];
  // app.ts and main.ts join everything.
  if (!allowed) return /^src\/[^/]+\.ts$/.test(file);
  if (/^(plugins|adapters)\//.test(file) && target === ownFolder(file)) return true;
  if (/^(plugins|adapters)\/index\.ts$/.test(file) && target.startsWith(`${folder}/`)) return true;
  if (/^adapters\/[^/]+\/emulator/.test(file) && target.startsWith('node:')) return true;
  if (/^adapters\/[^/]+\/bot-adapter\.ts$/.test(file) && /^(bot|src\/bots\/)/.test(target)) return true;
  const place = target.startsWith('src/') ? target.split('/').slice(0, 2).join('/').replace(/\.ts$/, '') : target;
  if (place === folder) return true;
  return allowed.some((one) => one === place || one === place.split('/')[0] || (one === 'node:*' && place.startsWith('node:')));
}

function folderOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  return first === 'src' ? `src/${second}` : first;
}

/** `plugins/wait-for-response`, for a file in it. */
function ownFolder(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

/** Ours as a path from the root (a plugin's or adapter's as its folder), packages by their name. */
function importsOf(file: string): readonly string[] {
  const text = codeOf(file);
  return [...text.matchAll(/^(?:import|export)\b[^'"(=;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm)].map(([, named, loaded]) => {
    const target = named ?? loaded ?? '';
    if (!target.startsWith('.'))
      return target.startsWith('node:')
        ? target
        : target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/');
    const path = normalize(join(dirname(file), target)).replace(/\.js$/, '.ts');
    return /^(plugins|adapters)\/[^/]+\//.test(path) ? path.split('/').slice(0, 2).join('/') : path;
  });
}

/** Our files that come along when this one is run; types leave nothing behind. */
function loadedBy(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = codeOf(file);
  for (const [, named, loaded] of text.matchAll(/^(?:import|export)\b(?! type)[^'"(=;]*?'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm))
    loadedBy(normalize(join(dirname(file), named ?? loaded ?? '')).replace(/\.js$/, '.ts'), known);
  return known;
}

/** Without comments, and without the files that a file of `parley new` holds as texts. */
function codeOf(file: string): string {
  const text = withoutComments(readFileSync(file, 'utf8'));
  return /^src\/cli\/new\/.*-files\.ts$/.test(file) ? text.replace(/`(?:\\.|[^`\\])*`/gs, '``') : text;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}
