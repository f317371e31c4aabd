import type { StepReading } from '../commands/reading/read-step.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import { allCounts } from './evidence/all-counts.ts';
import { besideParameters, oddOnes } from './evidence/beside-others.ts';
import type { Evidence } from './evidence/evidence.ts';
import { type SaidFigure, saidFigures, saidPercents } from './evidence/said-figures.ts';
import { sizeForChange } from './evidence/size-for-change.ts';
import type { TypedCount } from './evidence/typed-counts.ts';
import { type SlipData, slipFixes } from './fixes/count-fixes.ts';
import { mismatchOf } from './intent-mismatch.ts';
import type { Rule, StepReport, StepsContext } from './rule.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 120, minimum: 8 }\n';

/** In 2017 one input of a removal was typed wrong, and nothing compared it with what the playbook said. */
export const countSlip: Rule = {
  id: 'count-slip',
  severity: 'warning',
  title: 'The count looks like a slip of the key',
  summary: 'A typed count is one slip of the key away from the figure that the runbook says elsewhere.',
  details: [
    'A digit too many, too few, doubled, beside the right one or swapped with the next changes a count tenfold, and looks right at a glance.',
    'The message names the evidence: the name of the step, the default of a parameter, or the same command in other steps.',
    'Where the name says how many are to go and the command sets the size that stays to just that, the two were mixed up.',
    'Percentages are compared with percentages.',
    'Of hosts that are named by a range the last number counts: `web[01-14]` where the name says four.',
    'A count that is merely large is never reported, nor one that grows from step to step on purpose.',
    'Correct the count, or correct what the runbook says about it.',
    'An `intent` that says the same count settles it.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Debug billing\nsteps:\n  - name: Take four billing servers out\n    remove: { subsystem: billing, count: 40 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Debug billing\nsteps:\n  - name: Take four billing servers out\n    remove: { subsystem: billing, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  checkSteps(context) {
    const { all, at, doubtful } = allCounts(context.steps, context.capacity);
    const odd = oddOnes(all, context.capacity);
    const hasParameters = context.head.parameters.length > 0;
    const suspects = hasParameters ? all.keys() : [...new Set([...doubtful, ...odd.keys()])].sort((a, b) => a - b);
    const reports: StepReport[] = [];
    for (const i of suspects) {
      const count = all[i];
      if (count === undefined || count.parameter !== undefined) continue;
      const beside = odd.get(i);
      const evidence = [
        ...besideName(count, context),
        ...besideChange(count, at[i] ?? 0, context),
        ...(hasParameters && count.unit === '' && count.range === undefined
          ? besideParameters(count, all, context)
          : []),
        ...(beside === undefined ? [] : [beside]),
      ];
      const [report] = reportOf(count, at[i] ?? 0, evidence, context);
      // A rule speaks once a step.
      if (report !== undefined && report.step !== reports.at(-1)?.step) reports.push(report);
    }
    return reports;
  },
  fixes: slipFixes,
};

function reportOf(
  count: TypedCount,
  step: number,
  evidence: readonly Evidence[],
  context: StepsContext,
): readonly StepReport[] {
  const [first] = evidence;
  if (first === undefined || evidence.some(({ meant }) => meant !== first.meant)) return [];
  if (isSettledByIntent(count, step, context)) return [];
  const { path, value, unit, span, action, range } = count;
  const { meant, said, looksLike = 'a slip of the key' } = first;
  const [typed, other] = range
    ? [`${range.text} names ${value} servers, which`, range.first(meant)]
    : [`${value}${unit}`, `${meant}${unit}`];
  const message = `${typed} looks like ${looksLike}: ${said}. Type ${other} if that is meant, or correct what is said.`;
  const data: SlipData = { action, meant: other };
  return [{ step: `${step}${path}`, message, span, data }];
}

/** An intent that says the same count is the author's word; of one that says another, `intent-mismatch` speaks. */
function isSettledByIntent(
  { path, value, unit }: TypedCount,
  step: number,
  { steps, capacity }: StepsContext,
): boolean {
  const { reading, outcome } = stepAt(path, step, steps);
  if (reading?.step.intent === undefined) return false;
  const said = reading.step.intent.count?.value;
  if (said?.unit === 'servers' && unit === '' && said.value === value) return true;
  if (said?.unit === 'percent' && unit === '%' && said.value === value * 1000) return true;
  return mismatchOf({ step: reading.step, commands: reading.commands, outcome, capacity }) !== undefined;
}

/** The step in which a count stands. */
function stepAt(
  path: string,
  step: number,
  steps: StepsContext['steps'],
): { readonly reading: StepReading | undefined; readonly outcome: StepOutcome | undefined } {
  let reading: StepReading | undefined = steps[step]?.reading;
  let outcome: StepOutcome | undefined = steps[step]?.outcome;
  for (const i of path.split('.').slice(1).map(Number)) [reading, outcome] = [reading?.inner[i], outcome?.steps[i]];
  return { reading, outcome };
}

function besideChange(count: TypedCount, step: number, context: StepsContext): readonly Evidence[] {
  const names = wordsFor(context.fleet?.name?.value, context.capacity);
  return sizeForChange(count, stepAt(count.path, step, context.steps).outcome, names, context);
}

/** The name of the step says another figure of servers, and nothing else that could be the typed one. */
function besideName(count: TypedCount, { capacity, fleet: declared }: StepsContext): readonly Evidence[] {
  const { name, numbers, value, unit, rounds, alone, near } = count;
  if (!alone || name === undefined || near === undefined) return [];
  if (rounds.some((times) => numbers.includes(value * times))) return [];
  const names = wordsFor(declared?.name?.value, capacity);
  const figures = (unit === '' ? saidFigures : saidPercents)(name, names).filter(
    ({ of, value: said }) => of === kindOf(count) && !count.others.includes(said),
  );
  const [said] = figures;
  if (said === undefined || figures.length > 1 || said.value !== near) return [];
  return [{ meant: said.value, said: `the name of the step says ${said.value}${unit} (“${name}”)` }];
}

function kindOf({ kind, effect }: TypedCount): SaidFigure['of'] {
  return kind === 'batch' ? 'batch' : effect === 'scale-to' ? 'size' : 'servers';
}

const wordsOfFleet = new WeakMap<object, ReadonlySet<string>>();

/** The words by which the fleet calls its servers: whole names, and their parts. */
function wordsFor(title: string | undefined, capacity: StepsContext['capacity']): ReadonlySet<string> {
  if (capacity === undefined) return new Set();
  const known = wordsOfFleet.get(capacity);
  if (known !== undefined) return known;
  const names = [
    title ?? '',
    ...capacity.subsystems.map(({ name }) => name),
    ...capacity.groups.flatMap(({ name, aliases }) => [name, ...aliases]),
  ].map((name) => name.toLowerCase());
  const parts = names
    .flatMap((name) => name.split(/[-_./\s]+/))
    .filter((part) => /[a-z]/.test(part) && part.length > 1);
  const words = new Set([...names, ...parts]);
  wordsOfFleet.set(capacity, words);
  return words;
}
