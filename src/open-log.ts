import { type DestinationStream, pino } from 'pino';
import { adapters } from '../adapters/index.js';
import type { Log } from './contract/host/index.js';

/** Fields that may hold a secret. They are redacted in any line, in case one is logged by mistake. */
const NAMES = [...new Set(['authorization', 'cookie', 'set-cookie', 'password', ...adapters.flatMap(({ secrets }) => secrets)])];

/** Opens a log of JSON lines, by default on standard output. */
export function openLog(level: string, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: { paths: NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), censor: '[secret]' },
  };
  return to ? pino(options, to) : pino(options);
}
