import { readdirSync, readFileSync, statSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { parse } from '../../adapters/viber/parse.js';
import type { NodeScope } from '../../src/contract/index.js';
import { isTrue } from '../../src/params/rule.js';
import { listeningTriggers, matchTrigger } from '../../src/published/match-trigger.js';
import { createPatterns } from '../../src/text/pattern.js';

/** Beginnings that lead an expression to where it may stumble, and what is repeated there. */
const BEGINNINGS = [
  '',
  'a',
  'en',
  '1',
  '<',
  '<br',
  '{{',
  '{{ a',
  '{{ secrets.',
  '@1#',
  "x with value '",
  'viber:a:',
  'http://a',
  '2026-01-01',
  '+',
  '.a',
  ' ',
];
const REPEATED = [
  ' ',
  '\n',
  '\n ',
  'a',
  'a ',
  'A',
  '0',
  '_',
  '-',
  '.',
  '<',
  '<a',
  '&',
  '{{',
  '{{ ',
  '/',
  '@1#',
  'é',
  '%',
  "'",
  '(',
  'a.',
  '-a',
  '_a',
  '=',
  ',',
  '\\',
];
const ENDS = ['!', '\n'];

describe('regular expressions', () => {
  it('of our own take twice as long for twice the text, whatever they are given', function () {
    this.timeout(120_000);
    const all = ['src', 'plugins', 'adapters'].flatMap(filesIn).flatMap(expressionsIn);
    expect(all.length).to.be.greaterThan(100);
    const slow = all.flatMap(({ file, source, flags }) => {
      const attack = `
        const takes = (text) => { const began = spent(); text.replace(new RegExp(source, flags), ''); return spent() - began; };
        BEGINNINGS.every((a) => REPEATED.every((b) => ENDS.every((c) => {
          const text = (size) => a + b.repeat(size / b.length) + c;
          const isLinear = () => { const long = takes(text(24000)); return long < 50 || long < 3 * takes(text(12000)); };
          return isLinear() || isLinear() || isLinear() || (found.push(JSON.stringify([a, b, c])), false);
        })))`;
      const found: string[] = [];
      try {
        runInNewContext(attack, { BEGINNINGS, REPEATED, ENDS, source, flags, found, spent }, { timeout: 60_000 });
      } catch {
        found.push('without end');
      }
      return found.map((by) => `${file}: /${source}/${flags} ${by}`);
    });
    expect(slow).to.deep.equal([]);
  });

  it('of our own: a language that Viber tells of a person is read at once, however long', () => {
    staysLinear('a language', 50_000, (size) => {
      const body = JSON.stringify({
        event: 'conversation_started',
        timestamp: 1_795_000_000_000,
        message_token: '1',
        user: { id: 'u1', name: 'Ada', language: `en${'_'.repeat(size)}!` },
      });
      parse({ channel: 'vb', method: 'POST', query: {}, headers: {}, body: Buffer.from(body), at: '2026-11-24T09:00:00.000Z' }, {
        authToken: 't',
        uri: 'u',
        senderName: 's',
        baseUrl: 'https://viber.invalid',
      } as never);
    });
  });

  const PATTERNS: readonly (readonly [pattern: string, text: (size: number) => string])[] = [
    ['^(a+)+$', (size) => `${'a'.repeat(size)}!`],
    ['(a|aa)+$', (size) => `${'a'.repeat(size)}!`],
    ['(x+x+)+y', (size) => 'x'.repeat(size)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', (size) => 'a'.repeat(size)],
    ['(.*)(.*)(.*)(.*)(.*)!', (size) => 'y'.repeat(size)],
    ['\\b(\\w+\\b\\s*)+$', (size) => `${'word '.repeat(size / 5)}!`],
    ['^\\s*(.*?)\\s*$', (size) => `${' '.repeat(size)}\n`],
  ];
  for (const [pattern, text] of PATTERNS) {
    it(`of an author are RE2, in a trigger and in a rule: ${pattern}`, () => {
      staysLinear('a trigger', 20_000, (size) => triggered(pattern, text(size)));
      for (const operator of ['stringEntireMatchesRegex', 'stringAnyMatchesRegex'] as const)
        staysLinear(operator, 20_000, (size) => isTrue({ variable: 'x', operator, value: pattern }, scopeOf(text(size))));
    });
  }

  it('of an author have no look-around and no back references, in which backtracking would come back', () => {
    for (const pattern of ['(?=a)a', '(?<!a)b', '(a)\\1', '(?>a)']) {
      expect(isTrue({ variable: 'x', operator: 'stringAnyMatchesRegex', value: pattern }, scopeOf('aab')), pattern).to.equal(false);
    }
  });

  it('that would grow without bound are no patterns', () => {
    for (const pattern of ['((a{100}){100}){100}', '(a{1000}){1000}', 'a'.repeat(1_001)])
      expect(isTrue({ variable: 'x', operator: 'stringAnyMatchesRegex', value: pattern }, scopeOf('a'.repeat(1_001)))).to.equal(false);
  });
});

/** Processor time of this process, in milliseconds: being kept waiting by others does not count. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Twice the text takes about twice as long; what is quick anyway is not compared. */
function staysLinear(what: string, size: number, work: (size: number) => unknown): void {
  const takes = (units: number) => {
    const began = spent();
    work(units);
    return spent() - began;
  };
  const isLinear = () => {
    const long = takes(2 * size);
    return long < 50 || long < 3 * takes(size);
  };
  expect(isLinear() || isLinear() || isLinear(), `${what} takes more than twice as long for twice the text`).to.equal(true);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(path).isDirectory()) return filesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** Literals, as a line of source has them; what is none of them does not compile. */
function expressionsIn(file: string): readonly { readonly file: string; readonly source: string; readonly flags: string }[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /(?<=[(,=:!&|?[] ?)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([gimsuy]*)/g,
  );
  return [...found].flatMap(([, source = '', flags = '']) => {
    try {
      new RegExp(source, flags);
      return [{ file, source, flags }];
    } catch {
      return [];
    }
  });
}

function scopeOf(text: string): NodeScope<unknown> {
  const { matches } = createPatterns();
  return { expression: () => text, value: (value: unknown) => value, matches, timeZone: 'UTC' } as unknown as NodeScope<unknown>;
}

function triggered(regex: string, text: string): unknown {
  const at = '2026-11-24T09:00:00.000Z';
  const message = {
    id: 'm',
    channel: 'wa',
    platform: 'whatsapp',
    from: { identities: [], address: '1' },
    type: 'text',
    text,
    sentAt: at,
  } as const;
  const triggers = listeningTriggers([{ type: 'TriggeredByWhatsApp', match: { regex } }]);
  return matchTrigger({ id: 'e', at, type: 'message', message }, [{ code: 'f', version: 1, channels: ['wa'], triggers }], 'idle');
}
