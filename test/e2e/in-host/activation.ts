import * as vscode from 'vscode';
import { check, open, same, until } from './support.ts';

describe('Activation', () => {
  it('has the languages', async () => {
    const languages = await vscode.languages.getLanguages();
    check(languages.includes('runbook') && languages.includes('fleet'), languages.join());
  });
  it('knows files by name and starts', async () => {
    const d = await open('debug-slow-billing.runbook.yaml');
    same(d.languageId, 'runbook');
    const ds = await until('diagnostic', () => vscode.languages.getDiagnostics(d.uri)[0]);
    console.log(ds.message);
    throw new Error(ds.message);
  });
});
