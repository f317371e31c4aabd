import type { Analysis } from '../lint/analysis.ts';
import type { OnFailure } from '../lint/lint.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Verdict } from '../simulation/outcome.ts';
import { type Positions, positionsIn } from './positions.ts';

/** One checked file, as the command line shows it. */
export interface FileReport {
  /** As people are told of it: relative to the working directory, with `/`. */
  readonly path: string;
  readonly analysis: Analysis;
  /** Those of the analysis that are shown. */
  readonly findings: readonly Finding[];
}

/** What every format needs to know besides the files. */
export interface ReportContext {
  /** How people are told of a URI. */
  pathOf(uri: string): string;
  /** Is told of fixes that could not be worked out; where nobody is, a report with fixes throws. */
  readonly onFailure?: OnFailure;
}

export type Counts = Readonly<Record<Severity, number>>;

/** How many findings of each severity all files have together, those that are not shown included. */
export function countFindings(files: readonly FileReport[]): Counts {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { analysis } of files) for (const { severity } of analysis.findings) counts[severity] += 1;
  return counts;
}

/** The verdicts of all runbooks together. */
export function countVerdicts(files: readonly FileReport[]): Readonly<Record<Verdict, number>> {
  const counts = { safe: 0, unsafe: 0, unknown: 0 };
  for (const { analysis } of files) {
    if (analysis.kind !== 'runbook') continue;
    counts.safe += analysis.verdicts.safe;
    counts.unsafe += analysis.verdicts.unsafe;
    counts.unknown += analysis.verdicts.unknown;
  }
  return counts;
}

/** Finds lines and columns in the file of that URI; undefined for one that the report cannot speak of. */
export type Places = (uri: string) => Positions | undefined;

/** The places in every file that a report can speak of: those checked, and the fleets and commands files behind them. */
export function placesIn(files: readonly FileReport[]): Places {
  const texts = new Map<string, string>();
  for (const { analysis } of files) addTexts(analysis, texts);
  const known = new Map<string, Positions>();
  return (uri) => {
    const text = texts.get(uri);
    if (text === undefined) return undefined;
    const positions = known.get(uri) ?? positionsIn(text);
    known.set(uri, positions);
    return positions;
  };
}

function addTexts(analysis: Analysis, texts: Map<string, string>): void {
  if (texts.has(analysis.uri)) return;
  texts.set(analysis.uri, analysis.text);
  if (analysis.kind === 'runbook') for (const { fleet } of analysis.runs) addTexts(fleet, texts);
  if (analysis.kind === 'fleet') for (const file of analysis.commandFiles) addTexts(file, texts);
}
