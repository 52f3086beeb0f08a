import Joi from 'joi';
import type { AllowRule } from '../contract/index.js';
import { isTimeZone } from '../text/date.js';
import { readHeaders } from './otlp-headers.js';
import { readOutboundAllow } from './outbound-allow.js';
import { readPackageList } from './package-list.js';

/** Every setting, from the environment and .env; nothing else reads them. */
export interface Config {
  readonly PORT: number;
  readonly HOST: string;
  readonly PUBLIC_URL?: string;
  readonly PROXIES: number;
  readonly DATA_DIR: string;
  readonly SQLITE_SYNCHRONOUS: 'FULL' | 'NORMAL';
  readonly MONGODB_URL?: string;
  readonly RETENTION_DAYS: number;
  readonly RESTART_GRACE_SECONDS: number;
  readonly TIME_ZONE?: string;
  readonly PARLEY_ADMIN_KEY?: string;
  readonly OUTBOUND_ALLOW?: readonly AllowRule[];
  readonly LOG_LEVEL: string;
  readonly LOG_TEXTS: boolean;
  readonly METRICS: 'open' | 'key' | 'off';
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** By name. */
  readonly OTEL_EXPORTER_OTLP_HEADERS?: Readonly<Record<string, string>>;
  readonly OTEL_SERVICE_NAME: string;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
  readonly PLUGINS?: readonly string[];
  readonly ADAPTERS?: readonly string[];
  readonly EMULATORS: boolean;
  readonly EMULATOR_WHATSAPP_PORT: number;
  readonly EMULATOR_VIBER_PORT: number;
  /** By name, for `{{ secrets.NAME }}`. */
  readonly secrets: Readonly<Record<string, string>>;
}

const port = Joi.number().port().allow(0);

const packages = Joi.string().custom((list: string, { message }) => {
  const read = readPackageList(list);
  return 'mistake' in read ? message({ custom: `"${read.mistake}" is no package and no path` }) : read.packages;
});

/** Settings whose end is a name of the installation's own: `PARLEY_SECRET_CRM` is `{{ secrets.CRM }}`. */
export const SECRET = /^PARLEY_SECRET_(?!__proto__$)([A-Za-z_][A-Za-z0-9_]*)$/;

