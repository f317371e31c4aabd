import * as vscode from 'vscode';

/** The example's runbook with the slip, and the fleet that it is checked against. */
export const slipped = 'debug-slow-billing.runbook.yaml';
export const asMeant = 'debug-slow-billing-as-meant.runbook.yaml';
export const fleetFile = 's3-us-east-1.fleet.yaml';

/** Fails with `message` unless `condition` holds. Node's own assertions are not there in a web worker. */
export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless both values read the same as JSON. */
export function same(actual: unknown, expected: unknown): void {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(is === wanted, `is ${is}\nand should be ${wanted}`);
}

/**
 * Waits until `condition` gives something, at most `limit` milliseconds; else the message says `what` did not come.
 * A question that the editor cancels, as it does after each edit, is asked again.
 */
export async function until<T>(what: string, condition: () => T | Promise<T>, limit = 15_000): Promise<NonNullable<T>> {
  const started = Date.now();
  for (;;) {
    const value = await Promise.resolve(condition()).catch(unlessCancelled);
    if (value) return value;
    check(Date.now() - started < limit, `Waited ${limit / 1000} s in vain: ${what}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** Asks until the editor does not cancel the question. */
export async function again<T>(ask: () => Promise<T>): Promise<T> {
  const [answer] = await until('an answer', async () => [await ask()]);
  return answer as T;
}

function unlessCancelled(error: unknown): undefined {
  if (error instanceof Error && /Cancel/.test(error.name)) return undefined;
  throw error;
}

/** A file of the example that the workbench shows. */
export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  check(folder, 'The workbench shows no folder.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file of the example in an editor. */
export async function open(name: string, column = vscode.ViewColumn.One): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  await vscode.window.showTextDocument(document, column);
  return document;
}

/** Takes back what tests have changed, in all editors, and closes them. */
export async function closeAll(): Promise<void> {
  while (vscode.window.visibleTextEditors.some(({ document }) => document.isDirty)) {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.isDirty);
    if (editor) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The range of `text`, at its only place. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  check(start >= 0, `${text} does not stand in ${document.uri}`);
  check(document.getText().indexOf(text, start + 1) < 0, `${text} stands more than once in ${document.uri}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Replaces the only place of `before`, as a person would who types. */
export async function edit(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.replace(document.uri, rangeOf(document, before), after);
  check(await vscode.workspace.applyEdit(change), 'The edit was refused.');
}

/** The errors and warnings of a document: what keeps it from being clean. */
export function faults(document: vscode.TextDocument): vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(document.uri);
  return all.filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
}

/** Waits for the findings of a rule. */
export async function findingsOf(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic[]> {
  return until(`a finding of ${rule} in ${document.uri}`, () => {
    const found = vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => ruleOf(diagnostic) === rule);
    return found.length > 0 ? found : undefined;
  });
}

export async function untilClean(document: vscode.TextDocument): Promise<void> {
  await until(`${document.uri} is clean`, () => faults(document).length === 0).catch((error) => {
    throw new Error(`${error.message}: ${faults(document).map(({ message }) => message)}`);
  });
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
