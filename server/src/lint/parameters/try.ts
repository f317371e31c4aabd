import type { StepReading } from '../../commands/reading/read-step.ts';
import { parseDuration } from '../../model/quantity.ts';
import type { Parameter } from '../../model/runbook.ts';
import type { TriedParameter } from '../../rules/rule.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { StepOutcome } from '../../simulation/outcome.ts';
import type { Names } from '../../simulation/plan/surroundings.ts';
import { simulate, type Walk } from '../../simulation/simulate.ts';
import { type Complaint, complaintsOf } from '../complaints.ts';
import { type Domain, domainOf } from './domain.ts';

/** A runbook against a fleet, as it is simulated with the usual values. */
interface UsualRun {
  readonly readings: readonly StepReading[];
  readonly walk: Walk;
  readonly capacity: Capacity;
  readonly names: Names;
  /** What the parameter stands for. */
  readonly usual: string;
  /** The steps with another value in place of the usual one; the same objects each time, and where the parameter does not stand. */
  readWith(value: string): readonly StepReading[];
  /** Indexes of the top-level steps in which the parameter stands. */
  readonly using: readonly number[];
}

/** Walks with other values, by the value: the next version of the runbook starts from them. */
export type Tries = Map<string, Walk>;

/** So many values are tried one by one, whatever they do. */
const mostValues = 300;
/** So many steps are carried out for all values of a parameter, at most, when nothing is known from before. */
const mostSteps = 200_000;
/** So many turns more than with the usual value are carried out for one value, and so many for all that are tried one by one. */
const mostTurnsOfOne = 300;
const mostTurnsOfAll = 3000;

/** Tries the values that a parameter may have, with all others as usual. Walks of an earlier version are taken from `before`. */
export function tryParameter(
  parameter: Parameter,
  run: UsualRun,
  before: Tries | undefined,
): readonly [TriedParameter, Tries] {
  const tries: Tries = new Map();
  if (!parameter.isRead) return [{ parameter, isUnsafe: false, doubt: 'the bounds cannot be read' }, tries];
  const attempt = (value: string): Attempt => {
    const walk = simulate(run.readWith(value), run.capacity, run.names, before?.get(value) ?? run.walk);
    tries.set(value, walk);
    return { ...compare(walk, run), walk };
  };
  const usingWith = (value: string) => {
    const readings = value === run.usual ? run.readings : run.readWith(value);
    return run.using.flatMap((i) => readings[i] ?? []);
  };
  const domain = domainOf(parameter, run.usual, usingWith, run.capacity);
  const isUnsafe = run.using.some((i) => run.walk.outcomes[i]?.verdict === 'unsafe');
  const found = domain === undefined ? searchNothing(run, attempt) : search(domain, run, attempt);
  const worst = parameter.default === undefined && domain?.kind === 'words' ? worstOf(domain.values, run, attempt) : {};
  return [{ parameter, isUnsafe, ...found, ...worst }, tries];
}

/**
 * A text that may be anything. A length of time does the most harm where it is nothing;
 * any other text does none where no change of capacity depends on it.
 */
function searchNothing(run: UsualRun, attempt: (value: string) => Attempt): Found {
  if (parseDuration(run.usual) !== undefined) {
    const doubt =
      'only its default is simulated, and a shorter time breaks a limit; list all that it may be under `enum`';
    return attempt('0s').complaint === undefined ? {} : { doubt };
  }
  const other = run.readWith('another-value');
  const same = run.using.every((i) => sameChanges(run.readings[i], other[i]));
  return same ? {} : { doubt: 'only its default is simulated; list all that it may be under `enum`' };
}

function sameChanges(a: StepReading | undefined, b: StepReading | undefined): boolean {
  return changesIn(a) === changesIn(b);
}

