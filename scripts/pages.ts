import { readFileSync } from 'node:fs';
import { commandPage } from '../src/cli/command-page.js';
import type { DescribedSetting } from '../src/config/load.js';
import type { Plugin } from '../src/contract/index.js';
import { apiPage } from '../src/http/api-page.js';
import type { DescribedMetric } from '../src/meters/metrics.js';
import { withFlowTables } from './flow-tables.js';

/** The pages that are made from the source, by file. */
export function generatedPages(from: {
  readonly settings: readonly DescribedSetting[];
  readonly codes: Readonly<Record<string, string>>;
  readonly plugins: readonly Plugin[];
  /** The OpenAPI document. */
  readonly api: object;
  readonly metrics: readonly DescribedMetric[];
}): Readonly<Record<string, string>> {
  const made = '<!-- made by scripts/docs.ts; change the source instead -->\n';
  const settings = from.settings
    .map(
      ({ name, label, sentence, standard }) =>
        `| \`${name}\` | ${label} | ${standard === undefined ? '' : `\`${standard}\``} | ${sentence} |\n`,
    )
    .join('');
  const codes = Object.entries(from.codes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, sentence]) => `| <a id="${code.replace('/', '-')}"></a>\`${code}\` | ${sentence} |\n`)
    .join('');
  return {
    '.env.example': `# Settings of Parley; made by scripts/docs.ts. Real environment variables win over this file.\n${from.settings.map(({ name, sentence, standard = '' }) => `\n# ${sentence}\n# ${name}=${standard}\n`).join('')}`,
    'docs/configuration.md': `${made}\n# Settings\n\nFrom the environment, or from a file \`.env\` in the folder where the host is started. All mistakes are told at once.\n\n| name | what | default | |\n|---|---|---|---|\n${settings}`,
    'docs/errors.md': `${made}\n# Codes of problems, warnings and failures\n\n| code | meaning |\n|---|---|\n${codes}`,
    'docs/api.md': `${made}\n${apiPage(from.api)}`,
    'docs/command.md': `${made}\n${commandPage()}`,
    'docs/operations.md': withTable(readFileSync('docs/operations.md', 'utf8'), metricTable(from.metrics)),
    'docs/flow-format.md': withFlowTables(readFileSync('docs/flow-format.md', 'utf8')),
    'docs/node-types.md': `${made}\n# Node types\n\n${from.plugins.map(({ node }) => readFileSync(`plugins/${node.type}/README.md`, 'utf8').replace(/^# /gm, '## ')).join('\n')}`,
  };
}

const TABLE = /(<!-- metrics: this table is made by scripts\/docs\.ts -->\n)[\s\S]*?(<!-- end of metrics -->)/;

/** A page written by hand, with the one table in it that is made. */
function withTable(page: string, table: string): string {
  if (!TABLE.test(page)) throw new Error('the page has no place for its table');
  return page.replace(TABLE, (_, begin: string, end: string) => `${begin}${table}${end}`);
}

function metricTable(metrics: readonly DescribedMetric[]): string {
  const rows = metrics.map(
    ({ name, type, labels, help }) => `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |\n`,
  );
  return `\n| name | type | labels | what |\n|---|---|---|---|\n${rows.join('')}\n`;
}
