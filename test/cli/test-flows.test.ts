import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { junitOf } from '../../src/cli/junit.js';
import type { FlowTest } from '../../src/play/flow-test.js';
import { runCommand } from '../support/run-command.js';

/** A reader of XML that a package of ours brings. It refuses what is not well-formed. */
const { xml2js } = createRequire(createRequire(import.meta.url).resolve('xliff'))('xml-js') as {
  xml2js(text: string): { readonly elements: readonly XmlElement[] };
};
interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements?: readonly (XmlElement & { readonly text: string })[];
}

describe('parley test', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
    copyFileSync('templates/welcome.json', join(folder, 'welcome.json'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, test: Partial<FlowTest>) =>
    writeFileSync(join(folder, name), JSON.stringify({ promise: 'a visitor is greeted', flows: ['welcome.json'], ...test }));
  const test = (...words: readonly string[]) => runCommand(['test', ...words]);

  it('plays the tests in a folder and all folders in it, and writes what comes out when asked', async () => {
    mkdirSync(join(folder, 'more'));
    write('hi.test.json', { steps: [{ say: 'hi' }] });
    write('more/late.test.json', { flows: ['../welcome.json'], steps: [{ say: 'hi' }, { pass: 600 }] });
    const before = await test(folder);
    expect([before.code, before.out]).to.deep.equal([
      0,
      `ok  ${folder}/hi.test.json: a visitor is greeted\nok  ${folder}/more/late.test.json: a visitor is greeted\n2 tests, 0 failed\n`,
    ]);
    expect((await test(folder, '--update')).out).to.match(/^updated {2}.*\nupdated {2}/);
    const text = readFileSync(join(folder, 'hi.test.json'), 'utf8');
    expect(text).to.include('      "shows": [{ "kind": "text", "text": "Hello Ada! What shall I call you?" }]');
    expect(text.endsWith('}\n')).to.equal(true);
    expect((await test(folder, '--update')).out).to.match(/^ok {2}.*\nok {2}/);
    expect(readFileSync(join(folder, 'hi.test.json'), 'utf8')).to.equal(text);
  });

  it('keeps members of other tools, and tells a step apart that cannot be taken', async () => {
    write('x.test.json', { 'x-owner': 'Grace', steps: [{ say: 'hi', 'x-why': 'greeting' }, { tap: 'yes' }] } as never);
    const failed = await test(folder, '--update');
    expect(failed.code).to.equal(1);
    expect(failed.out).to.match(/\nstep 2, tap "yes": no message has the button "yes" \(play\/no-button\)\. Tap a button/);
    write('x.test.json', { 'x-owner': 'Grace', steps: [{ say: 'hi', 'x-why': 'greeting' }] } as never);
    await test(folder, '--update');
    const kept = JSON.parse(readFileSync(join(folder, 'x.test.json'), 'utf8'));
    expect([kept['x-owner'], kept.steps[0]['x-why']]).to.deep.equal(['Grace', 'greeting']);
  });

  it('shows what differs with the path, the warnings in words, and where everything stands at a step that cannot be done', async () => {
    write('x.test.json', { steps: [{ say: 'hi' }, { say: 'Ada' }] });
    await test(folder, '--update');
    const flow = JSON.parse(readFileSync(join(folder, 'welcome.json'), 'utf8'));
    const node = (id: string) => flow.nodes.find((one: { readonly id: string }) => one.id === id);
    node('greet').params.message.text = 'Hello {{ nobody }}!';
    writeFileSync(join(folder, 'welcome.json'), JSON.stringify(flow));
    const kept = await test(folder);
    expect(kept.out).to.include('    -      "text": "Hello Ada! What shall I call you?"\n    +      "text": "Hello !"\n');
    expect(kept.out).to.include('\n    path: start.next → greet.next → name\n    warning template/undefined (greet): ');
    expect(kept.out).to.match(
      /\n1 test, 1 failed\nIf what comes out now \(\+\) is right, keep it with --update\. Otherwise mend the flow\.\n$/,
    );
    write('x.test.json', { steps: [{ say: 'hi' }, { answer: { ok: true, value: 'x'.repeat(400) } }] });
    const stopped = await test(folder);
    expect(stopped.out).to.match(/\nstep 2, answer \{"ok":true,"value":"x{50,300}…: no run waits for a call/);
    expect(stopped.out).to.match(/ Now "name" waits for message\.\n1 test, 1 failed\n$/);
    write('x.test.json', { steps: [{ say: 'nothing' }, { answer: { ok: true, value: 1 } }] });
    expect((await test(folder)).out).to.match(/ Now nothing runs\.\n/);
  });

  it('tells all mistakes of a file at once, and what to do with a case of an earlier release', async () => {
    write('bad.test.json', {
      step: 1,
      steps: [{ sya: 'hi' }, { say: 'a', pass: 1 }, { pass: -1 }, { say: 'b', then: { show: [] } }],
    } as never);
    const { code, out } = await test(folder);
    expect(code).to.equal(1);
    for (const pointer of ['/step ', '/steps/0/sya ', '/steps/0 ', '/steps/1 ', '/steps/2/pass ', '/steps/3/then/show '])
      expect(out).to.include(`error ${pointer}play/`);
    expect(out).to.include('Give "pass" a number above 0.').and.to.include('Did you mean "say"?');
    const old = await test('test/flows/name.case.json');
    expect([old.code, old.out]).to.satisfy(([exit, words]: [number, string]) => exit === 1 && words.includes('name.test.json"'));
  });

  it('is used in the wrong way without tests, with a folder that is not there, and with no percentage', async () => {
    expect(await test(folder)).to.include({ code: 2, out: '' });
    expect(await test(join(folder, 'nowhere'))).to.include({ code: 2 });
    expect(await test(folder, '--min-coverage', 'most')).to.include({ code: 2 });
    expect(await test()).to.include({ code: 2 });
  });

  it('lists what no test has played, and fails if that is too much', async () => {
    write('hi.test.json', { steps: [{ say: 'hi' }, { pass: 600 }] });
    const { code, out } = await test(folder, '--coverage');
    expect(code).to.equal(0);
    expect(out)
      .to.match(/\nwelcome: 36 % \(nodes 5\/11, edges 4\/14\)\n/)
      .and.to.include('  not played: node to-code\n');
    expect(out).to.include('  not played: edge interest.notReplied -> late\n');
    expect((await test(folder, '--min-coverage', '30')).code).to.equal(0);
    const bare = await test(folder, '--min-coverage', '37');
    expect([bare.code, bare.out.endsWith('welcome: less than 37 % was played\n')]).to.deep.equal([1, true]);
  });

  it('writes a report that CI servers read, with the differences of what has failed', async () => {
    write('good.test.json', { steps: [{ say: 'hi' }] });
    write('bad.test.json', {
      promise: 'says "<hi>" & more',
      steps: [{ say: 'hi', then: { shows: [{ kind: 'text', text: 'Hi & bye' }] } }],
    });
    writeFileSync(join(folder, 'broken.test.json'), '{');
    const report = join(folder, 'report.xml');
    expect((await test(folder, '--junit', report)).code).to.equal(1);
    const [all] = xml2js(readFileSync(report, 'utf8')).elements;
    expect(all?.attributes).to.include({ tests: '3', failures: '1', errors: '1' });
    const suites = all?.elements ?? [];
    expect(suites.map(({ attributes }) => [attributes['name'], attributes['tests']])).to.deep.equal([
      ['welcome', '2'],
      ['unreadable tests', '1'],
    ]);
    const cases = suites[0]?.elements ?? [];
    expect(cases.map(({ attributes }) => attributes['name'])).to.deep.equal(['says "<hi>" & more', 'a visitor is greeted']);
    for (const { attributes } of [...suites, ...cases]) expect(attributes['time']).to.match(/^\d+\.\d{3}$/);
    const failure = cases[0]?.elements?.[0];
    expect(failure?.attributes['message']).to.equal('step 1, say "hi": shows, standing differ');
    expect(failure?.elements?.[0]?.text).to.include('-      "text": "Hi & bye"');
  });

  it('a report is XML whatever people write', () => {
    const odd = 'a\u0000b\u001b[1m\ud800 <&">\n\t😀';
    const report = { file: 'x', promise: odd, flow: odd, outcome: 'failed', words: odd, millis: 1.5, programs: [], turns: [] } as const;
    const [all] = xml2js(junitOf([report])).elements;
    expect(all?.elements?.[0]?.attributes['name']).to.equal('ab[1m <&">\n\t😀');
    expect(all?.elements?.[0]?.elements?.[0]?.elements?.[0]?.elements?.[0]?.text).to.equal('ab[1m <&">\n\t😀');
  });
});
