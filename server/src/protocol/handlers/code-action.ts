import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { suppressionsOf } from '../../features/suppress-here.ts';
import { fixesOf, safeFixes } from '../../lint/lint.ts';
import type { Finding, Fix } from '../../rules/finding.ts';
import type { Span } from '../../syntax/span.ts';
import { fixAllKind } from '../capabilities.ts';
import { conversionFor, diagnosticOf, spanOf } from '../convert.ts';
import { insertion, workspaceEdit } from '../edits.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { type Snapshot, snapshotOf } from '../snapshot.ts';
import { nextTurn } from '../turn.ts';

const openPage = 'runbookLint._openRuleDoc';
const selectFleet = 'runbookLint.selectFleet';

/** Fixes of the findings in the range, each with its edits; then how to suppress them, and where to read more. */
export const codeActions: Handler<CodeActionParams, CodeAction[]> = async (session, params, token) => {
  const { only, diagnostics } = params.context;
  const snapshot = await snapshotOf(session, params.textDocument.uri);
  if (snapshot === undefined) return [];
  const all = wants(only, fixAllKind) && only !== undefined ? fixAll(session, snapshot) : [];
  if (!wants(only, CodeActionKind.QuickFix)) return all;
  const found = findingsIn(snapshot, spanOf(snapshot.document, params.range), diagnostics);
  const { version } = snapshot.document;
  const fixes: Menu = new Map();
  for (const finding of found) {
    const offered = fixesOf(snapshot.analysis, finding, (why) => session.connection.console.error(why));
    const diagnostic = toDiagnostic(session, snapshot, finding);
    for (const fix of offered) add(fixes, quickFix(fix, session, snapshot), diagnostic);
    if (finding.rule === 'no-fleet' && session.traits.commands.has(selectFleet))
      add(fixes, commandAction('Select or make its fleet', selectFleet), diagnostic);
    if (offered.length === 0) continue;
    await nextTurn();
    // The edits are for a text that is no longer there.
    if (token.isCancellationRequested || snapshot.document.version !== version) return [];
  }
  const ranked = [...fixes.values()].toSorted((a, b) => rankOf(a) - rankOf(b));
  return [...ranked, ...furtherActions(found, session, snapshot), ...all];
};

/** Actions by what they do: two findings with the same way out are one entry of the menu. */
type Menu = Map<string, CodeAction>;

/** The safe fix first, then what was probably meant, then every other. */
function rankOf({ isPreferred, title }: CodeAction): number {
  if (isPreferred) return 0;
  return title.startsWith('Did you mean') ? 1 : 2;
}

/** Whether the client asks for that kind, or for one above it; without a wish it asks for every quick fix. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

/** Spelling and quotes, never a figure: what may be mended on save. */
function fixAll(session: Session, { analysis, document }: Snapshot): CodeAction[] {
  const edits = safeFixes(analysis, (why) => session.connection.console.error(why)).flatMap(({ fix }) => fix.edits);
  if (edits.length === 0) return [];
  const edit = workspaceEdit(session, new Map([[analysis.uri, edits]]), () => document.getText());
  return [{ title: 'Mend spelling and quotes', kind: fixAllKind, edit }];
}

/** The findings that touch the range; of those, the ones that the client asks about, if it asks about any. */
function findingsIn({ analysis, document }: Snapshot, span: Span, asked: readonly Diagnostic[]): readonly Finding[] {
  const near = analysis.findings.filter((finding) => finding.span.start <= span.end && span.start <= finding.span.end);
  const ours = asked.filter(({ source }) => source === undefined || source === 'runbook-lint');
  const exact = near.filter((finding) => ours.some((diagnostic) => isAbout(diagnostic, finding, document)));
  return exact.length > 0 ? exact : near;
}

function isAbout(diagnostic: Diagnostic, finding: Finding, document: TextDocument): boolean {
  return diagnostic.code === finding.rule && document.offsetAt(diagnostic.range.start) === finding.span.start;
}

function toDiagnostic(session: Session, { analysis, document }: Snapshot, finding: Finding): Diagnostic {
  return diagnosticOf(finding, document, conversionFor(session, [analysis]));
}

function quickFix({ title, preferred, edits }: Fix, session: Session, { analysis, document }: Snapshot): CodeAction {
  const edit = workspaceEdit(session, new Map([[analysis.uri, edits]]), () => document.getText());
  return { title, kind: CodeActionKind.QuickFix, ...(preferred ? { isPreferred: true } : {}), edit };
}

/**
 * How to take the findings back, then where to read more, the gravest first.
 * Where several rules speak, a menu that also offers the whole file for each of them would be longer than a screen.
 */
function furtherActions(found: readonly Finding[], session: Session, snapshot: Snapshot): readonly CodeAction[] {
  const gravest = found.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const isAlone = new Set(found.map(({ rule }) => rule)).size === 1;
  const suppressions: Menu = new Map();
  const pages: Menu = new Map();
  for (const finding of gravest) {
    const diagnostic = toDiagnostic(session, snapshot, finding);
    for (const { reach, ...suppression } of suppressionsOf(snapshot.analysis, finding)) {
      if (reach === 'file' && !isAlone) continue;
      const edit = insertion(session, snapshot.document, suppression);
      add(suppressions, { title: suppression.title, kind: CodeActionKind.QuickFix, edit }, diagnostic);
    }
    if (session.traits.commands.has(openPage))
      add(pages, commandAction(`Open the page of ${finding.rule}`, openPage, finding.rule), diagnostic);
  }
  return [...suppressions.values(), ...pages.values()];
}

const severities: readonly Finding['severity'][] = ['error', 'warning', 'information', 'hint'];

function commandAction(title: string, command: string, ...words: readonly string[]): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, command: { title, command, arguments: [...words] } };
}

function add(actions: Menu, action: CodeAction, diagnostic: Diagnostic): void {
  const key = JSON.stringify([action.title, action.edit, action.command]);
  const before = actions.get(key);
  if (before === undefined) actions.set(key, { ...action, diagnostics: [diagnostic] });
  else before.diagnostics?.push(diagnostic);
}
