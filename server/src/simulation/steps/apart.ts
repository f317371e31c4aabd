import type { Seconds } from '../../model/leaf.ts';
import type { Figures, StepOutcome } from '../outcome.ts';
import type { Surroundings } from '../plan/plan.ts';
import type { StepPart, StepToSimulate } from '../plan/task.ts';
import type { Work } from '../work.ts';
import { type Belief, type Branch, figureOf } from '../worlds/belief.ts';
import { later, merged } from '../worlds/elapse.ts';
import type { World } from '../worlds/world.ts';
import { isUntold, lacks, type Simulate, type Simulated } from './by-rounds.ts';
import { type Cluster, clustersIn } from './clusters.ts';
import { skeletonOf } from './skeleton.ts';
import { Beside, gravest, type Level, Outcome } from './step-outcome.ts';

interface Told {
  readonly cluster: Cluster;
  readonly outcome: StepOutcome;
  /** Of each of its branches, and of what stands beside them. */
  readonly inner: readonly StepOutcome[];
  /** What a branch sees that does nothing, at any moment. */
  readonly seen: StepOutcome | undefined;
}

/**
 * Branches beside one another that no figure and no rule looks at all together: those that are looked at together are told by themselves.
 * What the others do to it is that time passes, which matters where something warms up meanwhile.
 * Undefined where all are looked at together, or where that time is not known.
 */
export function apart(
  around: Surroundings,
  before: Belief,
  input: StepToSimulate,
  root: StepPart,
  work: Work,
  simulate: Simulate,
): Simulated | undefined {
  const { world } = around;
  if (input.step.kind !== 'parallel' || input.step.when !== undefined) return undefined;
  const clusters = clustersIn(world, before, root);
  const others = clusters.slice(0, -1);
  if (others.length === 0) return undefined;
  if (!isSettled(before)) return undefined;
  // The last one may take as long as it likes.
  const isTimed = world.window > 0 || clusters.some(({ isLate }) => isLate);
  if (isTimed && others.some(({ lasts }) => lasts === undefined)) return undefined;
  const each = oneByOne(around, before, input, root, clusters, work, simulate);
  if (each === undefined || areSaidTogether(each.told)) return undefined;
  const { told, after } = each;
  const steps = stepsIn(world, before, told);
  const levels = told.flatMap(({ cluster, outcome }) =>
    [...cluster.subsystems].flatMap((subsystem): readonly Level[] => {
      const { before: from, lowest, after: to } = outcome.figuresOf(subsystem) ?? {};
      return from && lowest && to ? [{ subsystem, before: from, low: lowest, after: to }] : [];
    }),
  );
  const zones = told.flatMap(({ outcome }) => outcome.bareZones);
  const verdict = gravest(steps.map((one) => one.verdict));
  return { outcome: new Outcome(world, before, after, levels, [], undefined, verdict, steps, zones), after };
}

/** The clusters one after the other, all of them from the same moment; undefined where one of them cannot be told, or may take longer or less long before another. */
function oneByOne(
  around: Surroundings,
  before: Belief,
  input: StepToSimulate,
  root: StepPart,
  clusters: readonly Cluster[],
  work: Work,
  simulate: Simulate,
): { readonly told: readonly Told[]; readonly after: Belief } | undefined {
  const [first] = before.branches;
  if (first === undefined) return undefined;
  const told: Told[] = [];
  const warming = [...new Set(before.branches.flatMap(({ timed }) => timed))];
  const takes = input.step.takes?.value ?? 0;
  const longest = Math.max(takes, ...clusters.map(({ lasts = 0 }) => lasts));
  let state = before;
  let end = first.now + takes;
  for (const [i, cluster] of clusters.entries()) {
    // No time passes for what others look at, until they are told.
    state = cluster.isLate ? warmingAgain(state, warming) : stopped(state);
    const beside = cluster.isLate || cluster.lasts === undefined ? skeletons(around.world, before, root, cluster) : [];
    if (beside === undefined) return undefined;
    const inner = cluster.places.flatMap((place) => input.inner[place] ?? []);
    const [only] = inner;
    const observer = cluster.places.some((place) => hasPeak(root.inner[place])) ? [silent(input)] : [];
    const isOnly =
      inner.length + beside.length + observer.length === 1 && only?.step.when === undefined && !isNamed(around, input);
    const own = isOnly && only !== undefined ? only : { ...input, inner: [...inner, ...beside, ...observer] };
    const isLast = i === clusters.length - 1;
    const { outcome, after } = simulate(isLast ? around : remembering(around, longest), state, own, work);
    if (isUntold(outcome) || lacks(outcome)) return undefined;
    const seen = observer.length > 0 ? outcome.steps.at(-1) : undefined;
    told.push({ cluster, outcome, inner: own === only ? [outcome] : outcome.steps, seen });
    const ends = new Set(after.branches.map(({ now }) => now));
    if (ends.size > 1 && !isLast) return undefined;
    if (ends.size === 1) end = Math.max(end, ...ends);
    state = isLast ? after : rewound(after, first.now);
  }
  const ended = state.branches.map((branch) => later(around.world, branch, Math.max(branch.now, end)));
  return { told, after: merged(around.world, ended) };
}

