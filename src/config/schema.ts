import Joi from 'joi';
import type { AllowRule } from '../contract/index.js';
import { isTimeZone } from '../text/date.js';
import { readOutboundAllow } from './outbound-allow.js';
import { readPackageList } from './package-list.js';
import { readHeaders } from './read-headers.js';

/** All settings. They come from the environment and from .env, and nothing else reads either. */
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
  readonly MEDIA_BYTES: number;
  readonly TIME_ZONE?: string;
  readonly PARLEY_ADMIN_KEY?: string;
  readonly OUTBOUND_ALLOW?: readonly AllowRule[];
  readonly SMTP_URL?: string;
  readonly MAIL_FROM?: string;
  readonly SMS_URL?: string;
  readonly SMS_BODY?: string;
  /** Values by the name of the header. */
  readonly SMS_HEADERS?: Readonly<Record<string, string>>;
  readonly OPERATOR_WEBHOOK?: string;
  readonly OPERATOR_SECRET?: string;
  readonly LOG_LEVEL: string;
  readonly LOG_TEXTS: boolean;
  readonly METRICS: 'open' | 'key' | 'off';
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** Values by the name of the header. */
  readonly OTEL_EXPORTER_OTLP_HEADERS?: Readonly<Record<string, string>>;
  readonly OTEL_SERVICE_NAME: string;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
  readonly PLUGINS?: readonly string[];
  readonly ADAPTERS?: readonly string[];
  readonly EMULATORS: boolean;
  readonly EMULATOR_WHATSAPP_PORT: number;
  readonly EMULATOR_VIBER_PORT: number;
  /** Secrets by their names, for `{{ secrets.NAME }}` in flows. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Values of the installation by their names, for `{{ constants.NAME }}` in flows. */
  readonly constants: Readonly<Record<string, string>>;
}

const headers = Joi.string().custom(
  (list: string, { message }) => readHeaders(list) ?? message({ custom: 'must be name=value, comma-separated, with URL-encoded values' }),
);

const port = Joi.number().port().allow(0);

const packages = Joi.string().custom((list: string, { message }) => {
  const read = readPackageList(list);
  return 'mistake' in read ? message({ custom: `"${read.mistake}" is neither a package nor a path` }) : read.packages;
});

/** Matches settings for secrets, and captures the name: `PARLEY_SECRET_CRM` is `{{ secrets.CRM }}` in a flow. */
export const SECRET = /^PARLEY_SECRET_(?!__proto__$)([A-Za-z_][A-Za-z0-9_]*)$/;
/** Matches settings for values of the installation: `PARLEY_CONSTANT_SHOP_URL` is `{{ constants.SHOP_URL }}` in a flow. */
export const CONSTANT = /^PARLEY_CONSTANT_(?!__proto__$)([A-Za-z_][A-Za-z0-9_]*)$/;

