import { readdirSync, readFileSync, statSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { parse } from '../../adapters/viber/parse.js';
import type { NodeScope } from '../../src/contract/index.js';
import { isTrue } from '../../src/params/rule.js';
import { createHardenedLiquid } from '../../src/template/hardened-liquid.js';
import { createTemplates } from '../../src/template/templates.js';
import { listeningTriggers, matchTrigger } from '../../src/turn/match-trigger.js';

/** In milliseconds. What is linear takes less than one, what is not takes minutes: so the bound is no measurement. */
const LONG = 1_000;
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
  it('of our own are quick whatever they are given', function () {
    this.timeout(120_000);
    const all = ['src', 'plugins', 'adapters'].flatMap(filesIn).flatMap(expressionsIn);
    expect(all.length).to.be.greaterThan(100);
    const slow = all.flatMap(({ file, source, flags }) => {
      // Whoever was slow once may have been kept waiting by the machine, and is tried again.
      const attack = `
        const takes = (text) => { const began = Date.now(); text.replace(new RegExp(source, flags), ''); return Date.now() - began; };
        BEGINNINGS.every((a) => REPEATED.every((b) => ENDS.every((c) => {
          const text = a + b.repeat(24000 / b.length) + c;
          return takes(text) < 200 || takes(text) < 200 || takes(text) < 200 || (found.push(JSON.stringify([a, b, c])), false);
        })))`;
      const found: string[] = [];
      try {
        runInNewContext(attack, { BEGINNINGS, REPEATED, ENDS, source, flags, found }, { timeout: 10_000 });
      } catch {
        found.push('without end');
      }
      return found.map((by) => `${file}: /${source}/${flags} ${by}`);
    });
    expect(slow).to.deep.equal([]);
  });

  it('of our own: a language that Viber tells of a person is read at once, however long', () => {
    const body = JSON.stringify({
      event: 'conversation_started',
      timestamp: 1_795_000_000_000,
      message_token: '1',
      user: { id: 'u1', name: 'Ada', language: `en${'_'.repeat(100_000)}!` },
    });
    quick('a language', () =>
      parse({ channel: 'vb', method: 'POST', query: {}, headers: {}, body: Buffer.from(body), at: '2026-11-24T09:00:00.000Z' }, {
        authToken: 't',
        uri: 'u',
        senderName: 's',
        baseUrl: 'https://viber.invalid',
      } as never),
    );
  });

  const PATTERNS: readonly (readonly [pattern: string, text: string])[] = [
    ['^(a+)+$', `${'a'.repeat(100_000)}!`],
    ['(a|aa)+$', `${'a'.repeat(100_000)}!`],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(100_000)],
    ['(.*)(.*)(.*)(.*)(.*)!', 'y'.repeat(100_000)],
    ['\\b(\\w+\\b\\s*)+$', `${'word '.repeat(20_000)}!`],
    ['^\\s*(.*?)\\s*$', `${' '.repeat(100_000)}\n`],
  ];
  for (const [pattern, text] of PATTERNS) {
    it(`of an author are RE2, in a trigger and in a rule: ${pattern}`, () => {
      quick('a trigger', () => triggered(pattern, text));
      for (const operator of ['stringEntireMatchesRegex', 'stringAnyMatchesRegex'] as const)
        quick(operator, () => isTrue({ variable: 'x', operator, value: pattern }, scopeOf(text)));
    });
  }

  it('of an author have no look-around and no back references, in which backtracking would come back', () => {
    for (const pattern of ['(?=a)a', '(?<!a)b', '(a)\\1', '(?>a)']) {
      expect(isTrue({ variable: 'x', operator: 'stringAnyMatchesRegex', value: pattern }, scopeOf('aab')), pattern).to.equal(false);
    }
  });

  it('that would grow without bound are no patterns', () => {
    for (const pattern of ['((a{100}){100}){100}', '(a{1000}){1000}', 'a'.repeat(1_001)])
      quick(pattern.slice(0, 30), () => {
        expect(isTrue({ variable: 'x', operator: 'stringAnyMatchesRegex', value: pattern }, scopeOf('a'.repeat(1_001)))).to.equal(false);
      });
  });

  it('in the filters of templates are quick, too', function () {
    this.timeout(60_000);
    const units = [' ', 'a ', '<', '<script', '<style>', '<!--', '\n', '&', '%', '-', 'é', '{{'];
    for (const name of Object.keys(createHardenedLiquid().filters))
      for (const unit of units)
        for (const given of ['', ': "a", "b"', ': x']) {
          const x = `${unit.repeat(100_000 / unit.length)}x`;
          quick(`${name}${given} of ${JSON.stringify(unit)}`, () => filled(`{% assign y = x | ${name}${given} %}`, x));
        }
  });
});

function quick(what: string, work: () => unknown): void {
  const began = performance.now();
  work();
  expect(performance.now() - began, what).to.be.lessThan(LONG);
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
  return { expression: () => text, value: (value: unknown) => value, timeZone: 'UTC' } as unknown as NodeScope<unknown>;
}

function filled(source: string, x: string): string {
  const scope = { data: { x }, now: '2026-11-24T09:00:00.000Z', timeZone: 'UTC', random: () => 0.5, warn: () => {} };
  return createTemplates().text(source, scope);
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
