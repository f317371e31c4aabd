import { type Amount, type Case, type Change, changesOf, everyStep, type PlainStep } from './case.ts';
import type { Report } from './judge.ts';
import type { Mistake } from './mistake.ts';
import { enumerate } from './walk.ts';

type Values = ReadonlyMap<string, number>;

/** The case with a number in place of each parameter: the defaults, or another for one of them. */
function withValues(one: Case, other?: readonly [name: string, value: number]): Case {
  const values = new Map((one.parameters ?? []).map(({ name, usual }) => [name, usual]));
  if (other !== undefined) values.set(...other);
  return values.size === 0 ? one : { ...one, steps: one.steps.map((step) => stepWith(step, values)) };
}

function stepWith(step: PlainStep, values: Values): PlainStep {
  const { does } = step;
  if (does.kind !== 'leaf')
    return { ...step, does: { ...does, steps: does.steps.map((inner) => stepWith(inner, values)) } };
  return { ...step, does: { ...does, changes: does.changes.map((change) => changeWith(change, values)) } };
}

function changeWith(change: Change, values: Values): Change {
  if (!('amount' in change)) return change;
  return { ...change, amount: amountWith(change.amount, values) };
}

function amountWith(amount: Amount | undefined, values: Values): Amount | undefined {
  if (typeof amount !== 'object' || !('parameter' in amount)) return amount;
  return { count: values.get(amount.parameter) ?? 0 };
}

/** What is said of every step with the usual values, and of which parameters another value breaks more. */
export interface Enumerated {
  readonly reports: ReadonlyMap<string, Report>;
  readonly unbounded: ReadonlySet<string>;
}

/** Undefined where there are more worlds than the reference has patience for. */
export function enumerateAll(
  one: Case,
  how: { readonly patience: number; readonly mistake?: Mistake },
): Enumerated | undefined {
  const reports = enumerate(withValues(one), how);
  const found = reports && unbounded(one, reports, how.patience);
  return reports && found && { reports, unbounded: found };
}

/** The parameters that may have a value which breaks what nothing breaks with the usual ones; undefined where that takes too many worlds. */
function unbounded(one: Case, usual: ReadonlyMap<string, Report>, patience: number): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const { name, usual: value, minimum, maximum } of one.parameters ?? []) {
    if (stepsWith(one, name).length === 0) continue;
    for (let tried = minimum; tried <= maximum; tried++) {
      if (tried === value) continue;
      const reports = enumerate(withValues(one, [name, tried]), { patience });
      if (reports === undefined) return undefined;
      if ([...reports].some(([path, report]) => breaksMore(one, path, report, usual.get(path)))) found.add(name);
    }
  }
  return found;
}

/** The paths of the steps in which the parameter stands. */
export function stepsWith({ steps }: Case, name: string): readonly string[] {
  const isUse = (change: Change) =>
    'amount' in change &&
    typeof change.amount === 'object' &&
    'parameter' in change.amount &&
    change.amount.parameter === name;
  return everyStep(steps).flatMap(({ path, step: { does } }) =>
    does.kind === 'leaf' && changesOf(does).some(isUse) ? [path] : [],
  );
}

/** Findings stand on steps that hold no others. */
function breaksMore({ steps }: Case, path: string, report: Report, usual: Report | undefined): boolean {
  const step = everyStep(steps).find((one) => one.path === path)?.step;
  if (step?.does.kind !== 'leaf') return false;
  return [...report.rules].some(([rule, { about }]) => {
    const known = usual?.rules.get(rule)?.about;
    return known === undefined || about.some((one) => !known.includes(one));
  });
}
