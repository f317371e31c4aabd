import type { Finding, Severity } from '../rules/finding.ts';
import type { Positions } from './positions.ts';
import { type FileReport, placesIn } from './report.ts';

/** All findings as workflow commands of GitHub Actions, which shows them beside the lines; a line each. */
export function githubReport(files: readonly FileReport[]): string {
  const places = placesIn(files);
  return files
    .flatMap(({ path, analysis, findings }) =>
      findings.map((finding) => annotation(path, finding, places(analysis.uri))),
    )
    .join('');
}

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function annotation(path: string, { severity, span, rule, message }: Finding, positions: Positions | undefined) {
  const properties = [`file=${property(path)}`, ...placeOf(positions?.range(span)), `title=${property(rule)}`];
  return `::${commands[severity]} ${properties.join(',')}::${data(message)}\n`;
}

/** Columns count only where a finding stands on one line. */
function placeOf(range: ReturnType<Positions['range']> | undefined): readonly string[] {
  if (range === undefined) return [];
  const { start, end } = range;
  const lines = [`line=${start.line}`, `endLine=${end.line}`];
  return start.line === end.line ? [...lines, `col=${start.column}`, `endColumn=${end.column}`] : lines;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
