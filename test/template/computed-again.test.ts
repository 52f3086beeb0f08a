import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../src/contract/index.js';
import { newAllowance } from '../../src/template/steps.js';
import { createTemplates } from '../../src/template/templates.js';

/** Pieces of templates, dear ones and cheap ones among them. */
const PIECES = [
  'Hello {{ name }}! ',
  '{{ "now" | date: "%A %d %B %Y %H:%M %Z" }} ',
  '{{ day | date: "%c" }} ',
  '{{ list | sample }} {{ list | sample: 2 | join: "+" }} ',
  '{{ price | times: 3 }} {{ list | sort | json }} ',
  '{% for i in (1..900) %}{% for j in (1..900) %}{{ i }}{% endfor %}{% endfor %}',
  '{% for i in list %}{% cycle "a", "b" %}{{ i }}{% endfor %} ',
  '{% assign s = name %}{% for i in (1..30) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
  '{{ voice | default: "nothing" }} {{ order }} {{ nobody }} ',
  '{{ list | where_exp: "i", "i > 2" | size }} {{ name | nofilter }}',
];
const texts = fc.array(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

const DATA: Readonly<Record<string, Json>> = {
  name: 'Ada',
  day: '2026-12-24 18:30',
  list: [3, 1, 2, 5],
  price: 1.1,
  voice: { type: 'audio', mediaId: '1' },
  order: { id: 7, items: ['tea'] },
};

/** Fills the texts of one turn; `pause` is called before each. */
function turn(sources: readonly string[], pause = () => {}): string {
  const templates = createTemplates();
  const told: unknown[] = [];
  let chance = 0;
  const scope = {
    data: DATA,
    now: '2026-11-24T09:00:00.000Z',
    timeZone: 'America/Sao_Paulo',
    locale: 'pt-BR',
    random: () => (chance = (chance + 0.37) % 1),
    warn: (code: string, detail: string) => void told.push(code, detail),
    allowance: newAllowance(),
  };
  for (const source of sources) {
    pause();
    told.push(templates.text(source, scope));
  }
  return JSON.stringify([told, scope.allowance.steps]);
}

describe('a turn that is computed again', () => {
  it('gives the same texts and warnings, byte for byte, also when the process was stopped between and within', () => {
    const pause = () => {
      // The process is stopped by another one, which lets it go on after a while.
      execFileSync(process.execPath, [
        '-e',
        `process.kill(process.ppid, 'SIGSTOP'); setTimeout(() => process.kill(process.ppid, 'SIGCONT'), 20);`,
      ]);
    };
    fc.assert(
      fc.property(texts, (pieces) => {
        const sources = pieces.map((some) => some.join(''));
        expect(turn(sources)).to.equal(turn(sources));
      }),
      { numRuns: 10 },
    );
    const sources = PIECES.map((piece, i) => `${i} ${piece}`);
    expect(turn(sources, pause)).to.equal(turn(sources));
  }).timeout(60_000);

  it('gives the same when a clock that templates could ask jumps by hours', () => {
    const sources = PIECES.map((piece, i) => `${i} ${piece}`);
    const calm = turn(sources);
    const [now, date] = [performance.now, Date.now];
    try {
      let jump = 0;
      performance.now = () => (jump += 3_600_000);
      Date.now = () => (jump += 3_600_000);
      expect(turn(sources)).to.equal(calm);
    } finally {
      performance.now = now;
      Date.now = date;
    }
  });
});
