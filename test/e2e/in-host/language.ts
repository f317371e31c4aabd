import * as vscode from 'vscode';
import {
  asMeant,
  check,
  closeAll,
  edit,
  fileUri,
  findingsOf,
  fleetFile,
  open,
  rangeOf,
  same,
  slipped,
  until,
} from './support.ts';

/** The position behind `text`. */
function behind(document: vscode.TextDocument, text: string): vscode.Position {
  return rangeOf(document, text).end;
}

async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const texts = hovers.flatMap(({ contents }) => contents);
  return texts.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

async function completeAt(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

describe('The language', () => {
  afterEach(closeAll);

  it('tells on a step what it leaves of each subsystem', async () => {
    const document = await open(slipped);
    const text = await hoverAt(document, rangeOf(document, 'run: s3ctl remove').start.translate(0, 1));
    for (const word of ['billing', 'index', 'placement', '110', '120']) check(text.includes(word), text);
  });

  it('completes the names of subsystems in a command', async () => {
    const document = await open(asMeant);
    await edit(document, 'remove --subsystem billing --count 4', 'remove --subsystem  --count 4');
    const labels = await completeAt(document, behind(document, 'remove --subsystem '));
    for (const name of ['billing', 'index', 'placement']) check(labels.includes(name), labels.join());
  });

  it('completes the kinds of steps', async () => {
    const document = await open(asMeant);
    await edit(document, '    restore: take-out\n', '    restore: take-out\n\n  - \n');
    const end = document.positionAt(document.getText().trimEnd().length + 1);
    const labels = await completeAt(document, end);
    for (const key of ['run', 'remove', 'wait']) check(labels.includes(key), labels.join());
  });

  it('shows behind a step what is left', async () => {
    const document = await open(slipped);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await until('a hint on the step that removes', async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        whole,
      );
      return found.length > 0 ? found : undefined;
    });
    const texts = hints.map(({ label }) =>
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    );
    check(
      texts.some((text) => text.includes('index') && text.includes('110')),
      texts.join('\n'),
    );
  });

  it('leads from a name in a command to its declaration in the fleet', async () => {
    const document = await open(slipped);
    const position = behind(document, 'remove --subsystem ').translate(0, 2);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      position,
    );
    const [target] = found.map((place) =>
      'targetUri' in place ? new vscode.Location(place.targetUri, place.targetRange) : place,
    );
    check(target, 'It leads nowhere.');
    same(target.uri.toString(), fileUri(fleetFile).toString());
    const fleet = await vscode.workspace.openTextDocument(target.uri);
    same(fleet.lineAt(target.range.start.line).text.trim(), 'billing:');
  });

  it('finds the places of the fleet and of open runbooks that use a name', async () => {
    const runbook = await open(slipped);
    await findingsOf(runbook, 'below-minimum');
    const fleet = await open(fleetFile);
    const position = behind(fleet, 'subsystems:\n  bill');
    const places = await until('a place in the runbook', async () => {
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        fleet.uri,
        position,
      );
      return found.some(({ uri }) => uri.toString() === runbook.uri.toString()) ? found : undefined;
    });
    check(
      places.some(({ uri }) => uri.toString() === fleet.uri.toString()),
      JSON.stringify(places),
    );
  });
});
