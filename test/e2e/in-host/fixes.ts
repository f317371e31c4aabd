import * as vscode from 'vscode';
import { again, check, closeAll, findingsOf, open, same, slipped, untilClean } from './support.ts';

async function fixesIn(document: vscode.TextDocument): Promise<vscode.CodeAction[]> {
  const [finding] = await findingsOf(document, 'below-minimum');
  check(finding, 'There is no finding.');
  const kind = vscode.CodeActionKind.QuickFix.value;
  return again(async () =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
      kind,
    ),
  );
}

/** Applies the fix whose title matches; gives the line of the command after it. */
async function apply(document: vscode.TextDocument, title: RegExp): Promise<string> {
  const fixes = await fixesIn(document);
  const fix = fixes.find((offered) => title.test(offered.title));
  check(fix?.edit, `There is no fix ${title} with an edit: ${fixes.map((offered) => offered.title)}`);
  check(await vscode.workspace.applyEdit(fix.edit), 'The edit was refused.');
  return document.lineAt(17).text.trim();
}

describe('Fixes', () => {
  afterEach(closeAll);

  it('offer the largest safe count first, and the count that was meant', async () => {
    const document = await open(slipped);
    const fixes = await fixesIn(document);
    const preferred = fixes.filter(({ isPreferred }) => isPreferred);
    check(preferred.length > 0, JSON.stringify(fixes));
    for (const { title } of preferred) check(/^Use \d+, the largest safe count/.test(title), title);
    check(
      fixes.some(({ title }) => title.startsWith('Did you mean 4?')),
      JSON.stringify(fixes.map(({ title }) => title)),
    );
  });

  it('make the file clean with the count that was meant', async () => {
    const document = await open(slipped);
    same(await apply(document, /^Did you mean 4\?/), 'run: s3ctl remove --subsystem billing --count 4');
    await untilClean(document);
  });

  it('make the file clean with the largest safe count', async () => {
    const document = await open(slipped);
    const line = await apply(document, /the largest safe count/);
    check(/^run: s3ctl remove --subsystem billing --count [1-9]\d*$/.test(line), line);
    await untilClean(document);
  });

  it('come back with the slip when they are undone', async () => {
    const document = await open(slipped);
    await apply(document, /^Did you mean 4\?/);
    await untilClean(document);
    await vscode.commands.executeCommand('undo');
    const [finding] = await findingsOf(document, 'below-minimum');
    same(finding && document.getText(finding.range), '40');
  });
});
