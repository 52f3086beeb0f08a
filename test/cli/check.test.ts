import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Problem } from '../../src/contract/index.js';
import { runCommand } from '../support/run-command.js';

const template = readFileSync('templates/welcome.json', 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'parley-check-'));
const fileOf = (text: string) => {
  const file = join(folder, 'flow.json');
  writeFileSync(file, text);
  return file;
};
const damaged = template.replace('"replied", "to": "offer"', '"next", "to": "ofer"');
const problemsIn = (text: string) => JSON.parse(text) as readonly (Problem & { readonly line?: number; readonly column?: number })[];

describe('parley check', () => {
  it('answers with problems and their mends as JSON, and with the exit code 1', async () => {
    const { code, out } = await runCommand(['check', fileOf(damaged), '--json']);
    expect(code).to.equal(1);
    const [to, port] = problemsIn(out).filter(({ severity }) => severity === 'error');
    expect(to).to.deep.equal({
      pointer: '/edges/2/to',
      code: 'flow/edge-to-nowhere',
      message: 'there is no node "ofer"',
      hint: 'Did you mean "offer"?',
      severity: 'error',
      mend: [{ op: 'replace', path: '/edges/2/to', value: 'offer' }],
    });
    expect(port?.mend).to.deep.equal([{ op: 'replace', path: '/edges/2/port', value: 'replied' }]);
  });

  it('writes the mended file, and says what it did', async () => {
    const file = fileOf(damaged);
    const { code, out } = await runCommand(['check', file, '--mend']);
    expect(code).to.equal(0);
    expect(out).to.include('mended /edges/2/to flow/edge-to-nowhere: Did you mean "offer"?').and.to.include('0 errors, 0 warnings');
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal(JSON.parse(template));
  });

  it('leaves a file without a mend as it is', async () => {
    const file = fileOf(template);
    expect((await runCommand(['check', file, '--mend'])).code).to.equal(0);
    expect(readFileSync(file, 'utf8')).to.equal(template);
  });

  it('prints the mended flow alone for the standard input', async () => {
    const { code, out, err } = await runCommand(['check', '-', '--mend'], { stdin: damaged });
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.deep.equal(JSON.parse(template));
    expect(err).to.include('mended /edges/2/port');
  });

  it('says what is wrong with a file that is not JSON, and where', async () => {
    const { code, out } = await runCommand(['check', '-', '--json'], { stdin: '{\n  "format": "parley/1"\n  "code": "x"\n}' });
    expect(code).to.equal(1);
    expect(problemsIn(out)).to.deep.equal([
      {
        pointer: '',
        code: 'flow/not-json',
        message: 'the file is not valid JSON: it breaks at line 3, column 3',
        hint: 'Add the comma that is missing before this place.',
        severity: 'error',
        line: 3,
        column: 3,
      },
    ]);
  });

  for (const [what, text] of [
    ['a code fence and words around it', `Here is your flow:\n\n\`\`\`json\n${template}\`\`\`\nEnjoy!`],
    ['a comma at the end of a list', template.replace(/\}\s*\]\s*\}\s*$/, '},]}')],
    ['a comment', template.replace('"code"', '/* its code */ "code"')],
    ['a brace too much', `${template}}`],
    ['a missing brace', template.replace(/\}\s*$/, '')],
    ['texts in single quotes', template.replace('"code": "welcome"', "'code': 'welcome'")],
  ] as const)
    it(`mends what is nearly JSON: ${what}`, async () => {
      const { code, out } = await runCommand(['check', '-', '--mend'], { stdin: text });
      expect(code).to.equal(0);
      expect(JSON.parse(out)).to.deep.equal(JSON.parse(template));
    });

  it('prints nothing for what it cannot read', async () => {
    const { code, out, err } = await runCommand(['check', '-', '--mend'], { stdin: '{"nodes": [{"id": "start", "type":' });
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.include('flow/not-json');
  });
});
