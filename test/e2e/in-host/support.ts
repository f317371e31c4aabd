import * as vscode from 'vscode';

/** Fails with `message` unless `condition` holds. Node's own assertions are not there in a web worker. */
export function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless both values read the same as JSON. */
export function same(actual: unknown, expected: unknown): void {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(is === wanted, `is ${is}\nand should be ${wanted}`);
}

/** Waits until `condition` gives something, at most `limit` milliseconds; else the message says `what` did not come. */
export async function until<T>(what: string, condition: () => T | Promise<T>, limit = 20_000): Promise<NonNullable<T>> {
  const started = Date.now();
  for (;;) {
    const value = await condition();
    if (value) return value;
    check(Date.now() - started < limit, `Waited ${limit / 1000} s in vain: ${what}`);
    await new Promise((again) => setTimeout(again, 20));
  }
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
