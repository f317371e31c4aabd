import { setFlagsFromString } from 'node:v8';
import { createConnection } from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { serve } from '../protocol/connection.ts';
import { warmUp } from '../protocol/warm-up.ts';
import { nodeFileSystem } from './node-file-system.ts';

const help = `The language server of Runbook Lint. An editor starts it and speaks to it.

Usage
  runbook-language-server [--stdio | --node-ipc | --pipe=NAME | --socket=PORT]

Without a word it speaks over standard input and output.
`;

const transport = /^--(?:stdio|node-ipc|pipe|socket)(?:=|$)/;

function start(): void {
  const words = process.argv.slice(2);
  if (words.some((word) => word === '--help' || word === '-h')) return void process.stdout.write(help);
  if (words.some((word) => word === '--version' || word === '-v'))
    return void process.stdout.write(`${manifest.version}\n`);
  if (!words.some((word) => transport.test(word))) process.argv.push('--stdio');
  const connection = createConnection();
  process.on('unhandledRejection', (reason) => {
    connection.console.error(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  });
  serve(connection, { version: manifest.version, files: nodeFileSystem, ...pace() });
  // Of use where the client itself is still being loaded. What fails here fails again where it is needed, and is told there.
  if (words.includes('--warm-up')) warmUp().catch(() => {});
}

/**
 * The first check of a long runbook takes so long that V8 sets about optimising what it runs and collecting what is old, and is done with little of either when the check is over:
 * on two cores the one slows the check by a quarter, the other by a sixteenth. With four times the usual budget it optimises what has proved to be used, which it has when somebody types,
 * and until then it does not trace what is old beside the check.
 * Nor does it let the room for what is new grow: to get so much fresh memory from the system takes longer than to collect more often, by a twentieth of the check.
 * Only once everything is loaded, as the code that was kept of it (kept-code.ts) is refused under other flags; and only in the V8 of Node 20,
 * as later ones have no such budget.
 */
function pace(): { readonly edited?: () => void } {
  if (!process.versions.v8.startsWith('11.')) return {};
  let isHurried = true;
  setPace({ budgets: 4, marking: '--no-concurrent-marking', growth: 1 });
  const edited = () => {
    if (isHurried) setPace({ budgets: 1, marking: '--concurrent-marking', growth: 2 });
    isHurried = false;
  };
  // Code is kept for the usual flags.
  process.on('exit', edited);
  return { edited };
}

function setPace({ budgets, marking, growth }: { budgets: number; marking: string; growth: number }): void {
  setFlagsFromString(`--interrupt-budget=${budgets * 66 * 1024}`);
  setFlagsFromString(marking);
  setFlagsFromString(`--semi-space-growth-factor=${growth}`);
}

start();
