import type { Config } from './config/schema.js';
import type { MeterSettings } from './meters/open-meters.js';
import type { ChannelBook } from './published/channel-book.js';
import { secretNames } from './published/channel-settings.js';

/** Returns which metrics, log lines and spans the settings ask for. */
export function meterSettings(config: Config): MeterSettings {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    figures: config.METRICS !== 'off',
    ...(config.LOG_LEVEL === 'debug' ? { lines: { texts: config.LOG_TEXTS } } : {}),
    ...(endpoint === undefined
      ? {}
      : {
          spans: {
            endpoint,
            headers: config.OTEL_EXPORTER_OTLP_HEADERS ?? {},
            service: config.OTEL_SERVICE_NAME,
            share: config.OTEL_TRACES_SAMPLER_ARG,
          },
        }),
  };
}

/** Returns the secrets in the settings, which no log line may contain. */
export function secretsInSettings({
  PARLEY_ADMIN_KEY = '',
  OPERATOR_SECRET = '',
  MONGODB_URL = '',
  SMTP_URL = '',
  SMS_HEADERS = {},
  OTEL_EXPORTER_OTLP_HEADERS = {},
  secrets,
}: Config): readonly string[] {
  return [
    PARLEY_ADMIN_KEY,
    OPERATOR_SECRET,
    ...[MONGODB_URL, SMTP_URL].map(passwordIn),
    ...[SMS_HEADERS, OTEL_EXPORTER_OTLP_HEADERS].flatMap((headers) => Object.values(headers)),
    ...Object.values(secrets),
  ];
}

/** Returns the password in an address, as it stands there; empty if there is none. */
function passwordIn(address: string): string {
  return /^[^@]*?:\/\/[^@:]*:([^@]*)@/.exec(address)?.[1] ?? '';
}

/** Returns the secrets of all channels as they are now. */
export function secretsInChannels({ all }: ChannelBook): readonly string[] {
  return all.flatMap(({ adapter, config }) => {
    const own = config as Readonly<Record<string, unknown>>;
    return secretNames(adapter).map((name) => String(own[name] ?? ''));
  });
}
