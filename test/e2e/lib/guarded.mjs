// `node guarded.mjs COMMAND WORD…` runs a command that cannot outlive the one who asked for it:
// once the standard input closes, for whatever reason, the whole process group is ended. It is meant to be a group's first process.
import { spawn } from 'node:child_process';

const [, , command, ...words] = process.argv;
const child = spawn(command, words, { stdio: ['ignore', 'inherit', 'inherit'] });
const endAll = () => process.kill(0, 'SIGKILL');
child.on('error', (error) => {
  console.error(error.message);
  endAll();
});
child.on('exit', endAll);
process.stdin.resume().on('end', endAll);
