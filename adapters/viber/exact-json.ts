import { parseBounded } from '../../src/contract/depth.js';

/**
 * Viber's tokens are 64-bit numbers, and `JSON.parse` makes the same double of 4987381194038857789 and …790. So whole numbers of 16
 * digits and more come back as texts, at any depth; what stands inside a text stays as it is.
 */
export function parseExact(raw: string): unknown {
  return parseBounded(/\d{16}/.test(raw) ? withLongNumbersQuoted(raw) : raw);
}

const LONG_NUMBER = /^-?[1-9]\d{15,}$/;
const QUOTE = 34;
const BACKSLASH = 92;

/** Outside of its texts, JSON has digits in numbers alone. */
function withLongNumbersQuoted(raw: string): string {
  let made = '';
  let copied = 0;
  let at = 0;
  while (at < raw.length) {
    const code = raw.charCodeAt(at);
    if (code === QUOTE) at = endOfText(raw, at);
    else if (isNumberPart(code)) {
      const end = endOfNumber(raw, at);
      const number = raw.slice(at, end);
      if (LONG_NUMBER.test(number)) {
        made += `${raw.slice(copied, at)}"${number}"`;
        copied = end;
      }
      at = end;
    } else at += 1;
  }
  return made + raw.slice(copied);
}

/** After the closing quote, which is the first one with an even number of backslashes before it. */
function endOfText(raw: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = raw.indexOf('"', at);
    if (quote < 0) return raw.length;
    let slash = quote - 1;
    while (raw.charCodeAt(slash) === BACKSLASH) slash -= 1;
    if ((quote - slash) % 2 === 1) return quote + 1;
    at = quote + 1;
  }
}

function endOfNumber(raw: string, start: number): number {
  let at = start;
  while (at < raw.length && isNumberPart(raw.charCodeAt(at))) at += 1;
  return at;
}

/** `0`–`9`, `+`, `-`, `.`, `e`, `E`. */
function isNumberPart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101;
}
