import type { FleetAnalysis, Run, RunbookAnalysis } from '../../../server/src/lint/analysis.ts';
import {
  checkCommandsFile,
  checkFleetFile,
  checkRunbook,
  readFleetFile,
  readRunbook,
} from '../../../server/src/lint/lint.ts';
import { rules as allRules } from '../../../server/src/rules/index.ts';
import type { ActionOutcome, StepOutcome } from '../../../server/src/simulation/outcome.ts';
import type { Names } from '../../../server/src/simulation/plan/surroundings.ts';
import { simulate } from '../../../server/src/simulation/simulate.ts';
import { type Case, everyStep, type PlainStep } from './case.ts';
import type { Broken, Report, RuleId } from './judge.ts';
import { type Enumerated, stepsWith } from './parameters.ts';
import { commandsText, filesOf } from './yaml.ts';

const severities = new Map();
const lookup = { unreadable: [], nearby: undefined };
const commandFiles = [checkCommandsFile('file:///s3ctl.commands.yaml', commandsText, severities)];

export function fleetOf(text: string): FleetAnalysis {
  const document = readFleetFile('file:///x.fleet.yaml', text);
  return checkFleetFile(document, { commandFiles, unreadable: [], severities });
}

const fileRules = new Set(['syntax', 'schema', 'duplicate-key', 'unknown-name', 'no-fleet']);

export interface Comparison {
  /** The files are such as a user may write; a case that was made smaller may have lost what they must say. */
  readonly isWritten: boolean;
  readonly steps: number;
  /** Steps that the product cannot judge for want of budget. */
  readonly unknown: number;
  /** Where the two differ, in words; nothing is compared after the first step that is unknown. */
  readonly differences: readonly string[];
}

/** How a small fleet is looked at as a large one is. */
export type Few = Pick<Names, 'fewWays' | 'isLast'>;

/**
 * What the product says of the case, from its text, beside what enumeration says.
 * With `few`, choices that have more ways than so many are kept open, as those of large fleets are; then outcomes alone are compared.
 * By the last resort a step is told exactly at worst, and at best no lower.
 */
export function compare(one: Case, { reports, unbounded }: Enumerated, few?: Few): Comparison {
  const files = filesOf(one);
  const fleet = fleetOf(files.fleet);
  const document = readRunbook('file:///x.runbook.yaml', files.runbook);
  // What could be advised takes as long as what is compared.
  const analysis = checkRunbook(document, { fleets: [fleet], lookup, severities, terse: true });
  const isWritten = ![...fleet.findings, ...analysis.findings].some(({ rule }) => fileRules.has(rule));
  const [run] = analysis.runs;
  if (run === undefined) return { isWritten, steps: 0, unknown: 0, differences: ['There is no run.'] };
  const differences: string[] = [];
  const isWide = few !== undefined;
  const readings = analysis.steps.map(({ reading }) => reading);
  const outcomes = isWide ? simulate(readings, run.capacity, { outside: [], ...few }).outcomes : run.outcomes;
  // A step that uses a parameter which may break something is unsafe; where what it breaks is in a step that cannot be told, it may be.
  const unsafe = new Set([...unbounded].flatMap((name) => stepsWith(one, name)));
  const isTold = !outcomes.some((outcome) => outcome.verdict === 'unknown' || hasObstacle(outcome));
  const expected = {
    reports,
    unsafe: isWide ? new Set<string>() : unsafe,
    isTold,
    isWide,
    isBound: few?.isLast === true,
  };
  let steps = 0;
  for (const [i, step] of one.steps.entries()) {
    const outcome = outcomes[i];
    if (outcome === undefined)
      return { isWritten, steps, unknown: 0, differences: [...differences, `Step ${i} has no outcome.`] };
    if (outcome.obstacle?.isOurs === true) throw new Error(outcome.obstacle.why);
    const inner = everyStep([step]).length;
    steps += inner;
    if (outcome.verdict === 'unknown' || hasObstacle(outcome)) return { isWritten, steps, unknown: 1, differences };
    differences.push(...differencesOf(step, outcome, `${i}`, analysis, run, expected));
  }
  const told = analysis.findings.flatMap(({ rule, data }) =>
    rule === 'unbounded-parameter' ? [(data as { readonly name: string }).name] : [],
  );
  if (!isWide && told.join() !== [...unbounded].join())
    differences.push(`unbounded-parameter: ${told}, by enumeration ${[...unbounded]}`);
  return { isWritten, steps, unknown: 0, differences };
}

interface Expected {
  readonly reports: ReadonlyMap<string, Report>;
  readonly unsafe: ReadonlySet<string>;
  /** No step is unknown. */
  readonly isTold: boolean;
  /** The outcomes are not those that findings tell of. */
  readonly isWide: boolean;
  /** At best no way does better than is said, so that what is certain may be called possible. */
  readonly isBound: boolean;
}

