import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fixesOf } from '../../lint/lint.ts';
import type { Finding, Fix } from '../../rules/finding.ts';
import type { Span } from '../../syntax/span.ts';
import { diagnosticOf, spanOf, textEditOf, textsOf } from '../convert.ts';
import type { Handler } from '../handler.ts';
import { type Session, type Snapshot, snapshotOf } from '../session.ts';
import { nextTurn } from '../turn.ts';

/** Fixes of the findings in the range, each with its edits. */
export const codeActions: Handler<CodeActionParams, CodeAction[]> = async (session, params, token) => {
  const { only, diagnostics } = params.context;
  if (only !== undefined && !only.some(includesQuickFix)) return [];
  const snapshot = await snapshotOf(session, params.textDocument.uri);
  if (snapshot === undefined) return [];
  const wanted = findingsIn(snapshot, spanOf(snapshot.document, params.range), diagnostics);
  const { version } = snapshot.document;
  const actions = new Map<string, CodeAction>();
  for (const finding of wanted) {
    const fixes = fixesOf(snapshot.analysis, finding);
    const diagnostic = toDiagnostic(session, snapshot, finding);
    for (const fix of fixes) add(actions, fix, diagnostic, session, snapshot.document);
    if (fixes.length === 0) continue;
    await nextTurn();
    // The edits are for a text that is no longer there.
    if (token.isCancellationRequested || snapshot.document.version !== version) return [];
  }
  return [...actions.values()];
};

/** `quickfix`, or a kind above it. */
function includesQuickFix(kind: string): boolean {
  return kind === CodeActionKind.Empty || kind === CodeActionKind.QuickFix;
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
  const texts = textsOf(analysis);
  const { traits, documents } = session;
  return diagnosticOf(finding, document, { traits, documents, textOf: (uri) => texts.get(uri) });
}

/** Two findings with the same way out are one action. */
function add(
  actions: Map<string, CodeAction>,
  fix: Fix,
  diagnostic: Diagnostic,
  { traits }: Session,
  document: TextDocument,
): void {
  const edits = fix.edits.map((edit) => textEditOf(document, edit));
  const key = JSON.stringify([fix.title, edits]);
  const before = actions.get(key);
  if (before !== undefined) {
    before.diagnostics?.push(diagnostic);
    return;
  }
  const { uri, version } = document;
  const edit = traits.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
  actions.set(key, {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(fix.preferred ? { isPreferred: true } : {}),
    edit,
  });
}
