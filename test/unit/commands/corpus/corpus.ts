import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { FleetAnalysis, RunbookAnalysis } from '../../../../server/src/lint/analysis.ts';
import type { ActionOutcome } from '../../../../server/src/simulation/outcome.ts';
import { checkText, fleetIn } from '../../../support/lint-folder.ts';

/** A line as operators type it, and what is to be read in it. Its words are explained in README.md. */
export interface Line {
  readonly run: string;
  readonly reads: string | readonly string[];
  readonly first?: string;
  readonly undo?: string;
  readonly finds?: string | readonly string[];
  readonly slip?: { readonly run: string; readonly finds: string | readonly string[] };
}

export interface Corpus {
  readonly fleet: FleetAnalysis;
  readonly lines: readonly Line[];
}

export function readCorpus(file: URL): Corpus {
  const { fleet, lines } = parse(readFileSync(file, 'utf8')) as { readonly fleet: string; readonly lines: Line[] };
  const name = `${fleet}.fleet.yaml`;
  const analysis = fleetIn({ [name]: readFileSync(new URL(name, file), 'utf8') });
  if (analysis === undefined) throw new Error(`${name} is no fleet.`);
  return { fleet: analysis, lines };
}

/** How the last step of a runbook was understood, and what is found on it. */
export interface Reading {
  readonly reads: readonly string[];
  readonly undo: string | undefined;
  readonly finds: readonly string[];
}

/** Reads commands as one step, behind those of an earlier step if there are any. */
export function readLine(run: string, fleet: FleetAnalysis, first?: string): Reading {
  const steps = [...(first === undefined ? [] : [first]), run];
  const block = (text: string) => text.trimEnd().replaceAll('\n', '\n      ');
  const text = `runbook: Corpus\nsteps:\n${steps.map((step) => `  - run: |\n      ${block(step)}\n`).join('')}`;
  const { analysis } = checkText(text, fleet);
  const index = steps.length - 1;
  const commands = analysis.steps[index]?.reading.commands ?? [];
  const actions = analysis.runs[0]?.outcomes[index]?.actions ?? [];
  const reads = commands.flatMap((command) => {
    const own = actions.filter(
      ({ action }) => action.command?.tool === command.tool && action.command.span.start === command.span.start,
    );
    if (own.length > 0) return own.map((outcome) => inWords(command.tool, outcome, text, analysis, index));
    return command.declared ? [`${command.tool} ${command.effect ?? 'unread'}`] : [];
  });
  const undo = commands.findLast((command) => command.undo !== undefined)?.undo;
  return { reads, undo, finds: findsOf(analysis, text, index) };
}

/** `kubectl scale-to web 4`: tool, effect, target, count, and what else there is to say. */
function inWords(
  tool: string,
  { action, target, count, obstacle }: ActionOutcome,
  text: string,
  analysis: RunbookAnalysis,
  index: number,
): string {
  const offset = analysis.steps[index]?.offset ?? 0;
  const { batch, lasts } = action;
  const number = count && (count.least === count.most ? `${count.most}` : `${count.least}–${count.most}`);
  const at =
    batch?.value.unit === 'percent'
      ? `${batch.value.value / 1000}%`
      : batch?.value.unit === 'servers'
        ? batch.value.value
        : undefined;
  return [
    tool,
    action.effect,
    target.join(','),
    number,
    at !== undefined && `by ${at}`,
    lasts !== 'until-reversed' && lasts,
    obstacle && `? ${text.slice(offset + obstacle.span.start, offset + obstacle.span.end)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The rules that judge what a command does; others speak of the runbook around it. */
const judging = new Set([
  ...['below-minimum', 'removal-rate', 'exceeds-target', 'empty-selector', 'unknown-name', 'no-effect'],
  ...['environment-mismatch', 'guard-bypassed'],
]);

function findsOf({ findings }: RunbookAnalysis, text: string, index: number): readonly string[] {
  return findings
    .filter(({ rule, severity, step }) => judging.has(rule) && severity !== 'information' && step === `${index}`)
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}
