import type { StepReading } from '../commands/read-step.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import { besideParameters, oddOnes } from './beside-others.ts';
import { type SlipData, slipFixes } from './count-fixes.ts';
import type { Evidence } from './evidence.ts';
import { mismatchOf } from './intent-mismatch.ts';
import type { Rule, StepReport, StepsContext } from './rule.ts';
import { type SaidFigure, saidFigures } from './said-figures.ts';
import { isSlip } from './slip.ts';
import { type TypedCount, typedCounts } from './typed-counts.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 120, minimum: 8 }\n';

/** In 2017 one input of a removal was typed wrong, and nothing compared it with what the playbook said (SPEC §6). */
export const countSlip: Rule = {
  id: 'count-slip',
  severity: 'warning',
  title: 'The count looks like a slip of the key',
  summary: 'A typed count is one slip of the key away from the figure that the runbook says elsewhere.',
  details: [
    'A digit too many, too few, doubled, beside the right one or swapped with the next changes a count tenfold, and looks right at a glance.',
    'The message names the evidence: the name of the step, the default of a parameter, or the same command in other steps.',
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
    const typed: TypedCount[] = [];
    for (const [i, { reading }] of context.steps.entries()) typed.push(...typedCounts(reading, i));
    const odd = oddOnes(typed, context.capacity);
    const reports: StepReport[] = [];
    for (const count of typed) {
      if (count.parameter !== undefined) continue;
      const named = besideName(count, context);
      const parameters = besideParameters(count, typed, context);
      const other = odd.get(count);
      if (named.length + parameters.length === 0 && other === undefined) continue;
      const evidence = [...named, ...parameters, ...(other === undefined ? [] : [other])];
      reports.push(...reportOf(count, evidence, context));
    }
    return reports;
  },
  fixes: slipFixes,
};

function reportOf(count: TypedCount, evidence: readonly Evidence[], context: StepsContext): readonly StepReport[] {
  const [first] = evidence;
  if (first === undefined || evidence.some(({ meant }) => meant !== first.meant)) return [];
  if (isSettledByIntent(count, context)) return [];
  const { path, value, span, action } = count;
  const message = `${value} looks like a slip of the key: ${first.said}. Type ${first.meant} if that is meant, or correct what is said.`;
  const data: SlipData = { action, meant: first.meant };
  return [{ step: path, message, span, data }];
}

/** An intent that says the same count is the author's word; of one that says another, `intent-mismatch` speaks. */
function isSettledByIntent({ path, value }: TypedCount, { steps, capacity }: StepsContext): boolean {
  const [index = 0, ...inside] = path.split('.').map(Number);
  let reading: StepReading | undefined = steps[index]?.reading;
  let outcome: StepOutcome | undefined = steps[index]?.outcome;
  for (const i of inside) [reading, outcome] = [reading?.inner[i], outcome?.steps[i]];
  if (reading?.step.intent === undefined) return false;
  const said = reading.step.intent.count?.value;
  if (said?.unit === 'servers' && said.value === value) return true;
  return mismatchOf({ step: reading.step, commands: reading.commands, outcome, capacity }) !== undefined;
}

type Named = Pick<StepsContext, 'capacity' | 'fleet'> & { readonly evidence: readonly Evidence[] };
const besideNames = new WeakMap<TypedCount, Named>();

/** The name of the step says another figure of servers, and nothing else that could be the typed one; remembered, as steps change one by one. */
function besideName(count: TypedCount, context: StepsContext): readonly Evidence[] {
  const { capacity, fleet } = context;
  const known = besideNames.get(count);
  if (known !== undefined && known.capacity === capacity && known.fleet === fleet) return known.evidence;
  const evidence = evidenceOfName(count, context);
  besideNames.set(count, { capacity, fleet, evidence });
  return evidence;
}

function evidenceOfName(count: TypedCount, { capacity, fleet: declared }: StepsContext): readonly Evidence[] {
  const { name, numbers, value, rounds, alone } = count;
  if (!alone || name === undefined || numbers.includes(value)) return [];
  const near = numbers.filter((said) => isSlip(value, said));
  if (near.length !== 1 || rounds.some((times) => numbers.includes(value * times))) return [];
  const names = wordsFor(declared?.name?.value, capacity);
  const figures = saidFigures(name, names).filter(
    ({ of, value: said }) => of === kindOf(count) && !count.others.includes(said),
  );
  const [said] = figures;
  if (said === undefined || figures.length > 1 || !near.includes(said.value)) return [];
  return [{ meant: said.value, said: `the name of the step says ${said.value} (“${name}”)` }];
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