/** What a step asks for, without where it says so. */
function changesIn(reading: StepReading | undefined): string {
  const { step, actions, inner } = reading ?? { step: undefined, actions: [], inner: [] };
  const own = actions.map(({ effect, target, amount, batch, pause, takes, seconds, restores, obstacle }) => [
    ...[effect, seconds, amount?.value, batch?.value, pause?.value, takes?.value, restores?.value, obstacle?.why],
    ...target.terms.map(({ role, text }) => [role, text]),
  ]);
  const times = step?.kind === 'repeat' ? step.times?.value : undefined;
  return JSON.stringify([step?.kind, step?.takes?.value, times, own, inner.map(changesIn)]);
}

/** What one value does that the usual one does not. */
interface Attempt {
  readonly complaint: Complaint | undefined;
  /** It cannot be told of some step what it does. */
  readonly unclear: boolean;
  readonly walk: Walk;
}

type Found = Omit<TriedParameter, 'parameter'>;

function search(domain: Domain, run: UsualRun, attempt: (value: string) => Attempt): Found {
  if (domain.kind === 'words') return searchWords(domain.values, attempt);
  const steps = run.readings.length - (run.using[0] ?? 0);
  const values = domain.highest - domain.lowest;
  const text = (value: number) => `${value}${domain.unit}`;
  const turns = (value: number) =>
    Math.max(0, actionsIn(run.readWith(text(value)), run) - actionsIn(run.readings, run));
  const isShort = (turns(domain.highest) * values) / 2 <= mostTurnsOfAll;
  const isFew = values <= mostValues && values * steps <= mostSteps && isShort;
  const doubt = 'it may have more values than are tried; give it a `maximum` that is lower';
  if (!isFew && !isSteady(run)) return { doubt };
  const broken = (value: number) => attempt(text(value)).complaint;
  const isRead = (value: number) => turns(value) <= mostTurnsOfOne && !isObstructed(attempt(text(value)).walk, run);
  const first = (end: number) =>
    isFew
      ? firstOfAll(domain.usual, end, broken)
      : firstBetween(domain.usual, lastRead(domain.usual, end, isRead), broken);
  const [above, below] = [first(domain.highest), first(domain.lowest)];
  const breaks = above ?? below;
  if (breaks === undefined && !isFew && !(isRead(domain.highest) && isRead(domain.lowest))) return { doubt };
  return {
    ...(breaks && {
      breaks: placeOf(text(breaks.value), breaks.complaint),
    }),
    ...(above && { largest: above.value - 1 }),
    ...(below && { smallest: below.value + 1 }),
  };
}

function placeOf(value: string, { path, kind, subsystem, certain }: Complaint): NonNullable<TriedParameter['breaks']> {
  return { value, step: path, limit: kind, subsystem, certain };
}

function searchWords(values: readonly string[], attempt: (value: string) => Attempt): Found {
  let doubt: string | undefined;
  for (const value of values) {
    const { complaint, unclear } = attempt(value);
    if (complaint !== undefined) return { breaks: placeOf(value, complaint) };
    if (unclear) doubt ??= `it may be \`${value}\`, and what that does is not known`;
  }
  return doubt === undefined ? {} : { doubt };
}

/** Of the values, the one that does the most harm, where it does more than the usual one. */
function worstOf(values: readonly string[], run: UsualRun, attempt: (value: string) => Attempt): Found {
  let worst: string | undefined;
  let most = harmOf(run.walk, run);
  for (const value of values) {
    const harm = harmOf(attempt(value).walk, run);
    const at = harm.findIndex((figure, i) => figure !== most[i]);
    if ((harm[at] ?? 0) > (most[at] ?? 0)) [worst, most] = [value, harm];
  }
  return worst === undefined ? {} : { worst };
}

/** How often the walk breaks something for certain, how often it may, and how many units are lacking; the first figure that differs decides. */
function harmOf({ outcomes }: Walk, { using: [first = 0] }: UsualRun): readonly number[] {
  const after = outcomes.slice(first);
  const complaints = after.flatMap((outcome) => complaintsOf(outcome, ''));
  const lacking = after.flatMap(({ figures }) =>
    figures.map(({ lowest, minimum }) => Math.max(0, minimum - lowest.worst)),
  );
  const certain = complaints.filter((complaint) => complaint.certain);
  return [certain.length, complaints.length, lacking.reduce((sum, units) => sum + units, 0)];
}

