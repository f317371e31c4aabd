import { type Request, readCommandLine, UsageError } from './cli-options.ts';
import type { Output } from './cli-output.ts';
import { version } from './version.ts';

const help = `Runbook Lint: shows which step of a runbook would take a subsystem below its minimum.

Usage
  runbook-lint [check] [PATH…]                      lint files, folders, patterns; the working directory if none is given
  runbook-lint simulate RUNBOOK                     the capacity of every subsystem, step by step
  runbook-lint explain RULE                         what a rule means and what to do about it
  runbook-lint schema runbook|fleet|commands|config the JSON Schema of a kind of file

Options of check
  --format stylish|json|sarif|github|junit
                            how findings are printed (stylish)
  --fix                     mend what can be mended without a doubt (spelling and quotes), and say what was mended
  --max-warnings N          fail if there are more than N warnings
  --rule ID=SEVERITY        error, warning, information, hint or off for one rule; may be repeated
  --fleet FILE              check the runbooks against this fleet
  --quiet                   errors only

Options of simulate
  --format table|json       how the figures are printed (table)
  --fleet FILE              simulate on this fleet

Everywhere
  --color, --no-color       colours, whatever the terminal says; NO_COLOR and FORCE_COLOR are honoured
  -v, --version             the version
  -h, --help                this text

Exit status: 0 nothing wrong, 1 errors found or too many warnings, 2 bad usage or an internal failure.
`;

/** Does what the command line asks for, and says with which status to end. */
async function run(request: Request, output: Output): Promise<number> {
  switch (request.command) {
    case 'help':
      output.out(help);
      return 0;
    case 'version':
      output.out(`${version}\n`);
      return 0;
    // What needs the linter loads it only now.
    case 'check':
      return (await import('./cli-check.ts')).check(request, process.cwd(), output);
    case 'simulate':
      return (await import('./cli-simulate.ts')).simulateRunbook(request, process.cwd(), output);
    case 'explain':
      return (await import('./cli-show.ts')).explain(request, output);
    case 'schema':
      return (await import('./cli-show.ts')).showSchema(request.schema, output);
  }
}

const output: Output = {
  out: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(`runbook-lint: ${text}\n`),
  colour: canShowColours(),
};

function canShowColours(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return process.stdout.isTTY === true && TERM !== 'dumb';
}

/** Ends by itself, with everything written: `process.exit` would cut a pipe short. */
async function main(): Promise<void> {
  try {
    process.exitCode = await run(readCommandLine(process.argv.slice(2)), output);
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof UsageError) output.note(`${error.message}\nTry \`runbook-lint --help\`.`);
    else output.note(`internal failure: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

// Whoever reads along (`| head`) may have enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) output.note(`The output cannot be written: ${error.message}.`);
    process.exit(2);
  });
}
void main();
