import type { Finding, Severity } from '../rules/finding.ts';
import type { Positions } from './positions.ts';
import { type FileReport, placesIn } from './report.ts';

/**
 * All findings as a JUnit report, a test suite a file: errors and warnings are failures, notes are tests that passed and say something.
 * A file without findings is one test that passed.
 */
export function junitReport(files: readonly FileReport[]): string {
  const places = placesIn(files);
  const suites = files.map((file) => suite(file, places(file.analysis.uri)));
  const all = `tests="${sum(suites, 'tests')}" failures="${sum(suites, 'failures')}" errors="0"`;
  const body = suites.map(({ xml }) => xml).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Runbook Lint" ${all}>\n${body}</testsuites>\n`;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly xml: string;
}

function sum(suites: readonly Suite[], figure: 'tests' | 'failures'): number {
  return suites.reduce((total, suite) => total + suite[figure], 0);
}

function suite({ path, findings }: FileReport, positions: Positions | undefined): Suite {
  const file = escaped(path);
  const cases =
    findings.length === 0
      ? [`    <testcase name="${file}" classname="${file}"/>\n`]
      : findings.map((finding) => testCase(file, finding, positions));
  const tests = cases.length;
  const failures = findings.filter(isFailure).length;
  const counts = `tests="${tests}" failures="${failures}" errors="0" skipped="0"`;
  return {
    tests,
    failures,
    xml: `  <testsuite name="${file}" ${counts}>\n${cases.join('')}  </testsuite>\n`,
  };
}

function isFailure({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'error' || severity === 'warning';
}

function testCase(file: string, finding: Finding, positions: Positions | undefined): string {
  const { line, column } = positions?.at(finding.span.start) ?? { line: 1, column: 1 };
  const message = escaped(finding.message);
  const name = `${finding.rule} at ${line}:${column}`;
  const said = `${file}:${line}:${column}: ${message}`;
  const inside = isFailure(finding)
    ? `<failure message="${message}" type="${finding.severity}">${said}</failure>`
    : `<system-out>${finding.severity}: ${said}</system-out>`;
  return `    <testcase name="${name}" classname="${file}">${inside}</testcase>\n`;
}

/** Text for an attribute or a content of XML 1.0; characters that XML does not have are shown as blots. */
function escaped(text: string): string {
  return text.replace(notXml, '\uFFFD').replace(/[&<>"'\t\r\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu;
