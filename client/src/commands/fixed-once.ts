import { commands, DiagnosticSeverity, type ExtensionContext, languages, type Uri } from 'vscode';

const key = 'fixedOnce';

/** Ticks off the walkthrough's step on fixing: a runbook had an error, and has none any more. */
export function watchForTheFirstFix(context: ExtensionContext): void {
  const tell = () => void commands.executeCommand('setContext', 'runbookLint.fixedOnce', true);
  if (context.globalState.get(key) === true) {
    tell();
    return;
  }
  const faulty = new Set<string>();
  const look = (uri: Uri) => {
    const hasError = languages
      .getDiagnostics(uri)
      .some(({ source, severity }) => source === 'runbook-lint' && severity === DiagnosticSeverity.Error);
    if (hasError) faulty.add(uri.toString());
    else if (faulty.delete(uri.toString())) {
      watching.dispose();
      tell();
      void context.globalState.update(key, true);
    }
  };
  const watching = languages.onDidChangeDiagnostics(({ uris }) => uris.forEach(look));
  context.subscriptions.push(watching);
}
