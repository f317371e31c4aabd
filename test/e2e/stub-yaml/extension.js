// A stand-in for the YAML extension of Red Hat: on `yaml` files it tells of keys that stand twice at the first column.
const vscode = require('vscode');

exports.activate = (context) => {
  const found = vscode.languages.createDiagnosticCollection('yaml');
  const look = (document) => {
    if (document.languageId !== 'yaml') return found.delete(document.uri);
    const keys = [...document.getText().matchAll(/^(\w+):/gm)];
    const again = keys.filter((key, i) => keys.findIndex((other) => other[1] === key[1]) < i);
    const problems = again.map(({ index, 1: key }) => {
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + key.length));
      const problem = new vscode.Diagnostic(range, 'Map keys must be unique');
      problem.source = 'YAML';
      return problem;
    });
    found.set(document.uri, problems);
  };
  context.subscriptions.push(
    found,
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => found.delete(uri)),
  );
  vscode.workspace.textDocuments.forEach(look);
};
