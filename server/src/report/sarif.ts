import { fixesOf } from '../lint/lint.ts';
import type { Finding, Related, Severity } from '../rules/finding.ts';
import { rules } from '../rules/index.ts';
import { rulePage } from '../rules/page.ts';
import type { Rule } from '../rules/rule.ts';
import type { Span } from '../syntax/span.ts';
import { fingerprints } from './fingerprint.ts';
import type { Positions } from './positions.ts';
import { type FileReport, type Places, placesIn, type ReportContext } from './report.ts';

/** What SARIF says of the program itself. */
export interface SarifContext extends ReportContext {
  readonly version: string;
  /** The working directory as a URI with a slash at its end; paths count from it. */
  readonly root: string;
  /** An absolute URI of a rule's page; undefined where there is none. */
  pageOf(rule: string): string | undefined;
}

/** All findings as a SARIF 2.1.0 log, for code scanning and for viewers. */
export function sarifReport(files: readonly FileReport[], context: SarifContext): string {
  const run = {
    tool: {
      driver: {
        name: 'Runbook Lint',
        semanticVersion: context.version,
        rules: rules.map((rule) => describe(rule, context)),
      },
    },
    invocations: [{ executionSuccessful: true }],
    originalUriBaseIds: { [base]: { uri: context.root } },
    columnKind: 'utf16CodeUnits',
    artifacts: files.map(({ path }) => ({ location: locationOf(path) })),
    results: resultsOf(files, context),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const base = 'ROOT';

/** SARIF has no hints: like information, they are notes. */
const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function describe(rule: Rule, { pageOf }: SarifContext): object {
  const page = pageOf(rule.id);
  return {
    id: rule.id,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.summary },
    help: { text: `${rule.summary}\n\n${rule.details}`, markdown: rulePage(rule, []) },
    ...(page === undefined ? {} : { helpUri: page }),
    defaultConfiguration: { level: levels[rule.severity] },
  };
}

function resultsOf(files: readonly FileReport[], context: SarifContext): readonly object[] {
  const places = placesIn(files);
  return files.flatMap((file) => {
    const prints = fingerprints(file);
    const positions = places(file.analysis.uri);
    if (positions === undefined) return [];
    return file.findings.map((finding, i) => ({
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
      level: levels[finding.severity],
      message: { text: finding.message },
      locations: [{ physicalLocation: physical(file.path, regionOf(finding.span, positions)) }],
      ...relatedOf(finding, file, places, context),
      partialFingerprints: { 'runbookLint/v1': prints[i] },
      ...fixesIn(finding, file, positions, context),
      ...propertiesOf(finding),
    }));
  });
}

function relatedOf(finding: Finding, { analysis }: FileReport, places: Places, context: SarifContext): object {
  const locations = finding.related.flatMap((related) => {
    const uri = related.uri || analysis.uri;
    const positions = places(uri);
    return positions === undefined ? [] : [locationWith(related, context.pathOf(uri), positions)];
  });
  return locations.length === 0
    ? {}
    : { relatedLocations: locations.map((location, i) => ({ id: i + 1, ...location })) };
}

function locationWith({ span, message }: Related, path: string, positions: Positions): object {
  return { physicalLocation: physical(path, regionOf(span, positions)), message: { text: message } };
}

function fixesIn(
  finding: Finding,
  { path, analysis }: FileReport,
  positions: Positions,
  { onFailure }: SarifContext,
): object {
  const fixes = fixesOf(analysis, finding, onFailure).map(({ title, edits }) => ({
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: locationOf(path),
        replacements: edits.map(({ span, newText }) => ({
          deletedRegion: regionOf(span, positions),
          insertedContent: { text: newText },
        })),
      },
    ],
  }));
  return fixes.length === 0 ? {} : { fixes };
}

function propertiesOf({ step, subsystems }: Finding): object {
  if (step === undefined && subsystems.length === 0) return {};
  return { properties: { ...(step === undefined ? {} : { step }), subsystems } };
}

function physical(path: string, region: object): object {
  return { artifactLocation: locationOf(path), region };
}

/** A path as a URI reference: relative to the root, or absolute as it is. */
function locationOf(path: string): object {
  if (/^[a-z][\w+.-]+:/i.test(path)) return { uri: path };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: base };
}

function regionOf(span: Span, positions: Positions): object {
  const { start, end } = positions.range(span);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
