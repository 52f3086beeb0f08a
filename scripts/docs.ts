// Writes the files that are generated from the source: .env.example, most pages of docs/, and the types of answers in console/src/api/.
// With --check it writes nothing and lists those that are out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { plugins } from '../plugins/all.js';
import { describeConfig } from '../src/config/load.js';
import { allTemplates } from '../src/manage/templates.js';
import { describeMetrics } from '../src/meters/metrics.js';
import { apiDocument } from './api-document.js';
import { generatedPages } from './pages.js';

const pages = generatedPages({
  settings: describeConfig(),
  plugins,
  metrics: describeMetrics(),
  api: await apiDocument(),
  templates: await allTemplates(),
});
const isCheck = process.argv.includes('--check');
const stale = Object.entries(pages).filter(([file, text]) => read(file) !== text);
if (!isCheck) {
  mkdirSync('docs/nodes', { recursive: true });
  for (const [file, text] of stale) writeFileSync(file, text);
}
for (const [file] of stale) process.stdout.write(`${isCheck ? 'out of date' : 'written'}: ${file}\n`);
process.exit(isCheck && stale.length > 0 ? 1 : 0);

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
