import { type DestinationStream, pino } from 'pino';
import { adapters } from '../adapters/index.js';
import type { Log } from './contract/host/index.js';

/** Members that may hold a secret, wherever a line may have them: a second net, as nobody means to log one. */
const NAMES = [...new Set(['authorization', 'password', ...adapters.flatMap(({ secrets }) => secrets)])];

/** JSON lines, to standard output unless told otherwise. */
export function openLog(level: string, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: { paths: NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
  };
  return to ? pino(options, to) : pino(options);
}
