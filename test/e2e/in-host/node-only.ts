import * as vscode from 'vscode';
import { check, closeAll, edit, findingsOf, open, ruleOf, same, slipped, until } from './support.ts';

/** Ends the server's process; only the Node host has one. */
async function endServer(): Promise<void> {
  const { execFileSync } = await import('node:child_process');
  const processes = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
  const server = processes
    .map((line) => line.trim().split(/\s+/))
    .find(
      ([, parent, ...words]) =>
        Number(parent) === process.pid && words.some((word) => /dist\/node\/server\.js$/.test(word)),
    );
  check(server, `There is no server among\n${processes.join('\n')}`);
  process.kill(Number(server[0]), 'SIGKILL');
}

if (typeof process !== 'undefined' && process.versions?.node !== undefined) {
  describe('A server that ends by itself', () => {
    afterEach(closeAll);

    it('is started again, and findings go on', async () => {
      const document = await open(slipped);
      await findingsOf(document, 'below-minimum');
      await endServer();
      await until('the new server answers', async () => {
        const hovers = await vscode.commands
          .executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, new vscode.Position(17, 6))
          .then(undefined, () => []);
        return hovers.length > 0;
      });
      await findingsOf(document, 'below-minimum');
    });
  });

  describe('Beside the YAML extension of Red Hat', () => {
    afterEach(closeAll);

    it('tells on plain YAML of what only it finds, and leaves the rest to the other', async () => {
      check(vscode.extensions.getExtension('redhat.vscode-yaml'), 'Its stand-in is not installed.');
      const document = await open(slipped);
      await findingsOf(document, 'below-minimum');
      await edit(document, 'environment: production\n', 'environment: production\nenvironment: production\n');
      await findingsOf(document, 'duplicate-key');
      const yaml = await vscode.languages.setTextDocumentLanguage(document, 'yaml');
      try {
        const all = await until('both have told what they find', () => {
          const found = vscode.languages.getDiagnostics(yaml.uri);
          const sources = new Set(found.map(({ source }) => source));
          return sources.has('YAML') && sources.has('runbook-lint') ? found : undefined;
        });
        same(
          all.filter(({ range }) => range.start.line === 4).map(({ source }) => source),
          ['YAML'],
        );
        check(
          all.some((found) => ruleOf(found) === 'below-minimum'),
          JSON.stringify(all),
        );
      } finally {
        await vscode.languages.setTextDocumentLanguage(yaml, 'runbook');
      }
    });
  });

  describe('The task', () => {
    it('checks the folder with the command line of the extension', async () => {
      const [task] = await vscode.tasks.fetchTasks({ type: 'runbook-lint' });
      const run = task?.execution;
      check(run instanceof vscode.ProcessExecution, 'There is no task that runs a process.');
      check(/dist\/node\/cli\.js$/.test(run.args[0] ?? ''), run.args.join(' '));
      check(task?.problemMatchers.includes('$runbook-lint'), 'It has no problem matcher.');
    });
  });
}
