import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/all.js';
import { apiDocument } from '../scripts/api-document.js';
import { generatedPages } from '../scripts/pages.js';
import { describeConfig } from '../src/config/load.js';
import { PROBLEM_CODES } from '../src/contract/host/index.js';
import { channelLimits } from '../src/flow/channel-limits.js';
import { checkFlow } from '../src/flow/check.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import { allTemplates } from '../src/manage/templates.js';
import { describeMetrics } from '../src/meters/metrics.js';

const sources = ['src', 'plugins', 'adapters', 'platforms']
  .flatMap(filesIn)
  .filter((file) => file.endsWith('.ts') && !/cases\.ts$|(problem-codes|problem-mends|refusals)\.ts$/.test(file));
const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');

describe('the documentation', () => {
  it('generated pages are fresh', async () => {
    const pages = generatedPages({
      settings: describeConfig(),
      plugins,
      metrics: describeMetrics(),
      api: await apiDocument(),
      templates: await allTemplates(),
    });
    for (const [file, page] of Object.entries(pages)) expect(readFileSync(file, 'utf8'), file).to.equal(page);
  });

  it('every code in the source has its sentence, and every sentence its code', () => {
    const families = new Set(Object.keys(PROBLEM_CODES).map((code) => code.split('/')[0]));
    const used = new Set(
      [...text.matchAll(/'([a-z]+(?:-[a-z]+)*\/[a-z-]+)'/g)].flatMap(([, code = '']) => (families.has(code.split('/')[0]) ? [code] : [])),
    );
    expect([...used].filter((code) => !(code in PROBLEM_CODES))).to.deep.equal([]);
    // Made of a family and joi's word: problems-of-joi.ts.
    const made = /\/(missing|unknown-key|not-allowed|empty|wrong)$/;
    expect(Object.keys(PROBLEM_CODES).filter((code) => !used.has(code) && !made.test(code))).to.deep.equal([]);
  });

  it('the templates are flows without a problem', () => {
    for (const file of readdirSync('templates').filter((name) => name.endsWith('.json'))) {
      const body: unknown = JSON.parse(readFileSync(`templates/${file}`, 'utf8'));
      const problems = checkFlow(body, {
        nodeTypes: createNodeTypes(plugins),
        limits: channelLimits({ bound: adapters, loaded: adapters }),
      });
      expect(problems, file).to.deep.equal([]);
    }
  });

  it('every JSON example in a README can be read, and every file that a page names is there', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'ARCHITECTURE.md',
      ...['docs', 'plugins', 'adapters'].flatMap(filesIn).filter((file) => file.endsWith('.md')),
    ];
    for (const page of pages) {
      const content = readFileSync(page, 'utf8');
      for (const [, example = ''] of content.matchAll(/```json\n([\s\S]*?)```/g))
        expect(() => JSON.parse(example) as unknown, page).to.not.throw();
      for (const [, link = ''] of content.matchAll(/\]\(([^)#:]+)\)/g))
        expect(
          () => statSync(`${page.includes('/') ? page.slice(0, page.lastIndexOf('/') + 1) : ''}${link}`),
          `${page}: ${link}`,
        ).to.not.throw();
    }
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) =>
    statSync(`${folder}/${name}`).isDirectory() ? filesIn(`${folder}/${name}`) : [`${folder}/${name}`],
  );
}
