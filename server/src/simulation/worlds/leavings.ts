import type { Seconds } from '../../model/leaf.ts';
import type { Branch } from './belief.ts';
import type { Leaving } from './factor.ts';
import { groupAt, type Open, type OpenTake } from './open.ts';
import type { World } from './world.ts';

/** Leavings are kept in the order of time; those at one moment are one. */
export function withLeaving(leavings: readonly Leaving[], leaving: Leaving): readonly Leaving[] {
  const same = leavings.findIndex(({ at }) => at === leaving.at);
  const other = leavings[same];
  if (other !== undefined) {
    const units = new Map(other.parts);
    for (const [subsystem, more] of leaving.parts) units.set(subsystem, (units.get(subsystem) ?? 0) + more);
    return leavings.with(same, { at: leaving.at, parts: [...units].sort((a, b) => a[0] - b[0]) });
  }
  const last = leavings.at(-1);
  return last === undefined || last.at < leaving.at
    ? [...leavings, leaving]
    : [...leavings, leaving].sort((a, b) => a.at - b.at);
}

/** The branch that remembers for the rates what an open has lost of late, where it is all the same which servers these were; to the open it is then as if it had been long ago. */
export function withLeft(world: World, branch: Branch, open: Open): { readonly branch: Branch; readonly open: Open } {
  let { leavings } = branch;
  const takes = open.takes.map((take): OpenTake => {
    const parts = branch.now - take.at < world.window ? unitsOf(world, open, take) : undefined;
    if (parts === undefined) return take;
    if (parts.length > 0) leavings = withLeaving(leavings, { at: take.at, parts });
    return { ...take, at: Number.NEGATIVE_INFINITY };
  });
  if (takes.every(({ at }, i) => at === open.takes[i]?.at)) return { branch, open };
  return { branch: { ...branch, leavings }, open: { ...open, takes } };
}

/** The units that a take took of each subsystem that has a rate; undefined where that depends on which servers it took. */
export function unitsOf(world: World, open: Open, { positions, count }: OpenTake): Leaving['parts'] | undefined {
  const groups = positions.map((position) => groupAt(world, open, position));
  const [first] = groups;
  const rated = world.capacity.subsystems.filter(({ rate }) => rate !== undefined);
  const isSame = rated.every(({ index }) => groups.every((group) => group?.units[index] === first?.units[index]));
  if (!isSame) return undefined;
  return rated.flatMap(({ index }): Leaving['parts'] => {
    const each = first?.units[index] ?? 0;
    return each > 0 && count > 0 ? [[index, each * count]] : [];
  });
}

/** Leavings with the same key count the same from now on. */
export function leavingsKey(leavings: readonly Leaving[], now: Seconds): string {
  let key = '';
  for (const { at, parts } of leavings) key += `|${now - at}:${parts.join(' ')}`;
  return key;
}
