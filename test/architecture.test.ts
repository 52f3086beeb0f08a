import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { forbiddenInPureCode } from './support/pure-code.js';
import { type Import, readSource, type SourceFile, sourcesIn } from './support/source-file.js';

/** What each folder may import, as in ARCHITECTURE.md. Folders of ours by path; packages by name; `own` is the file's own folder. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/contract': ['joi', 'lossless-json'],
  'src/text': ['src/contract', 'libphonenumber-js', 'temporal-polyfill', 'chrono-node', 'linkify-it', 're2js', 'tinyld', 'node:module'],
  'src/clock': ['src/contract'],
  'src/params': ['src/contract', 'src/text', 'joi'],
  'src/nodes': ['src/contract', 'src/text', 'src/params', 'joi'],
  // Services that several plugins share.
  'src/models': ['src/contract', 'joi', 'eventsource-parser'],
  'src/requests': ['src/contract', 'src/text', 'src/params', 'joi'],
  'src/template': ['src/contract', 'src/text', 'liquidjs', 'big.js'],
  'src/flow': ['src/contract', 'src/text', 'src/params', 'src/template', 'joi', 'jsonc-parser', 're2js'],
  // The texts of flows for translators.
  'src/texts': ['src/contract', 'src/text', 'src/template', 'src/flow', 'csv-parse', 'csv-stringify'],
  'src/engine': ['src/contract', 'src/text', 'src/flow', 'src/template'],
  'src/published': ['src/contract', 'src/text', 'src/flow', 'src/engine', 're2js', 'lru-cache', 'joi'],
  'src/people': ['src/contract', 'src/text', 'src/engine', 'src/published', 'node:crypto'],
  'src/media': ['src/contract', 'src/published', 'node:crypto', 'node:path/posix'],
  'src/turn': ['src/contract', 'src/text', 'src/flow', 'src/engine', 'src/published', 'src/people', 'src/media'],
  'src/replay': ['src/contract', 'src/flow', 'src/engine', 'src/published'],
  'src/play': ['src/contract', 'src/params', 'src/flow', 'src/engine', 'src/published', 'src/people', 'src/text', 'joi', 'node:util'],
  'src/manage': [
    'src/contract',
    'src/text',
    'src/texts',
    'src/flow',
    'src/params',
    'src/engine',
    'src/published',
    'src/people',
    'src/media',
    'src/turn',
    'src/replay',
    'joi',
    'node:*',
  ],
  'src/outbox': ['src/clock', 'src/contract', 'src/text', 'src/published', 'src/people', 'undici', 'ipaddr.js', 'lru-cache', 'node:*'],
  // What dialogs and bots send, as messages of a platform.
  'src/activities': ['src/contract', 'src/text', 'botframework-schema'],
  'src/host': [
    'src/contract',
    'src/flow',
    'src/engine',
    'src/activities',
    'botbuilder',
    'botbuilder-core',
    'botbuilder-dialogs',
    'botframework-schema',
  ],
  // Bot adapters send by the outbox's own client, so that one place knows HTTP; nothing of Parley's host imports them.
  'src/bots': [
    'src/contract',
    'src/text',
    'src/outbox',
    'src/activities',
    'botbuilder',
    'botbuilder-core',
    'botframework-schema',
    'node:*',
  ],
  'src/store': ['src/contract', 'src/text', 'mongoose', 'libsql', 'lru-cache', 'node:*'],
  'src/jobs': ['src/contract', 'bullmq', 'ioredis'],
  'src/meters': [
    'src/contract',
    'lru-cache',
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
    'src/texts',
    'src/flow',
    'src/published',
    'src/people',
    'src/media',
    'src/turn',
    'src/manage',
    'src/config',
    'joi',
    'express',
    'compression',
    'helmet',
    'rate-limiter-flexible',
    'marked',
    'csv-stringify',
    'node:*',
  ],
  'src/config': ['src/contract', 'src/text', 'joi', 'dotenv', 'ipaddr.js'],
  'src/extensions': ['src/contract', 'plugins', 'adapters', 'joi', 'import-meta-resolve', 'node:*'],
  // The suites of plugins and adapters: what others run, too. No host loads them.
  'src/testing': ['src/contract', 'src/params', 'src/flow', 'src/engine', 'src/extensions', 'platforms', 'node:*'],
  'src/cli': [
    'src/contract',
    'src/text',
    'src/texts',
    'src/flow',
    'src/engine',
    'src/play',
    'src/make-calls',
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
    'rfc6902',
    'string-width',
    'node:*',
  ],
  plugins: [
    'src/contract',
    'src/text',
    'src/params',
    'src/nodes',
    'src/models',
    'src/requests',
    'joi',
    're2js',
    'quickjs-emscripten-core',
    '@jitl/quickjs-wasmfile-release-sync',
    'nodemailer',
    'node:crypto',
    'node:os',
    'node:vm',
    'node:worker_threads',
  ],
  'src/adapter-kit': ['src/contract', 'src/text', 'joi', 'node:*'],
  // Of the contract they need types alone: what they do is in the kit, which authors of packages have, too.
  platforms: ['types of src/contract', 'src/adapter-kit'],
  adapters: ['types of src/contract', 'src/adapter-kit', 'platforms', 'node:crypto'],
};
/** Packages that are known in one place only. */
const AT_HOME: Readonly<Record<string, RegExp>> = {
  botbuilder: /^src\/host\/|^src\/bots\/|^adapters\/[^/]+\/bot-adapter\.ts$|^src\/app\.ts$|^test\//,
  express: /^src\/http\//,
  compression: /^src\/http\//,
  mongoose: /^src\/store\/mongo\//,
  liquidjs: /^src\/template\//,
  'big.js': /^src\/template\//,
  'temporal-polyfill': /^src\/text\//,
  'csv-parse': /^src\/texts\//,
  libsql: /^src\/store\/embedded\/database\.ts$|^bench\//,
  undici: /^src\/outbox\//,
  'lossless-json': /^src\/contract\/json\/exact-json\.ts$/,
  'prom-client': /^src\/meters\//,
  'libphonenumber-js': /^src\/text\//,
  'eventsource-parser': /^src\/models\//,
  'chrono-node': /^src\/text\//,
  'linkify-it': /^src\/text\//,
  tinyld: /^src\/text\//,
  '@opentelemetry': /^src\/meters\//,
  'quickjs-emscripten-core': /^plugins\/run-code\//,
  '@jitl/quickjs-wasmfile-release-sync': /^plugins\/run-code\//,
  nodemailer: /^plugins\/send-email\//,
  '@xyflow': /^console\/src\/canvas\//,
  elkjs: /^console\/src\/canvas\//,
  '@codemirror': /^console\/src\/form\/(TemplateField|template\/)/,
  zustand: /^console\/src\/(editor|canvas)\//,
};

