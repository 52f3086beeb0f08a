import { hasFailed, type TestReport } from './test-report.js';

/**
 * Writes the outcome of tests as JUnit's XML, which CI servers read: a suite for each flow, and the differences of a test that has failed.
 * https://github.com/testmoapp/junitxml
 */
export function junitOf(reports: readonly TestReport[]): string {
  const flows = [...new Set(reports.map(suiteOf))];
  const suites = flows.map((name) =>
    suite(
      name,
      reports.filter((one) => suiteOf(one) === name),
    ),
  );
  const all = attributes({ name: 'parley test', ...counted(reports) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${all}>\n${suites.join('')}</testsuites>\n`;
}

/** Tests that could not be read have no flow: they are a suite of their own. */
function suiteOf({ flow }: TestReport): string {
  return flow === '' ? 'unreadable tests' : flow;
}

function suite(name: string, reports: readonly TestReport[]): string {
  return `  <testsuite${attributes({ name, ...counted(reports) })}>\n${reports.map((one) => testCase(name, one)).join('')}  </testsuite>\n`;
}

function counted(reports: readonly TestReport[]) {
  return {
    tests: reports.length,
    failures: reports.filter(({ outcome }) => outcome === 'failed').length,
    errors: reports.filter(({ outcome }) => outcome === 'broken').length,
    time: secondsOf(reports.reduce((sum, { millis }) => sum + millis, 0)),
  };
}

function testCase(classname: string, report: TestReport): string {
  const { promise, file, millis, words, outcome } = report;
  const head = `    <testcase${attributes({ classname, name: promise, file, time: secondsOf(millis) })}`;
  if (!hasFailed(report)) return `${head}/>\n`;
  const tag = outcome === 'failed' ? 'failure' : 'error';
  const message = words.split('\n', 1)[0] ?? '';
  return `${head}>\n      <${tag}${attributes({ message, type: outcome })}>${escaped(words)}</${tag}>\n    </testcase>\n`;
}

function secondsOf(millis: number): string {
  return (millis / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}

/** Escapes a text, without the characters that XML 1.0 cannot have: https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
