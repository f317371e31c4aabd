import type { Analysis } from '../../../server/src/lint/analysis.ts';
import type { FileReport, ReportContext } from '../../../server/src/report/report.ts';
import type { Colours } from '../../../server/src/report/terminal.ts';
import type { Finding } from '../../../server/src/rules/finding.ts';
import { marked } from '../../support/markers.ts';

/** A file that was checked: its findings stand on the marked places, one each, in their order. */
export function checked(path: string, source: string, findings: readonly Partial<Finding>[]): FileReport {
  const { text, spans } = marked(source);
  const analysis: Analysis = {
    kind: 'config',
    uri: `file:///here/${path}`,
    text,
    rules: new Map(),
    root: undefined,
    findings: findings.map((finding, i) => ({
      rule: 'below-minimum',
      severity: 'error',
      message: 'This goes too far.',
      span: spans[i] ?? { start: 0, end: 0 },
      related: [],
      step: undefined,
      subsystems: [],
      ...finding,
    })),
  };
  return { path, analysis, findings: analysis.findings };
}

/** Findings that are made by hand know nothing of their fixes. */
export const context: ReportContext = {
  pathOf: (uri) => uri.replace('file:///here/', ''),
  onFailure: () => undefined,
};

const asIs = (text: string) => text;
/** No colours at all. */
export const plain: Colours = {
  bold: asIs,
  dim: asIs,
  underline: asIs,
  red: asIs,
  yellow: asIs,
  blue: asIs,
  green: asIs,
};