/** Which folders of the console each folder of it may import; the others, such as its pages, may import all. */
const IN_CONSOLE: Readonly<Record<string, readonly string[]>> = {
  api: [],
  flow: ['types of api'],
  look: ['api'],
  form: ['api', 'flow', 'look'],
  canvas: ['api', 'flow', 'look', 'editor'],
  editor: ['api', 'flow', 'look', 'form', 'canvas'],
};

/** Rooms that see what people write. */
const WITH_WORDS =
  /^src\/(engine|nodes|params|published|people|turn|play|manage|activities|bots|host|adapter-kit|requests)\/|^(plugins|adapters|platforms)\//;
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
    machine: ['src/params/message-files.ts', 'src/requests/header-text.ts', 'plugins/http-request/service.ts', 'platforms/viber/media.ts'],
  },
  {
    what: 'read as numbers',
    code: /\bparse(Int|Float)\(|(?<!\.)\bNumber\(/,
    rooms: /^src\/(engine|params|bots|host)\/|^plugins\/[^/]+\/node\.ts$/,
    // A version that an operator names.
    machine: ['src/engine/commands.ts'],
  },
  // The adapter knows the form of its provider's own numbers.
  { what: 'read as phone numbers', code: /libphonenumber|\\D/, rooms: /^src\//, machine: [] },
  {
    what: 'cut',
    code: /Intl\.Segmenter|\[\.\.\.\w+\]\.(length|slice)|\b(text|title|words|caption|said|why|label|message|description)\)?\.(slice|substring|substr)\(0,/,
    rooms: WITH_WORDS,
    // A message of joi without the value in it.
    machine: ['src/manage/parse-channel.ts'],
  },
];

/** Rooms whose results depend on their arguments alone. */
const PURE = /^src\/(contract|engine|flow|nodes|params|template|text|texts)\/|^plugins\/[^/]+\/node\.ts$/;

const sources = new Map(['src', 'plugins', 'adapters', 'platforms'].flatMap(sourcesIn).map((path) => [path, readSource(path)]));
const files = [...sources.values()];
const imports = importsOf(files);
const consoleFiles = sourcesIn('console/src').map(readSource);
const consoleImports = importsOf(consoleFiles);

describe('the architecture', () => {
  it('dependencies point one way', () => {
    const wrong = imports.filter((one) => !isAllowed(one)).map(({ path, target }) => `${path} imports ${target}`);
    expect(wrong).to.deep.equal([]);
  });

  it('what plugins and adapters are made of knows nothing of the store and the host', () => {
    const rooms = /^(plugins|adapters|platforms)\/|^src\/(text|params|template|flow|nodes|adapter-kit)\//;
    const wrong = imports.filter(({ path, target }) => rooms.test(path) && /^src\/contract\/(store|host)\//.test(target));
    expect(wrong).to.deep.equal([]);
  });

  it('each foreign package is known in its one place', () => {
    const wrong = [...imports, ...consoleImports].filter(({ path, target }) => {
      const home = Object.entries(AT_HOME).find(
        ([name]) => target === name || target.startsWith(`${name}-`) || target.startsWith(`${name}/`),
      )?.[1];
      return home !== undefined && !home.test(path);
    });
    expect(wrong).to.deep.equal([]);
  });

  // Biome forbids the globals there: see `noRestrictedGlobals` in biome.json.
  it('pure code is synchronous, without chance, and keeps nothing between two calls', () => {
    const wrong = files.filter(({ path }) => PURE.test(path)).flatMap((file) => forbiddenInPureCode(file));
    expect(wrong).to.deep.equal([]);
  });

  it('nobody takes a method from the scope of a node: it would have lost its scope', () => {
    const taken =
      /\{[^{}]*\b(warn|text|value|matches|expression|sealed|address|reach|linked|newId|after|random)\b[^{}]*\}(: (NodeScope|Typed)\b| = scope;)/;
    expect(pathsOf(files.filter(({ code }) => taken.test(code)))).to.deep.equal([]);
  });

  it('no file of the check, the compiler or the engine names a node type: what they have to know of one is in its contract', () => {
    const types = [...new Set(sourcesIn('plugins').flatMap((path) => /^plugins\/([^/]+)\//.exec(path)?.[1] ?? []))];
    // The engine uses these words of the contract, too: an event, a command, an outcome.
    const words = ['start', 'end', 'wait'];
    const named = new RegExp(`(?<![\\w/-])(${types.filter((type) => !words.includes(type)).join('|')})(?![\\w-])`);
    const quoted = new RegExp(`['"](${words.join('|')})['"]`);
    const compared = /\btype\.type [!=]== ['"]/;
    const wrong = files.filter(({ path, code }) => {
      if (!/^src\/(flow|engine)\//.test(path)) return false;
      return named.test(code) || compared.test(code) || (path.startsWith('src/flow/') && quoted.test(code));
    });
    expect(types).to.include.members(words);
    expect(pathsOf(wrong)).to.deep.equal([]);
  });

  it('nodes need no casts: their params, their memory and what happens to them are typed', () => {
    const nodes = files.filter(({ path }) => /^(plugins\/[^/]+|src\/nodes)\//.test(path));
    const wrong = nodes.filter(({ code }) => /\bas (?!const\b)[A-Za-z{(]/.test(withoutTexts(code.replace(/^import[^;]*;/gm, ''))));
    expect(pathsOf(wrong)).to.deep.equal([]);
  });

  it('only the host’s beginning and the command read the environment', () => {
    const wrong = files.filter(({ path, code }) => !/^src\/(run-host|cli\/)/.test(path) && /process\.env/.test(code));
    expect(pathsOf(wrong)).to.deep.equal([]);
  });

  it('adapters read providers’ JSON by readers that cannot throw', () => {
    const own = files.filter(({ path }) => /^(adapters|platforms)\/[^/]+\//.test(path) && !/\/cases\.ts$|\/emulator\//.test(path));
    const readers = own.filter(({ code }) => /\bread(Body|Json|Text|Id|Number|Objects|Time)\b|WebhookRequest|ProviderReply/.test(code));
    // What believes a type, asks an object for its value, or throws at what it cannot read.
    const believing = /\bas (?!const\b)|\b(String|Number|BigInt)\(|\bJSON\.parse\b|\.toISOString\b|\bin (body|error|value|message)\b/;
    const wrong = readers.filter(({ code }) => believing.test(code.replace(/^import[^;]*;/gm, '')));
    expect(pathsOf(wrong)).to.deep.equal([]);
  });

  for (const { what, code, rooms, machine } of ONLY_IN_TEXT)
    it(`words of people are ${what} in src/text alone`, () => {
      const elsewhere = files.filter(({ path }) => rooms.test(path) && !/^src\/text\/|\/cases\.ts$|\/emulator\//.test(path));
      expect(pathsOf(elsewhere.filter((file) => code.test(file.code)))).to.deep.equal(machine);
      // What no file does any more would be looked for in vain.
      expect(files.some((file) => /^src\/text\//.test(file.path) && code.test(file.code))).to.equal(true);
    });

  it('a host loads nothing of what plain bots need', () => {
    const loaded = [...loadedBy('src/run-host.ts'), ...loadedBy('src/cli/parley.ts')];
    expect(loaded).to.include('adapters/whatsapp/index.ts');
    expect(loaded.filter((file) => /^src\/(bots|testing|index)|bot-adapter/.test(file))).to.deep.equal([]);
  });

  it('a host starts without the parts that are loaded later', () => {
    const atStart = [...loadedBy('src/run-host.ts', { lazyParts: false })];
    const packages = atStart.flatMap((path) => sources.get(path)?.imports.filter(({ isType, isLazy }) => !isType && !isLazy) ?? []);
    const loaded = new Set([...atStart, ...packages.map(({ target }) => target)]);
    expect(loaded).to.include.members(['src/http/server.ts', 'src/engine/advance.ts', 'liquidjs/dist/liquid.node.mjs', 'node:http']);
    const later = [
      /^(botbuilder|botframework)/,
      /^(express|marked|csv-stringify|csv-parse|rate-limiter-flexible|jsonc-parser|import-meta-resolve|mongoose|prom-client|@opentelemetry|undici|quickjs-emscripten-core|@jitl|nodemailer|re2js|temporal-polyfill)\b/,
      /^src\/(http\/(api|openapi|routes\/)|host\/host-adapter|activities\/|store\/mongo\/|demo|cli\/)/,
      /^(adapters|platforms)\/.*\/emulator\//,
      /^plugins\/(?!index\.ts)/,
    ];
    expect([...loaded].filter((target) => later.some((one) => one.test(target)))).to.deep.equal([]);
  });

  it('nothing of ours loads an index of botbuilder: they cost up to 50 MB', () => {
    const isIndex = ({ target, isType }: Import) => !isType && /^botbuilder(-core|-dialogs)?$/.test(target);
    expect(pathsOf(files.filter((file) => file.imports.some(isIndex)))).to.deep.equal([]);
  });

  it('no file has a name that says nothing', () => {
    const empty = [...files, ...consoleFiles].filter(({ path }) => /(^|\/)(utils?|helpers?|common|types|manager|base)\.tsx?$/.test(path));
    expect(pathsOf(empty)).to.deep.equal([]);
  });

  it('files stay small enough to be read, data tables, cases and generated files apart', () => {
    const long = [...files, ...consoleFiles].filter(
      ({ path, lines }) => !/(cases|problem-codes|problem-mends|other-names|error-table|api\/answers)\.ts$/.test(path) && lines > 300,
    );
    expect(pathsOf(long)).to.deep.equal([]);
  });
});

describe('the architecture of the console', () => {
  it('knows nothing of the host but the contract: its types, and functions of files that load no package', () => {
    const ofHost = consoleImports.filter(({ target }) => !/^console\//.test(target) && existsSync(target.split('/')[0] ?? ''));
    const isPure = (target: string) => [...loadedBy(target)].every((path) => packagesOf(path).length === 0);
    const wrong = ofHost.filter(({ target, isType }) => !/^src\/contract\/(?!store\/|host\/)/.test(target) || (!isType && !isPure(target)));
    expect(ofHost.length).to.be.greaterThan(0);
    expect(wrong.map(({ path, target }) => `${path} imports ${target}`)).to.deep.equal([]);
  });

  it('the dependencies of its folders point one way', () => {
    const wrong = consoleImports.filter(({ path, target, isType }) => {
      const [from = '', to = ''] = [path, target].map((one) => /^console\/src\/([^/]+)\//.exec(one)?.[1] ?? '');
      const allowed = IN_CONSOLE[from];
      return allowed && to !== '' && to !== from && !allowed.includes(to) && !(isType && allowed.includes(`types of ${to}`));
    });
    expect(wrong.map(({ path, target }) => `${path} imports ${target}`)).to.deep.equal([]);
    expect(Object.keys(IN_CONSOLE).filter((folder) => !existsSync(`console/src/${folder}`))).to.deep.equal([]);
  });

  it('what it does with flows is pure, and knows neither React nor the browser', () => {
    const flowFiles = consoleFiles.filter(({ path }) => /^console\/src\/flow\//.test(path));
    expect(flowFiles.flatMap((file) => forbiddenInPureCode(file))).to.deep.equal([]);
    const packages = flowFiles.flatMap(({ imports: found }) => found.filter(({ target }) => !/^(console|src)\//.test(target)));
    expect(packages.map(({ target }) => target)).to.deep.equal(['jsonc-parser']);
  });
});

/** Code without what stands in quotes. */
function withoutTexts(code: string): string {
  return code.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, "''");
}

function importsOf(some: readonly SourceFile[]) {
  return some.flatMap(({ path, imports: found }) => found.map(({ target, isType }) => ({ path, target: placeOf(target), isType })));
}

/** The packages that a file of ours loads. */
function packagesOf(path: string): readonly string[] {
  const found = sources.get(path)?.imports.filter(({ target, isType }) => !isType && !sources.has(target)) ?? [];
  return found.map(({ target }) => target);
}

function isAllowed({ path: file, target, isType }: (typeof imports)[number]): boolean {
  const folder = folderOf(file);
  const allowed = ALLOWED[folder];
  // app.ts and run-host.ts join everything.
  if (!allowed) return /^src\/[^/]+\.ts$/.test(file);
  if (/^(plugins|adapters|platforms)\//.test(file) && target === ownFolder(file)) return true;
  if (/^(plugins|adapters)\/(index|all)\.ts$/.test(file) && target.startsWith(`${folder}/`)) return true;
  if (/^adapters\/[^/]+\/bot-adapter\.ts$/.test(file) && /^(bot|src\/bots\/)/.test(target)) return true;
  const place = target.startsWith('src/') ? target.split('/').slice(0, 2).join('/').replace(/\.ts$/, '') : target;
  if (place === folder || (isType && allowed.includes(`types of ${place}`))) return true;
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

/** What the table of imports knows a target by: a plugin's or an adapter's folder, a file of ours, the name of a package. */
function placeOf(target: string): string {
  if (/^(plugins|adapters|platforms)\/[^/]+\//.test(target)) return ownFolder(target);
  if (sources.has(target) || /^(node:|console\/)/.test(target)) return target;
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Returns our files that are loaded when this one is run, with or without what is loaded later; types leave nothing behind. */
function loadedBy(path: string, { lazyParts = true, known = new Set<string>() } = {}): ReadonlySet<string> {
  const file = sources.get(path);
  if (!file || known.has(path)) return known;
  known.add(path);
  for (const { target, isType, isLazy } of file.imports) if (!isType && (lazyParts || !isLazy)) loadedBy(target, { lazyParts, known });
  return known;
}

function pathsOf(some: readonly SourceFile[]): readonly string[] {
  return some.map(({ path }) => path);
}