function hasObstacle({ obstacle, actions, steps }: StepOutcome): boolean {
  return obstacle !== undefined || actions.some((action) => action.obstacle !== undefined) || steps.some(hasObstacle);
}

function differencesOf(
  step: PlainStep,
  outcome: StepOutcome,
  path: string,
  analysis: RunbookAnalysis,
  run: Run,
  expected: Expected,
): readonly string[] {
  const report = expected.reports.get(path);
  if (report === undefined) return [`Step ${path} has no report.`];
  const found: string[] = [];
  const say = (what: string, product: unknown, reference: unknown) => {
    const [is, ought] = [JSON.stringify(product), JSON.stringify(reference)];
    if (is !== ought) found.push(`${path} ${what}: ${is}, by enumeration ${ought}`);
  };
  for (const [s, { name }] of run.capacity.subsystems.entries())
    for (const moment of ['before', 'lowest', 'after'] as const) {
      const { worst, best } = outcome.figures[s]?.[moment] ?? {};
      const { worst: low, best: high } = report.figures[s]?.[moment] ?? {};
      say(`${moment} of ${name}`, [worst, best], [low, expected.isBound ? Math.max(high ?? 0, best ?? 0) : high]);
    }
  const names = run.capacity.subsystems.map(({ name }) => name);
  for (const rule of ruleIds) {
    // Findings stand on the steps inside.
    const broken = step.does.kind === 'leaf' ? report.rules.get(rule) : undefined;
    const told = brokenIn(outcome, rule, names);
    const isCertain = broken?.certain && !(expected.isBound && told?.[0] === 'possible');
    say(rule, told, broken && [isCertain ? 'certain' : 'possible', ...broken.subsystems]);
    if (expected.isWide || !allRules.some(({ id }) => id === rule)) continue;
    const finding = analysis.findings.find((one) => one.rule === rule && one.step === path);
    say(`finding of ${rule}`, finding && [finding.severity, ...finding.subsystems], broken && toldOf(rule, broken));
  }
  const [check] = step.does.kind === 'leaf' && !step.does.typed ? step.does.changes : [];
  if (!expected.isWide && check?.effect === 'check' && check.atLeast !== undefined) {
    const { worst = 0, best = 0 } = report.figures[names.indexOf(check.subsystem ?? '')]?.lowest ?? {};
    const { severity } = analysis.findings.find((one) => one.rule === 'intent-mismatch' && one.step === path) ?? {};
    say('check', severity, best < check.atLeast ? 'error' : worst < check.atLeast ? 'warning' : undefined);
  }
  if (step.does.kind === 'leaf' && !expected.isTold && expected.unsafe.has(path)) return found;
  if (step.does.kind === 'leaf')
    say('verdict', outcome.verdict, report.rules.size > 0 || expected.unsafe.has(path) ? 'unsafe' : 'safe');
  else
    for (const [i, one] of step.does.steps.entries()) {
      const inner = outcome.steps[i];
      if (inner !== undefined) found.push(...differencesOf(one, inner, `${path}.${i}`, analysis, run, expected));
    }
  return found;
}

const ruleIds: readonly RuleId[] = [
  'below-minimum',
  'removal-rate',
  'redundancy-lost',
  'zones-at-once',
  'exceeds-target',
];

/** What the outcome of a step holds against it, with the subsystems in the fleet's order. */
function brokenIn({ actions }: StepOutcome, rule: RuleId, names: readonly string[]): readonly string[] | undefined {
  const parts = actions.map((action) => partOf(action, rule)).filter(({ breaches }) => breaches.length > 0);
  if (parts.length === 0) return undefined;
  const broken = parts.flatMap(({ breaches }) => breaches.map(({ subsystem }) => subsystem));
  const certain = parts.some((part) => part.certain);
  return [certain ? 'certain' : 'possible', ...names.filter((name) => broken.includes(name))];
}

function partOf(action: ActionOutcome, rule: RuleId): Part {
  switch (rule) {
    case 'below-minimum':
      return action;
    case 'removal-rate':
      return action.rates;
    case 'redundancy-lost':
      return action.redundancy;
    case 'zones-at-once':
      return action.zones;
    case 'exceeds-target':
      // It speaks of no subsystem.
      return { certain: action.exceeds?.certain ?? false, breaches: action.exceeds ? [{ subsystem: '' }] : [] };
  }
}

interface Part {
  readonly certain: boolean;
  readonly breaches: readonly { readonly subsystem: string }[];
}

/** The finding: of two rules, the default severity is a warning in the certain case too. */
function toldOf(rule: RuleId, { certain, subsystems }: Broken): readonly string[] {
  const isMild = rule === 'redundancy-lost' || rule === 'zones-at-once';
  return [certain && !isMild ? 'error' : 'warning', ...subsystems];
}
