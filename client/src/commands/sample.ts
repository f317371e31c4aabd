import { commands, type ExtensionContext, Position, Selection, Uri, ViewColumn, window, workspace } from 'vscode';
import { MemoryFiles } from './memory-files.ts';

/** The sample lives in a file system of its own, so that it opens without a folder, everywhere, and can be written on. */
const sampleScheme = 'runbook-lint-sample';
const folder = 'sample';
const runbook = 'debug-slow-billing.runbook.yaml';
const fleet = 's3-us-east-1.fleet.yaml';
const files = [runbook, fleet, 's3ctl.commands.yaml'];

/** Registers *Open Sample*. The files are read from the extension the first time that one of them is asked for. */
export function registerSample(context: ExtensionContext): void {
  const read = async () => {
    const example = Uri.joinPath(context.extensionUri, 'examples/s3-2017');
    const texts = files.map((name) => workspace.fs.readFile(Uri.joinPath(example, name)));
    return new Map((await Promise.all(texts)).map((text, i) => [`/${folder}/${files[i]}`, text]));
  };
  const sample = new MemoryFiles(read);
  context.subscriptions.push(
    workspace.registerFileSystemProvider(sampleScheme, sample, { isCaseSensitive: true }),
    commands.registerCommand('runbookLint.openSample', openSample),
  );
}

const sampleFile = (name: string) => Uri.from({ scheme: sampleScheme, path: `/${folder}/${name}` });

/** The runbook, with the cursor on its slip, and the fleet beside it. */
async function openSample(): Promise<void> {
  const document = await workspace.openTextDocument(sampleFile(runbook));
  await window.showTextDocument(sampleFile(fleet), { viewColumn: ViewColumn.Two, preview: false, preserveFocus: true });
  const editor = await window.showTextDocument(document, { viewColumn: ViewColumn.One, preview: false });
  const slip = /--count (?=\d)/.exec(document.getText());
  const at = slip === null ? new Position(0, 0) : document.positionAt(slip.index + slip[0].length);
  editor.selection = new Selection(at, at);
  editor.revealRange(editor.selection);
}
