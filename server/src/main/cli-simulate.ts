import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunbookAnalysis } from '../lint/analysis.ts';
import { simulationJson } from '../report/simulation-json.ts';
import { simulationTable } from '../report/simulation-table.ts';
import { type SimulateRequest, UsageError } from './cli-options.ts';
import type { Output } from './cli-output.ts';
import { uriOf } from './cli-paths.ts';
import { coloursFor, openProject, pathOfUri } from './cli-project.ts';

/** Shows what each step of a runbook leaves in service; ends with 1 where the runbook has an error. */
export async function simulateRunbook(request: SimulateRequest, cwd: string, output: Output): Promise<number> {
  const path = resolve(cwd, request.path);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`There is no file \`${request.path}\`.`);
  const project = await openProject({ cwd, fleet: request.fleet, rules: new Map() });
  const analysis = await project.analyse(uriOf(path));
  if (analysis?.kind !== 'runbook') throw new UsageError(`\`${request.path}\` is not a runbook.`);
  const [run, second] = analysis.runs;
  if (run === undefined) throw new UsageError(whyNoFleet(request.path, analysis));
  if (second !== undefined) {
    throw new UsageError(`\`${request.path}\` names ${analysis.runs.length} fleets: choose one with \`--fleet\`.`);
  }
  const context = { pathOf: pathOfUri(cwd) };
  output.out(
    request.format === 'json'
      ? simulationJson(analysis, run, context)
      : simulationTable(analysis, run, context, coloursFor(request.colour ?? output.colour)),
  );
  const errors = analysis.findings.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return 0;
  const are = errors === 1 ? 'is 1 error' : `are ${errors} errors`;
  output.note(`There ${are} in \`${request.path}\`: \`runbook-lint check ${request.path}\` shows what to do.`);
  return 1;
}

function whyNoFleet(path: string, { head: { fleets }, findings }: RunbookAnalysis): string {
  const named = fleets.map(({ value, scalar }) => `\`${value ?? scalar.value}\``);
  const told = findings.find(({ rule }) => rule === 'no-fleet')?.message.replace(/\.$/, ', or with `--fleet`.');
  if (named.length === 0) return told ?? `No fleet was found for \`${path}\`: name one with \`--fleet\`.`;
  return `\`${path}\` names ${named.join(' and ')}, which cannot be read as a fleet: correct the path, or name another with \`--fleet\`.`;
}
