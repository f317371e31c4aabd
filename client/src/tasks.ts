import {
  type ExtensionContext,
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';

const type = 'runbook-lint';

/** The check as a task, for those who run it with their other checks; its findings join the Problems view. */
export function registerTasks(context: ExtensionContext): void {
  const program = context.asAbsolutePath('dist/node/cli.js');
  const provider = {
    provideTasks: () =>
      (workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map((folder) => taskOf({ type }, folder, program)),
    resolveTask({ definition, scope }: Task) {
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      return folder && taskOf(definition, folder, program);
    },
  };
  context.subscriptions.push(tasks.registerTaskProvider(type, provider));
}

function taskOf(definition: TaskDefinition, folder: WorkspaceFolder, program: string): Task {
  const given: unknown = definition.paths;
  const paths = Array.isArray(given) ? given.filter((path) => typeof path === 'string') : [];
  // A line a finding, which a problem matcher reads without a doubt.
  const words = [program, 'check', ...paths, '--format', 'github'];
  const options = { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: '1' } };
  const run = new ProcessExecution(process.execPath, words, options);
  const task = new Task(definition, folder, l10n.t('Check all runbooks'), type, run, '$runbook-lint');
  task.group = TaskGroup.Test;
  return task;
}
