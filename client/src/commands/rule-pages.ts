import {
  commands,
  type ExtensionContext,
  l10n,
  languages,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type RulePage, rulePageRequest } from '../../../server/src/protocol/messages.ts';
import { ruleOf } from '../middleware.ts';
import { ruleOfPage, rulePageScheme } from '../rule-link.ts';
import type { Server } from '../server.ts';

/** The pages of the rules, inside the editor and without a network. */
export function registerRulePages(context: ExtensionContext, server: Server): void {
  const pages: TextDocumentContentProvider = {
    async provideTextDocumentContent(uri) {
      const rule = ruleOfPage(uri.scheme, uri.path) ?? '';
      const page = await server.ask<RulePage>(rulePageRequest, { rule });
      return page?.markdown ?? l10n.t('There is no page for {0}.', rule || uri.path);
    },
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(rulePageScheme, pages),
    commands.registerCommand('runbookLint._openRuleDoc', (rule: string) => openRulePage(rule)),
    commands.registerCommand('runbookLint.openRulePage', async (given?: string) => {
      const rule = given ?? (await askForRule(context));
      if (rule !== undefined) await openRulePage(rule);
    }),
  );
}

/** Read, where the editor can show Markdown as it is meant; else its source. */
async function openRulePage(rule: string): Promise<void> {
  const uri = Uri.from({ scheme: rulePageScheme, path: `/${rule}.md` });
  const known = await commands.getCommands(true);
  if (known.includes('markdown.showPreview')) await commands.executeCommand('markdown.showPreview', uri);
  else await window.showTextDocument(uri, { preview: true });
}

/** The rules that speak at the cursor first. */
async function askForRule(context: ExtensionContext): Promise<string | undefined> {
  const here = rulesAtCursor();
  const all: readonly string[] = Object.keys(
    context.extension.packageJSON.contributes.configuration.properties['runbookLint.rules'].properties,
  );
  const items = [...here, ...all.filter((rule) => !here.includes(rule))];
  return window.showQuickPick(items, { placeHolder: l10n.t('The rule whose page is opened') });
}

function rulesAtCursor(): readonly string[] {
  const editor = window.activeTextEditor;
  if (editor === undefined) return [];
  const { line } = editor.selection.active;
  const all = languages.getDiagnostics(editor.document.uri);
  return [...new Set(all.filter(({ range }) => range.start.line === line).map(({ code }) => ruleOf(code)))];
}
