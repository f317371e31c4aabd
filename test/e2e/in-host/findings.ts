import * as vscode from 'vscode';
import {
  asMeant,
  check,
  closeAll,
  edit,
  faults,
  fileUri,
  findingsOf,
  fleetFile,
  open,
  rangeOf,
  ruleOf,
  same,
  slipped,
  until,
  untilClean,
} from './support.ts';

describe('The slip of the key', () => {
  afterEach(closeAll);

  it('is an error on the digits of the count', async () => {
    const document = await open(slipped);
    const [finding] = await findingsOf(document, 'below-minimum');
    check(finding, 'There is no finding.');
    same(finding.severity, vscode.DiagnosticSeverity.Error);
    same(document.getText(finding.range), '40');
    same(finding.range, rangeOf(document, '40'));
    same(finding.source, 'runbook-lint');
  });

  it('says which subsystems fall, from what to what', async () => {
    const [finding] = await findingsOf(await open(slipped), 'below-minimum');
    const message = finding?.message ?? '';
    check(/\bindex\b.*\bminimum\b.*\b110\b.*\bfrom 120 to\b/.test(message), message);
    check(/\bplacement\b.*\bminimum\b.*\b110\b.*\bfrom 120 to\b/.test(message), message);
  });

  it('leads to the lines of the fleet that set the minimums', async () => {
    const [finding] = await findingsOf(await open(slipped), 'below-minimum');
    const fleet = await vscode.workspace.openTextDocument(fileUri(fleetFile));
    const related = finding?.relatedInformation ?? [];
    const lines = related
      .filter(({ location }) => location.uri.toString() === fleet.uri.toString())
      .map(({ location }) => fleet.lineAt(location.range.start.line).text.trim());
    check(lines.filter((line) => line === 'minimum: 110').length >= 2, JSON.stringify(related));
  });

  it('is not there where the count is right, and comes and goes as one types', async () => {
    const document = await open(asMeant);
    await edit(document, '--count 4', '--count 40');
    await findingsOf(document, 'below-minimum');
    await edit(document, '--count 40', '--count 4');
    await untilClean(document);
  });

  it('is found in a file that is plain YAML to the editor', async () => {
    const document = await open(slipped);
    await findingsOf(document, 'below-minimum');
    const yaml = await vscode.languages.setTextDocumentLanguage(document, 'yaml');
    try {
      same(yaml.languageId, 'yaml');
      // Typed over, so that what is found is not left over from before.
      await edit(yaml, '40', '41');
      const [finding] = await until('a finding on the new figure', async () => {
        const found = await findingsOf(yaml, 'below-minimum');
        return found.filter(({ range }) => yaml.getText(range) === '41');
      });
      same(finding?.range, rangeOf(yaml, '41'));
    } finally {
      await vscode.languages.setTextDocumentLanguage(yaml, 'runbook');
    }
  });

  it('is found in a runbook that is not saved anywhere', async () => {
    const content = 'runbook: New\nsteps:\n  - remove: { group: x, count: \n';
    const document = await vscode.workspace.openTextDocument({ language: 'runbook', content });
    const found = await until('a finding', () => vscode.languages.getDiagnostics(document.uri)[0]);
    check(['syntax', 'schema', 'no-fleet'].includes(ruleOf(found)), ruleOf(found));
    await vscode.window.showTextDocument(document);
  });

  it('is not there where the settings say so, and comes back', async () => {
    const document = await open(slipped);
    await findingsOf(document, 'below-minimum');
    const settings = vscode.workspace.getConfiguration('runbookLint', document.uri);
    const none = () => vscode.languages.getDiagnostics(document.uri).length === 0;
    for (const [name, value] of [
      ['enable', false],
      ['exclude', ['*-billing.runbook.yaml']],
    ] as const) {
      await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
      try {
        await until(`nothing is found with ${name}`, none);
        const sentences = await vscode.commands.executeCommand<readonly string[]>('runbookLint.explainFile');
        check(sentences[0]?.includes(`runbookLint.${name}`), sentences.join('\n'));
      } finally {
        await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace);
      }
      await findingsOf(document, 'below-minimum');
    }
  });

  it('waits until the file is saved where the settings say so', async () => {
    const document = await open(slipped);
    await findingsOf(document, 'below-minimum');
    const settings = vscode.workspace.getConfiguration('runbookLint', document.uri);
    const before = document.getText();
    // What is answered after a change shows that the server has heard of it.
    const answered = () =>
      vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        document.uri,
        rangeOf(document, 'billing --count').start,
      );
    await settings.update('run', 'onSave', vscode.ConfigurationTarget.Workspace);
    try {
      await answered();
      await edit(document, '--count 40', '--count 4');
      await answered();
      check(faults(document).length > 0, 'It did not wait.');
      check(await document.save(), 'It cannot be saved.');
      await untilClean(document);
    } finally {
      await settings.update('run', undefined, vscode.ConfigurationTarget.Workspace);
      await edit(document, document.getText(), before);
      await document.save();
    }
  });

  it('is as grave as the settings say', async () => {
    const document = await open(slipped);
    await findingsOf(document, 'below-minimum');
    const settings = vscode.workspace.getConfiguration('runbookLint');
    const of = (severity: vscode.DiagnosticSeverity) =>
      until(`severity ${severity}`, async () =>
        (await findingsOf(document, 'below-minimum')).every((finding) => finding.severity === severity),
      );
    await settings.update('rules', { 'below-minimum': 'hint' }, vscode.ConfigurationTarget.Global);
    try {
      await of(vscode.DiagnosticSeverity.Hint);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    }
    await of(vscode.DiagnosticSeverity.Error);
  });
});
