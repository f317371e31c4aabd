import type { Finding, Severity } from '../rules/finding.ts';
import { counted } from '../rules/telling/words.ts';
import {
  type Counts,
  countFindings,
  countVerdicts,
  type FileReport,
  type Places,
  placesIn,
  type ReportContext,
} from './report.ts';
import { type Colours, printable } from './terminal.ts';

/** All findings for people: file by file, a line each, with the figures of the whole at the end. Nothing is wrapped. */
export function stylishReport(files: readonly FileReport[], context: ReportContext, colours: Colours): string {
  const places = placesIn(files);
  const sections = files.flatMap((file) =>
    file.findings.length === 0 ? [] : [section(file, places, context, colours)],
  );
  return [...sections, summary(files, colours)].join('\n');
}

function section(file: FileReport, places: Places, context: ReportContext, colours: Colours): string {
  const { path, analysis, findings } = file;
  const rows = findings.map((finding) => ({ finding, at: placeOf(finding, analysis.uri, places) }));
  const width = Math.max(...rows.map(({ at }) => at.length));
  const lines = rows.flatMap(({ finding, at }) => [
    row(finding, at.padStart(width), colours),
    ...finding.related.map(({ uri, span, message }) => {
      const start = places(uri || analysis.uri)?.at(span.start);
      const place = context.pathOf(uri || analysis.uri) + (start === undefined ? '' : `:${start.line}:${start.column}`);
      return `${' '.repeat(width + 4)}${colours.dim(`${place}  ${printable(message)}`)}`;
    }),
  ]);
  return `${[colours.underline(printable(path)), ...lines].join('\n')}\n`;
}

function placeOf(finding: Finding, uri: string, places: Places): string {
  const start = places(uri)?.at(finding.span.start);
  return start === undefined ? '' : `${start.line}:${start.column}`;
}

function row({ severity, message, rule }: Finding, at: string, colours: Colours): string {
  const name = severityNames[severity];
  return `  ${colours.dim(at)}  ${painter(severity, colours)(name)}${' '.repeat(longestName - name.length)}  ${printable(message)}  ${colours.dim(rule)}`;
}

const severityNames: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
  hint: 'hint',
};
const longestName = 'warning'.length;

function painter(severity: Severity, colours: Colours): (text: string) => string {
  if (severity === 'error') return colours.red;
  if (severity === 'warning') return colours.yellow;
  return severity === 'information' ? colours.blue : colours.dim;
}

function summary(files: readonly FileReport[], colours: Colours): string {
  const counts = countFindings(files);
  const verdicts = countVerdicts(files);
  const steps = verdicts.safe + verdicts.unsafe + verdicts.unknown;
  const judged = `${counted(steps, 'step')}: ${verdicts.safe} safe, ${verdicts.unsafe} unsafe, ${verdicts.unknown} cannot be told`;
  const total = colours.bold(paintTotal(counts, colours)(`${wordsFor(counts)} in ${counted(files.length, 'file')}`));
  return steps === 0 ? `${total}\n` : `${judged}\n${total}\n`;
}

function wordsFor({ error, warning, information, hint }: Counts): string {
  const main = `${counted(error, 'error')}, ${counted(warning, 'warning')}`;
  const notes = information + hint;
  return notes === 0 ? main : `${main}, ${counted(notes, 'note')}`;
}

function paintTotal(counts: Counts, colours: Colours): (text: string) => string {
  if (counts.error > 0) return colours.red;
  return counts.warning > 0 ? colours.yellow : colours.green;
}