/** One joi object for all settings: label, default and a sentence each. */
export const SCHEMA = Joi.object<Omit<Config, 'secrets'>, true>({
  PORT: port.default(3000).label('Port').description('Where the host listens; 0 takes a free port.'),
  HOST: Joi.string().hostname().default('127.0.0.1').label('Address').description('On which network address the host listens.'),
  PUBLIC_URL: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label('Public address')
    .description('Where providers reach this host; webhook addresses are shown with it.'),
  PROXIES: Joi.number()
    .integer()
    .min(0)
    .max(10)
    .default(0)
    .label('Proxies in front')
    .description(
      "How many proxies stand in front: a caller's address is read that far from X-Forwarded-For. It counts when keys are guessed.",
    ),
  DATA_DIR: Joi.string().default('./data').label('Data folder').description('Where the embedded store keeps its file.'),
  SQLITE_SYNCHRONOUS: Joi.string()
    .valid('FULL', 'NORMAL')
    .default('FULL')
    .label('Durability of the embedded store')
    .description('FULL: what was accepted survives a power cut. NORMAL: it survives a killed process.'),
  // Not `uri`: a replica set's address names several hosts, each with its port.
  MONGODB_URL: Joi.string()
    .pattern(/^mongodb(\+srv)?:\/\/[^\s/]+(\/\S*)?$/, 'an address that begins with mongodb:// or mongodb+srv://')
    .label('MongoDB')
    .description('The database of several hosts, with its name in the path; absent: the embedded store.'),
  // Providers bring a message again for up to 7 days, and the turn log knows what was taken.
  RETENTION_DAYS: Joi.number()
    .integer()
    .min(8)
    .max(36_500)
    .default(90)
    .label('Days that logs are kept')
    .description('So many days turns, deliveries and starts are kept, at least 8; a run that is still going keeps its turns.'),
  RESTART_GRACE_SECONDS: Joi.number()
    .integer()
    .min(0)
    .max(86_400)
    .default(60)
    .label('Grace after a start')
    .description(
      'A host wakes waits for a message that ran out before its own start only so many seconds after it: what providers bring again comes first.',
    ),
  TIME_ZONE: Joi.string()
    .custom((name: string, { message }) => (isTimeZone(name) ? name : message({ custom: `"${name}" is not a time zone` })))
    .label('Time zone')
    .description('The time zone of flows that name none, such as Europe/Berlin; absent: UTC. The time zone of the machine plays no part.'),
  PARLEY_ADMIN_KEY: Joi.string()
    .pattern(/^[\x21-\x7e]{16,200}$/, '16 to 200 printable characters without blanks')
    .label("The admin's key")
    .description('16 to 200 printable characters; absent: one is made at the first start and printed once.'),
  OUTBOUND_ALLOW: Joi.string()
    .custom((list: string, { message }) => {
      const read = readOutboundAllow(list);
      return 'mistake' in read ? message({ custom: `"${read.mistake}" is no host, host:port or CIDR` }) : read.rules;
    })
    .label('Private hosts that may be called')
    .description('Comma-separated hosts, host:port or CIDRs that nodes may call although they are private; absent: none.'),
  LOG_LEVEL: Joi.string()
    .valid('silent', 'error', 'warn', 'info', 'debug')
    .default('info')
    .label('Log level')
    .description('How much is logged, as JSON lines on standard output; debug: each turn, send and call, too.'),
  LOG_TEXTS: Joi.boolean()
    .default(false)
    .label('Texts in the log')
    .description('Log what people and flows write, with each turn and send at level debug; for looking for a fault only.'),
  METRICS: Joi.string()
    .valid('open', 'key', 'off')
    .default('open')
    .label('Metrics')
    .description('Who may read /metrics: anybody, whoever has a key that may read, or nobody; it holds no secrets and nothing of people.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label('Receiver of traces')
    .description('Where OpenTelemetry spans go, as OTLP/JSON to <address>/v1/traces; absent: nowhere, and nothing of it is loaded.'),
  OTEL_EXPORTER_OTLP_HEADERS: Joi.string()
    .custom(
      (list: string, { message }) => readHeaders(list) ?? message({ custom: 'is to be name=value, comma-separated, values URL-encoded' }),
    )
    .label('Headers for the receiver of traces')
    .description('Sent along with spans, as name=value, comma-separated, values URL-encoded; may hold its key.'),
  OTEL_SERVICE_NAME: Joi.string().default('parley').label('Name in traces').description('The name of this service in traces.'),
  OTEL_TRACES_SAMPLER_ARG: Joi.number()
    .min(0)
    .max(1)
    .default(1)
    .label('Share of traces')
    .description('Which share of the traces that begin here is kept, 0 to 1; one that a caller has begun is kept as the caller says.'),
  PLUGINS: packages
    .label('Node types of others')
    .description(
      'Comma-separated packages, or paths such as ./my-node, that give node types; found from the folder where the host is started.',
    ),
  ADAPTERS: packages
    .label('Adapters of others')
    .description('Comma-separated packages, or paths such as ./my-adapter, that give adapters; found as those of PLUGINS are.'),
  EMULATORS: Joi.boolean()
    .default(true)
    .label('Emulators')
    .description('Plays the providers on localhost, with a demo channel and a demo flow on each; false: the bare host.'),
  EMULATOR_WHATSAPP_PORT: port
    .default(3978)
    .label('Port of the WhatsApp emulator')
    .description('Where the emulator listens; 0 takes a free port.'),
  EMULATOR_VIBER_PORT: port
    .default(3979)
    .label('Port of the Viber emulator')
    .description('Where the emulator listens; 0 takes a free port.'),
});
