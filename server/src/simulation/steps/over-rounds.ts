import type { ActionOutcome, BareZone, Breach, Broken, Figures, StepOutcome } from '../outcome.ts';
import type { StepToSimulate } from '../plan/task.ts';
import type { Belief } from '../worlds/belief.ts';
import type { World } from '../worlds/world.ts';
import { gravest, type Level, lower, Outcome } from './step-outcome.ts';

/**
 * What became of a step that is repeated, from what became of it in each round (docs/simulation.md §10).
 * Where it is done under a condition, at best it is done in the best of the rounds alone.
 */
export function overRounds(
  world: World,
  start: Belief,
  input: StepToSimulate | undefined,
  rounds: readonly StepOutcome[],
  isAround = false,
): StepOutcome {
  const [first, last] = [rounds[0], rounds.at(-1)];
  const mayNot = isAround || input?.step.when !== undefined;
  const levels = world.capacity.subsystems.map(({ index }): Level => {
    const figures = rounds.flatMap((round) => round.figures[index] ?? []);
    const lows = figures.map(({ lowest }) => lowest);
    const low = lows.reduce(lower, lows[0] ?? none);
    return {
      subsystem: index,
      before: figures[0]?.before ?? none,
      low: mayNot ? { ...low, best: Math.max(...lows.map(({ best }) => best)) } : low,
      after: figures.at(-1)?.after ?? none,
    };
  });
  const isBelow = ({ subsystem, zone, minimum }: Breach) =>
    zone === undefined &&
    levels.some(({ subsystem: index, low }) => isOf(world, index, subsystem) && low.best < minimum);
  const actions = (first?.actions ?? []).map((_, i, all) =>
    actionOver(
      rounds.flatMap((round) => round.actions[i] ?? []),
      mayNot,
      all.length === 1 ? isBelow : () => false,
    ),
  );
  const steps = (first?.steps ?? []).map((_, i) =>
    overRounds(
      world,
      start,
      input?.inner[i],
      rounds.flatMap((round) => round.steps[i] ?? []),
      mayNot,
    ),
  );
  const zones = distinct(
    rounds.flatMap(({ bareZones }) => bareZones),
    ({ subsystem, zone }: BareZone) => `${subsystem} ${zone}`,
    (a) => a,
  );
  const verdict = gravest(rounds.map((round) => round.verdict));
  return new Outcome(world, start, undefined, levels, actions.flat(), last?.obstacle, verdict, steps, zones);
}

function isOf({ capacity }: World, index: number, name: string): boolean {
  return capacity.subsystems[index]?.name === name;
}

/**
 * What an action broke in all rounds; what it breaks in one of them is certain, but not where it may have been done in others alone.
 * So is what it breaks in some round or other, where under every choice it is below its bound (`isBelow`) in one of them.
 */
function actionOver(
  rounds: readonly ActionOutcome[],
  mayNot: boolean,
  isBelow: (breach: Breach) => boolean,
): readonly ActionOutcome[] {
  const [first, ...others] = rounds;
  if (first === undefined) return [];
  const all = others.reduce(bothOf, first);
  if (!mayNot) return [{ ...all, certain: all.certain || all.breaches.some(isBelow) }];
  return [
    {
      ...all,
      certain: rounds.every(({ certain }) => certain),
      rates: { ...all.rates, certain: rounds.every(({ rates }) => rates.certain) },
      redundancy: { ...all.redundancy, certain: rounds.every(({ redundancy }) => redundancy.certain) },
      zones: { ...all.zones, certain: rounds.every(({ zones }) => zones.certain) },
    },
  ];
}

const none: Figures = { worst: 0, best: 0 };

function bothOf(a: ActionOutcome, b: ActionOutcome): ActionOutcome {
  const breaches = together(a.breaches, b.breaches, lowerBreach);
  const below = new Set(breaches.map(({ subsystem }) => subsystem));
  const redundancy = bothBroken(a.redundancy, b.redundancy, lowerBreach);
  return {
    ...a,
    count: a.count &&
      b.count && { least: Math.min(a.count.least, b.count.least), most: Math.max(a.count.most, b.count.most) },
    breaches,
    certain: a.certain || b.certain,
    rates: bothBroken(a.rates, b.rates, (one, other) => ({
      ...one,
      least: Math.max(one.least, other.least),
      most: Math.max(one.most, other.most),
    })),
    // Where it falls below its minimum already, nothing is said of what it would survive.
    redundancy: { ...redundancy, breaches: redundancy.breaches.filter(({ subsystem }) => !below.has(subsystem)) },
    zones: bothBroken(a.zones, b.zones, (one, other) => ({
      ...one,
      least: Math.max(one.least, other.least),
      most: Math.max(one.most, other.most),
    })),
    exceeds: bothExceeding(a.exceeds, b.exceeds),
    touches: [...new Set([...a.touches, ...b.touches])],
    idle: a.idle === b.idle ? a.idle : undefined,
    alreadyOut: Math.min(a.alreadyOut, b.alreadyOut),
  };
}

function bothBroken<T extends { readonly subsystem: string }>(
  a: Broken<T>,
  b: Broken<T>,
  both: (one: T, other: T) => T,
): Broken<T> {
  return { certain: a.certain || b.certain, breaches: together(a.breaches, b.breaches, both) };
}

function bothExceeding(a: ActionOutcome['exceeds'], b: ActionOutcome['exceeds']): ActionOutcome['exceeds'] {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    asked: Math.max(a.asked, b.asked),
    worst: Math.min(a.worst, b.worst),
    best: Math.max(a.best, b.best),
    certain: a.certain || b.certain,
  };
}

function lowerBreach<T extends Breach>(a: T, b: T): T {
  return { ...(b.to.worst < a.to.worst ? b : a), from: a.from, to: lower(a.to, b.to) };
}

/** Of those of one subsystem, and of one zone of it, one. */
function together<T extends { readonly subsystem: string }>(
  a: readonly T[],
  b: readonly T[],
  both: (one: T, other: T) => T,
): readonly T[] {
  return distinct([...a, ...b], (one) => keyOf(one), both);
}

function keyOf(one: {
  readonly subsystem: string;
  readonly zone?: string | undefined;
  readonly loss?: string;
}): string {
  return `${one.subsystem} ${one.zone} ${one.loss}`;
}

function distinct<T>(all: readonly T[], key: (one: T) => string, both: (one: T, other: T) => T): readonly T[] {
  const made = new Map<string, T>();
  for (const one of all) {
    const known = made.get(key(one));
    made.set(key(one), known === undefined ? one : both(known, one));
  }
  return [...made.values()];
}
