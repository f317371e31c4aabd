import {
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  extensions,
  type Hover,
  type InlayHint,
  MarkdownString,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { hasSchemaElsewhere, isReportedTwice } from './doubles.ts';
import { ruleOfPage, rulePageCommand, rulePageScheme } from './rule-link.ts';
import type { StartTimes } from './start-times.ts';

/** What is changed of the server's answers on their way to the editor; `times` notes how long the first ones took. */
export function middleware(times: StartTimes): Middleware {
  return {
    didOpen: (document, next) => {
      times.mark('first file');
      return next(document);
    },
    handleDiagnostics: (uri, diagnostics, next) => next(uri, adapted(uri, diagnostics)),
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (report !== null && report !== undefined && 'items' in report) {
        if (report.items.length > 0) times.mark('first findings');
        report.items = adapted(document instanceof Uri ? document : document.uri, report.items);
      }
      return report;
    },
    provideCompletionItem: async (document, position, context, token, next) => {
      const found = await next(document, position, context, token);
      if (!isSharedWithRedHat(document) || !hasSchemaElsewhere(document.uri.path)) return found;
      const withoutKeys = (items: CompletionItem[]) => items.filter(({ kind }) => kind !== CompletionItemKind.Property);
      if (Array.isArray(found)) return withoutKeys(found);
      if (found) found.items = withoutKeys(found.items);
      return found;
    },
    provideInlayHints: async (document, range, token, next) => apart(await next(document, range, token)),
    provideHover: async (document, position, token, next) => linked(await next(document, position, token)),
  };
}

/** Without what Red Hat's extension reports on the same file, and with pages that open inside the editor. */
export function adapted(uri: Uri, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  const kept = isSharedWithRedHat(document)
    ? diagnostics.filter((diagnostic) => !isReportedTwice(ruleOf(diagnostic.code), uri.path, isFaultyYaml(diagnostic)))
    : diagnostics;
  return kept.map(withPage);
}

function isSharedWithRedHat(document: TextDocument | undefined): boolean {
  return document?.languageId === 'yaml' && extensions.getExtension('redhat.vscode-yaml') !== undefined;
}

/** What the server says of it: a general reader of YAML finds a mistake in the file too. */
function isFaultyYaml(diagnostic: Diagnostic & { readonly data?: { readonly yaml?: boolean } }): boolean {
  return diagnostic.data?.yaml === true;
}

/** The id of the rule that a diagnostic comes from. */
export function ruleOf(code: Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}

function withPage(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'object') return diagnostic;
  const rule = ruleOfPage(code.target.scheme, code.target.path);
  if (rule !== undefined) diagnostic.code = { value: code.value, target: Uri.parse(rulePageCommand(rule)) };
  return diagnostic;
}

/** The editor puts hints almost against the word before them, as if they went on with it. */
function apart(hints: InlayHint[] | null | undefined): InlayHint[] | null | undefined {
  for (const hint of hints ?? []) if (typeof hint.label === 'string') hint.label = `  ${hint.label}`;
  return hints;
}

const pageLink = new RegExp(`\\]\\((${rulePageScheme}):(/[a-z-]+\\.md)\\)`, 'g');

/** Links to pages become commands; nothing else in the text may run one. */
function linked(hover: Hover | null | undefined): Hover | null | undefined {
  for (const [at, content] of hover?.contents.entries() ?? []) {
    if (!(content instanceof MarkdownString) || !content.value.includes(`${rulePageScheme}:`)) continue;
    const text = content.value.replace(pageLink, (link, scheme: string, path: string) => {
      const rule = ruleOfPage(scheme, path);
      return rule === undefined ? link : `](${rulePageCommand(rule)})`;
    });
    const trusted = new MarkdownString(text, content.supportThemeIcons);
    trusted.isTrusted = { enabledCommands: ['runbookLint._openRuleDoc'] };
    hover?.contents.splice(at, 1, trusted);
  }
  return hover;
}