interface Breaking {
  readonly value: number;
  readonly complaint: Complaint;
}

type Broken = (value: number) => Complaint | undefined;

/** Every value from the usual one to the end, up to the first that breaks something: exact, whatever they do. */
function firstOfAll(usual: number, end: number, broken: Broken): Breaking | undefined {
  const way = Math.sign(end - usual);
  for (let value = usual; value !== end; ) {
    value += way;
    const complaint = broken(value);
    if (complaint !== undefined) return { value, complaint };
  }
  return undefined;
}

/** The end, or as far towards it as halving comes to a value with which the commands can be read. */
function lastRead(usual: number, end: number, isRead: (value: number) => boolean): number {
  let last = end;
  while (Math.abs(last - usual) > 1 && !isRead(last)) last = Math.trunc((usual + last) / 2);
  return last;
}

/** How many changes of capacity the steps that use the parameter ask for, each turn of a loop counted. */
function actionsIn(readings: readonly StepReading[], { using }: UsualRun): number {
  const count = ({ actions, inner }: StepReading): number =>
    inner.reduce((sum, reading) => sum + count(reading), actions.length);
  return using.reduce((sum, i) => sum + (readings[i] === undefined ? 0 : count(readings[i])), 0);
}

/** Whether a command cannot be read that can be with the usual value, such as a loop with too many turns. */
function isObstructed(walk: Walk, { using, walk: usually }: UsualRun): boolean {
  const isLost = (outcome: StepOutcome | undefined): boolean =>
    outcome?.actions.some(({ action }) => action.obstacle !== undefined) === true ||
    outcome?.steps.some(isLost) === true;
  return using.some((i) => isLost(walk.outcomes[i]) && !isLost(usually.outcomes[i]));
}

/** Where going on is never safer: if the end breaks nothing, nothing between does; else the first that does is looked for, in strides that double and then are halved. */
function firstBetween(usual: number, end: number, broken: Broken): Breaking | undefined {
  let complaint = end === usual ? undefined : broken(end);
  if (complaint === undefined) return undefined;
  let [safe, value] = [usual, end];
  const breaks = (next: number): boolean => {
    const found = broken(next);
    if (found === undefined) safe = next;
    else [value, complaint] = [next, found];
    return found !== undefined;
  };
  const way = Math.sign(end - usual);
  for (let stride = way; Math.abs(stride) < Math.abs(value - safe); stride *= 2) if (breaks(safe + stride)) break;
  while (Math.abs(value - safe) > 1) breaks(Math.trunc((safe + value) / 2));
  return { value, complaint };
}

/** No step works out a percentage of what is left, which more could turn into less. */
function isSteady({ readings, using: [first = 0] }: UsualRun): boolean {
  const steady = ({ actions, inner }: StepReading): boolean =>
    actions.every(({ amount, batch }) => amount?.value.unit !== 'percent' && batch?.value.unit !== 'percent') &&
    inner.every(steady);
  return readings.slice(first).every(steady);
}

function compare(walk: Walk, { using: [first = 0], walk: usually }: UsualRun): Omit<Attempt, 'walk'> {
  let unclear = false;
  for (let i = first; i < walk.outcomes.length; i++) {
    const [outcome, usual] = [walk.outcomes[i], usually.outcomes[i]];
    if (outcome === undefined || outcome === usual || usual === undefined) continue;
    if (outcome.verdict === 'unknown' && usual.verdict !== 'unknown') unclear = true;
    if (outcome.verdict !== 'unsafe') continue;
    const known = new Set(complaintsOf(usual, `${i}`).map(({ line }) => line));
    const complaint = complaintsOf(outcome, `${i}`).find(({ line }) => !known.has(line));
    if (complaint !== undefined) return { complaint, unclear };
  }
  return { complaint: undefined, unclear };
}