/** The schema of all settings, each with a label, a description and perhaps a default. */
export const SCHEMA = Joi.object<Omit<Config, 'secrets' | 'constants'>, true>({
  PORT: port.default(3000).label('Port').description('The port on which the host listens. 0 takes a free one.'),
  HOST: Joi.string().hostname().default('127.0.0.1').label('Address').description('The network address on which the host listens.'),
  PUBLIC_URL: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label('Public address')
    .description(
      'The address at which providers and browsers reach this host. Webhook addresses are shown with it. If it is https, the cookie that signs in is sent by HTTPS only.',
    ),
  PROXIES: Joi.number()
    .integer()
    .min(0)
    .max(10)
    .default(0)
    .label('Proxies in front')
    .description(
      "How many proxies are in front of the host. A caller's address, by which guessed keys are counted, is taken that far from the end of X-Forwarded-For.",
    ),
  DATA_DIR: Joi.string().default('./data').label('Data folder').description('The folder of the file of the embedded store.'),
  SQLITE_SYNCHRONOUS: Joi.string()
    .valid('FULL', 'NORMAL')
    .default('FULL')
    .label('Durability of the embedded store')
    .description('FULL: what was accepted survives a power cut. NORMAL: it survives a killed process only.'),
  // Not `uri()`: the address of a replica set has several hosts with ports.
  MONGODB_URL: Joi.string()
    .pattern(/^mongodb(\+srv)?:\/\/[^\s/]+(\/\S*)?$/, 'an address that begins with mongodb:// or mongodb+srv://')
    .label('MongoDB')
    .description('The address of a MongoDB database, with its name in the path, for several hosts. Default: the embedded store.'),
  // Providers send a message again for up to 7 days, and the turn log knows which ones were taken.
  RETENTION_DAYS: Joi.number()
    .integer()
    .min(8)
    .max(36_500)
    .default(90)
    .label('Retention in days')
    .description('How many days turns, deliveries and starts are kept, at least 8. A run that has not ended keeps its turns.'),
  RESTART_GRACE_SECONDS: Joi.number()
    .integer()
    .min(0)
    .max(86_400)
    .default(60)
    .label('Grace after a start')
    .description(
      'How many seconds after its start a host leaves waits for a message alone that ended before it: messages that providers send again come first.',
    ),
  MEDIA_BYTES: Joi.number()
    .integer()
    .min(0)
    .default(2_000_000_000)
    .label('Bytes for files of people')
    .description('How many bytes of files that people have sent are kept, in all. The oldest are removed first.'),
  TIME_ZONE: Joi.string()
    .custom((name: string, { message }) => (isTimeZone(name) ? name : message({ custom: `"${name}" is not a time zone` })))
    .label('Time zone')
    .description('The time zone of flows that set none, such as Europe/Berlin. Default: UTC, whatever the time zone of the machine.'),
  PARLEY_ADMIN_KEY: Joi.string()
    .pattern(/^[\x21-\x7e]{16,200}$/, '16 to 200 printable characters without spaces')
    .label('Admin key')
    .description('16 to 200 printable characters without spaces. Default: a key that is made at the first start and printed once.'),
  OUTBOUND_ALLOW: Joi.string()
    .custom((list: string, { message }) => {
      const read = readOutboundAllow(list);
      return 'mistake' in read ? message({ custom: `"${read.mistake}" is not a host, host:port or CIDR` }) : read.rules;
    })
    .label('Private hosts that may be called')
    .description('Comma-separated hosts, host:port or CIDRs that nodes may call although they are private. Default: none.'),
  SMTP_URL: Joi.string()
    .uri({ scheme: ['smtp', 'smtps'] })
    .label('Mail server')
    .description(
      'The mail server for the node send-email, such as smtp://user:password@mail.example.com:587. A password is sent over an encrypted connection only, unless ?requireTLS=false is added.',
    ),
  MAIL_FROM: Joi.string()
    .pattern(/^([^<>@\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'an e-mail address, such as shop@example.com or Shop <shop@example.com>')
    .max(300)
    .label('Sender of e-mails')
    .description('The address that e-mails of flows come from, such as Shop <shop@example.com>.'),
  SMS_URL: Joi.string()
    .pattern(/^https?:\/\/[^\s@/?#{]+([/?#].*)?$/, 'an address that begins with https:// or http://, without a user name')
    .label('SMS provider')
    .description(
      'Where the node send-sms sends its requests; it may be private. A template over to, text and id, such as https://sms.example.com/send?to={{ to }}&text={{ text }}, is called by GET if SMS_BODY is not set.',
    ),
  SMS_BODY: Joi.string()
    .max(10_000)
    .label('Body for the SMS provider')
    .description(
      'A template over to, text and id for the body of the request: JSON such as {"to":"{{ to }}","message":"{{ text }}"}, a form such as To={{ to }}&Body={{ text }}, or XML. Default: JSON with to, text and id.',
    ),
  SMS_HEADERS: headers
    .label('Headers for the SMS provider')
    .description('Headers of the request, as name=value, comma-separated, with URL-encoded values, such as Authorization=Bearer%20key.'),
  OPERATOR_WEBHOOK: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label("Operators' system")
    .description(
      'Where hand-overs are told, and what people write meanwhile: an address that takes signed POST requests. It may be private. A channel may have its own.',
    ),
  OPERATOR_SECRET: Joi.string()
    .min(8)
    .max(1_000)
    .label("Secret of the operators' system")
    .description('Signs what is sent to OPERATOR_WEBHOOK, as X-Parley-Signature-256: sha256=<HMAC-SHA256 of the body in hex>.'),
  LOG_LEVEL: Joi.string()
    .valid('silent', 'error', 'warn', 'info', 'debug')
    .default('info')
    .label('Log level')
    .description('How much is logged, as JSON lines on standard output. debug adds a line for each turn, send and call.'),
  LOG_TEXTS: Joi.boolean()
    .default(false)
    .label('Texts in the log')
    .description('Whether lines at level debug contain what people and flows write. Use it for finding a fault only.'),
  METRICS: Joi.string()
    .valid('open', 'key', 'off')
    .default('open')
    .label('Metrics')
    .description(
      'Who may read /metrics: anybody (open), callers with a key that may read (key), or nobody (off). It contains no secrets and no personal data.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label('Receiver of traces')
    .description('Where OpenTelemetry spans are exported to, as OTLP/JSON to <address>/v1/traces. Default: nowhere.'),
  OTEL_EXPORTER_OTLP_HEADERS: headers
    .label('Headers for the receiver of traces')
    .description('Headers for exporting spans, as name=value, comma-separated, with URL-encoded values. May contain a key.'),
  OTEL_SERVICE_NAME: Joi.string().default('parley').label('Name in traces').description('The name of this service in traces.'),
  OTEL_TRACES_SAMPLER_ARG: Joi.number()
    .min(0)
    .max(1)
    .default(1)
    .label('Share of traces')
    .description('The share of the traces beginning here that is kept, 0 to 1. For a trace that a caller has begun, the caller decides.'),
  PLUGINS: packages
    .label('Node types of others')
    .description(
      'Comma-separated packages, or paths such as ./my-node, with node types. They are resolved from the folder where the host is started.',
    ),
  ADAPTERS: packages
    .label('Adapters of others')
    .description('Comma-separated packages, or paths such as ./my-adapter, with adapters. They are resolved like PLUGINS.'),
  EMULATORS: Joi.boolean()
    .default(true)
    .label('Emulators')
    .description('Whether to emulate the providers on localhost, each with a demo channel and a demo flow.'),
  EMULATOR_WHATSAPP_PORT: port
    .default(3978)
    .label('Port of the WhatsApp emulator')
    .description('The port on which the emulator listens. 0 takes a free one.'),
  EMULATOR_VIBER_PORT: port
    .default(3979)
    .label('Port of the Viber emulator')
    .description('The port on which the emulator listens. 0 takes a free one.'),
});
