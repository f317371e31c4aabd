import type { Seconds } from '../../model/leaf.ts';
import { comingLater } from '../plan/coming-later.ts';
import type { StepPart } from '../plan/task.ts';
import type { Belief } from '../worlds/belief.ts';
import type { World } from '../worlds/world.ts';
import { lastsOf, skeletonOf } from './skeleton.ts';

/** Branches that some figure or rule looks at together. */
export interface Cluster {
  /** Their places among the branches. */
  readonly places: readonly number[];
  readonly subsystems: ReadonlySet<number>;
  /** Something warms up or comes back to do so, so that it matters how long what goes beside it takes. */
  readonly isLate: boolean;
  /** How long it takes, where that is known. */
  readonly lasts: Seconds | undefined;
}

/** The clusters of the branches: last of all the one in which something warms up, of branches or not, and before it what lasts nobody knows how long. */
export function clustersIn(world: World, before: Belief, { inner }: StepPart): readonly Cluster[] {
  const warming = warmingIn(world, before);
  let clusters: readonly Cluster[] =
    warming.size > 0 ? [{ places: [], subsystems: warming, isLate: true, lasts: 0 }] : [];
  for (const [place, part] of inner.entries()) {
    const waits = mayNotBe(part) ? undefined : skeletonOf(world, before, part);
    const own: Cluster = {
      places: [place],
      subsystems: subsystemsIn(world, part),
      isLate: comingLater(world, part) > 0,
      lasts: waits && lastsOf(waits),
    };
    const isWith = (other: Cluster) =>
      (own.isLate && other.isLate) || [...own.subsystems].some((subsystem) => other.subsystems.has(subsystem));
    clusters = [...clusters.filter((one) => !isWith(one)), together([...clusters.filter(isWith), own])];
  }
  const order = ({ isLate, lasts }: Cluster) => (isLate ? 2 : lasts === undefined ? 1 : 0);
  return clusters.toSorted((a, b) => order(a) - order(b));
}

function together(clusters: readonly Cluster[]): Cluster {
  return {
    places: clusters.flatMap(({ places }) => places).toSorted((a, b) => a - b),
    subsystems: new Set(clusters.flatMap(({ subsystems }) => [...subsystems])),
    isLate: clusters.some(({ isLate }) => isLate),
    lasts: clusters.reduce<Seconds | undefined>(
      (longest, { lasts }) => (longest === undefined || lasts === undefined ? undefined : Math.max(longest, lasts)),
      0,
    ),
  };
}

function subsystemsIn(world: World, { tasks, inner }: StepPart): ReadonlySet<number> {
  const own = tasks.flatMap(({ pool }) => world.scopeOf(pool).subsystems);
  return new Set([...own, ...inner.flatMap((one) => [...subsystemsIn(world, one)])]);
}

/** Subsystems of servers that warm up. */
function warmingIn({ cells: { cells }, capacity }: World, { branches }: Belief): ReadonlySet<number> {
  const groups = branches.flatMap(({ timed }) => timed.map((cell) => cells[cell]?.group));
  return new Set(
    capacity.subsystems
      .map(({ index }) => index)
      .filter((index) => groups.some((group) => (group?.units[index] ?? 0) > 0)),
  );
}

function mayNotBe({ input, inner }: StepPart): boolean {
  return input.step.when !== undefined || inner.some(mayNotBe);
}