/** What became of each branch, with what the others do meanwhile. */
function stepsIn(world: World, before: Belief, told: readonly Told[]): readonly StepOutcome[] {
  const steps: StepOutcome[] = [];
  const late = told.find(({ cluster }) => cluster.isLate);
  const ranges = new Map(told.flatMap((one) => [...rangesOf(world, before, one)]));
  for (const { cluster, inner } of told) {
    for (const [i, place] of cluster.places.entries()) {
      const own = inner[i];
      const timed =
        late === undefined || cluster.isLate
          ? undefined
          : { subsystems: late.cluster.subsystems, outcome: late.inner[skeletonPlace(late.cluster, place)] };
      if (own !== undefined) steps[place] = new Beside(own, { ranges, own: cluster.subsystems, timed });
    }
  }
  return steps;
}

/** Whether two clusters break the same rule, one of them with several branches: how certain it is of each of these is a question to all branches. */
function areSaidTogether(told: readonly Told[]): boolean {
  const broken = told.map(({ outcome }) => brokenIn(outcome));
  return told.some(
    ({ cluster }, i) =>
      cluster.places.length > 1 &&
      [...(broken[i] ?? [])].some((rule) => broken.some((others, other) => other !== i && others.has(rule))),
  );
}

function brokenIn({ actions, steps }: StepOutcome): ReadonlySet<string> {
  const own = actions.flatMap(({ breaches, rates, redundancy, zones }) => [
    ...(breaches.length > 0 ? ['minimum'] : []),
    ...(rates.breaches.length > 0 ? ['rate'] : []),
    ...(redundancy.breaches.length > 0 ? ['redundancy'] : []),
    ...(zones.breaches.length > 0 ? ['zones'] : []),
  ]);
  return new Set([...own, ...steps.flatMap((one) => [...brokenIn(one)])]);
}

/** It is known what warms up, so that it can wait until all else is told. */
function isSettled({ branches }: Belief): boolean {
  return branches.every((branch) => branch.now === branches[0]?.now && isAllWarm(branch));
}

function isAllWarm({ open, factors }: Branch): boolean {
  return (
    open.every(({ base, takes }) => base.every(isWarm) && takes.every(({ state }) => typeof state !== 'object')) &&
    factors.every(({ alternatives }) => alternatives.every(({ statuses }) => statuses.every(isWarm)))
  );
}

function isWarm({ warming }: { readonly warming: readonly unknown[] }): boolean {
  return warming.length === 0;
}

/** The place of what a branch comes to besides time, behind the branches of the cluster. */
function skeletonPlace({ places }: Cluster, place: number): number {
  return places.length + place - places.filter((own) => own < place).length;
}

/** What all other branches come to besides time. */
function skeletons(
  world: World,
  before: Belief,
  { inner }: StepPart,
  { places }: Cluster,
): readonly StepToSimulate[] | undefined {
  const others = inner.filter((_, place) => !places.includes(place)).map((part) => skeletonOf(world, before, part));
  return others.includes(undefined) ? undefined : others.flatMap((one) => one ?? []);
}

/** Something comes in and goes out again in one script, so that there was more between its beginning and its end. */
function hasPeak(part: StepPart | undefined): boolean {
  const effects = part?.tasks.filter(({ still }) => still === undefined).map(({ action }) => action.effect) ?? [];
  const first = effects.findIndex((effect) => comes.has(effect));
  const goesOn = effects.slice(first + 1).some((effect) => effect !== 'wait');
  return (first >= 0 && goesOn) || (part?.inner.some(hasPeak) ?? false);
}

const comes: ReadonlySet<string> = new Set(['restore', 'add', 'scale-to']);

/** Nothing warms up, however much time passes. */
function stopped({ branches }: Belief): Belief {
  return { branches: branches.map((branch) => ({ ...branch, timed: [] })) };
}

/** What was stopped goes on. */
function warmingAgain({ branches }: Belief, cells: readonly number[]): Belief {
  return {
    branches: branches.map((branch) => ({
      ...branch,
      timed: cells.filter((cell) => (branch.known.at(cell)?.warming.length ?? 0) > 0),
    })),
  };
}

/** A branch that does nothing. */
function silent({ step }: StepToSimulate): StepToSimulate {
  return { step: { ...step, id: undefined, takes: undefined }, actions: [], inner: [] };
}

function isNamed({ world }: Surroundings, { step }: StepToSimulate): boolean {
  return step.id?.value !== undefined && world.restorable.has(step.id.value);
}

/** The same, had no time passed: what the next branches look at does not depend on it. */
function rewound({ branches }: Belief, now: Seconds): Belief {
  return { branches: branches.map((branch) => ({ ...branch, now })) };
}

/** A world in which nothing that has left is forgotten while so much time passes, after which the clock goes back. */
function remembering(around: Surroundings, seconds: Seconds): Surroundings {
  const { world } = around;
  return world.window === 0 ? around : { ...around, world: { ...world, window: world.window + seconds } };
}

/** Between which figures the subsystems of a cluster are at any moment of the others. */
function rangesOf(world: World, before: Belief, { cluster, outcome, inner, seen }: Told): ReadonlyMap<number, Figures> {
  return new Map(
    [...cluster.subsystems].map((subsystem) => {
      const known = seen?.figuresOf(subsystem)?.lowest;
      if (known !== undefined) return [subsystem, known];
      const from = figureOf(world, before, subsystem);
      const worst = Math.min(from.worst, outcome.figuresOf(subsystem)?.lowest.worst ?? from.worst);
      return [subsystem, { worst, best: Math.max(from.best, ...inner.map((one) => highest(one, subsystem))) }];
    }),
  );
}

function highest(outcome: StepOutcome, subsystem: number): number {
  const { before, after } = outcome.figuresOf(subsystem) ?? {};
  return Math.max(before?.best ?? 0, after?.best ?? 0, ...outcome.steps.map((one) => highest(one, subsystem)));
}
