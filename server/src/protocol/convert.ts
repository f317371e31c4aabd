import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isHalfTyped } from '../features/half-typed.ts';
import type { Analysis } from '../lint/analysis.ts';
import type { Edit, Finding, Severity } from '../rules/finding.ts';
import { isFaultyYaml } from '../syntax/plain-yaml.ts';
import type { Span } from '../syntax/span.ts';
import type { ClientTraits } from './client-traits.ts';
import type { Documents } from './documents.ts';

/** What conversions need to know of the session. */
interface Conversion {
  readonly traits: ClientTraits;
  readonly documents: Documents;
  /** The text that spans in another file count in. */
  textOf(uri: string): string | undefined;
}

/** Lines and columns of a span in the text of the document. */
export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** The offsets of lines and columns in the text of the document. */
export function spanOf(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** An edit of the text of the document, as the client takes it. */
export function textEditOf(document: TextDocument, { span, newText }: Edit): TextEdit {
  return { range: rangeOf(document, span), newText };
}

/** A place in a file that may not be open; undefined where its text is not known. */
export function locationOf(uri: string, span: Span, { documents, textOf }: Conversion): Location | undefined {
  const text = textOf(uri);
  if (text === undefined) return undefined;
  return { uri: documents.spelling(uri), range: rangeOf(documents.withText(uri, text), span) };
}

/** The texts of analyses and of all files behind them, as they were when these were made. */
export function textsOf(analyses: readonly Analysis[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const analysis of analyses) {
    texts.set(analysis.uri, analysis.text);
    const runs = analysis.kind === 'runbook' ? analysis.runs.map(({ fleet }) => fleet) : [];
    const fleets = analysis.kind === 'fleet' ? [analysis] : runs;
    for (const fleet of fleets) for (const file of [fleet, ...fleet.commandFiles]) texts.set(file.uri, file.text);
  }
  return texts;
}

/** Conversions of what is said in these analyses: its places may be in any file behind them. */
export function conversionFor(
  { traits, documents }: Omit<Conversion, 'textOf'>,
  analyses: readonly Analysis[],
): Conversion {
  const texts = textsOf(analyses);
  return { traits, documents, textOf: (uri) => texts.get(uri) };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Findings that say that the text might as well not be there. */
const unnecessary: ReadonlySet<string> = new Set(['no-effect', 'unused-suppression']);

/** A finding as the client is told of it. `document` holds the text that the finding's spans count in. */
export function diagnosticOf(finding: Finding, document: TextDocument, conversion: Conversion): Diagnostic {
  const { traits } = conversion;
  const related = traits.relatedInformation ? relatedOf(finding, document, conversion) : [];
  return {
    range: rangeOf(document, finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'runbook-lint',
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(traits.codeDescriptions && traits.rulePages !== undefined
      ? { codeDescription: { href: `${traits.rulePages}${finding.rule}.md` } }
      : {}),
    ...(traits.diagnosticTags && unnecessary.has(finding.rule) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

function relatedOf(finding: Finding, document: TextDocument, conversion: Conversion): DiagnosticRelatedInformation[] {
  return finding.related.flatMap(({ uri, span, message }) => {
    const own = uri === '' ? { uri: document.uri, range: rangeOf(document, span) } : undefined;
    const location = own ?? locationOf(uri, span, conversion);
    return location === undefined ? [] : [{ location, message }];
  });
}

/**
 * All diagnostics of an analysis; `document` holds its text. What is said of a word that is still being typed is held back,
 * and of more findings than `most` the gravest are shown, with a word that there are others.
 */
export function diagnosticsOf(
  analysis: Analysis,
  document: TextDocument,
  session: Omit<Conversion, 'textOf'>,
  most: number,
): Diagnostic[] {
  const findings = shownFindings(analysis, session.documents);
  if (findings.length === 0) return [];
  const conversion = conversionFor(session, [analysis]);
  const made = marked(
    findings.map((finding) => diagnosticOf(finding, document, conversion)),
    document,
    session.traits,
  );
  if (made.length <= most) return made;
  const gravest = made.toSorted((a, b) => (a.severity ?? 1) - (b.severity ?? 1)).slice(0, most);
  return [...made.filter((one) => gravest.includes(one)), leftOut(made.length, most)];
}

/** With a word on which mistakes a general reader of YAML finds as well. */
function marked(diagnostics: Diagnostic[], document: TextDocument, { besideYaml }: ClientTraits): Diagnostic[] {
  if (!besideYaml || document.languageId !== 'yaml' || !diagnostics.some(({ code }) => code === 'syntax'))
    return diagnostics;
  const isFaulty = isFaultyYaml(document.getText());
  return diagnostics.map((one) => (one.code === 'syntax' ? { ...one, data: { yaml: isFaulty } } : one));
}

function leftOut(all: number, most: number): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    code: 'limit-reached',
    source: 'runbook-lint',
    message: `Only the gravest ${most} of ${all} findings are shown here. The setting \`runbookLint.maxProblems\` says how many.`,
  };
}

/** The findings of an analysis without those that are held back; the same list where there are none of these. */
export function shownFindings(analysis: Analysis, documents: Documents): readonly Finding[] {
  const { findings, uri } = analysis;
  const editEnd = documents.editEnd(uri);
  if (editEnd === undefined || !findings.some(({ rule }) => rule === 'unknown-name')) return findings;
  const shown = findings.filter((finding) => !isHalfTyped(analysis, finding, editEnd));
  return shown.length === findings.length ? findings : shown;
}
