import { createConnection } from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { serve } from '../protocol/connection.ts';
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
  serve(connection, { version: manifest.version, files: nodeFileSystem, preload: words.includes('--preload') });
}

start();
