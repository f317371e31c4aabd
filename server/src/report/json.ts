import { fixesOf } from '../lint/lint.ts';
import type { Edit, Finding, Related } from '../rules/finding.ts';
import { type FileReport, type Places, placesIn, type ReportContext } from './report.ts';

/** All files as JSON, for other programs; the form is the contract of `--format json`. */
export function jsonReport(files: readonly FileReport[], context: ReportContext): string {
  const places = placesIn(files);
  const report = { version: 1, files: files.map((file) => fileOf(file, places, context)) };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function fileOf(file: FileReport, places: Places, context: ReportContext): object {
  const { path, analysis, findings } = file;
  const problems = findings.map((finding) => problemOf(finding, file, places, context));
  return analysis.kind === 'runbook' ? { path, problems, verdicts: analysis.verdicts } : { path, problems };
}

function problemOf(finding: Finding, { analysis }: FileReport, places: Places, context: ReportContext): object {
  const here = places(analysis.uri);
  const editOf = ({ span, newText }: Edit) => ({ range: here?.range(span), newText });
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    range: here?.range(finding.span),
    related: finding.related.flatMap((related) => relatedOf(related, analysis.uri, places, context)),
    ...(finding.step === undefined ? {} : { step: finding.step }),
    ...(finding.subsystems.length === 0 ? {} : { subsystems: finding.subsystems }),
    fixes: fixesOf(analysis, finding, context.onFailure).map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map(editOf),
    })),
  };
}

/** A related place without a file is in the finding's own. */
function relatedOf(related: Related, own: string, places: Places, context: ReportContext): readonly object[] {
  const uri = related.uri || own;
  const range = places(uri)?.range(related.span);
  return range === undefined ? [] : [{ path: context.pathOf(uri), range, message: related.message }];
}
