import type { Capacity, GroupCapacity } from '../fleet/capacity.ts';

/**
 * Tells which of some parts of groups nothing tells apart, as a class for each: they serve, warm up and stand alike, and each target names all of them or none.
 * `single` are parts that have to stay by themselves; `targets` says which parts each target names.
 */
export function classesOf(
  capacity: Capacity,
  parts: readonly { readonly group: GroupCapacity }[],
  single: ReadonlySet<number>,
  targets: readonly (readonly number[])[],
): readonly number[] {
  const kinds = kindsOf(capacity);
  const classOf = new Map<string, number>();
  const classes = parts.map(({ group }, index) => {
    if (single.has(index)) return index;
    const kind = kinds[group.index] ?? '';
    const known = classOf.get(kind) ?? index;
    classOf.set(kind, known);
    return known;
  });
  let next = parts.length;
  for (const target of targets) {
    // Those of a class that are named part from those that are not.
    const inside = new Map<number, number>();
    for (const part of target) {
      const own = classes[part] ?? part;
      const known = inside.get(own) ?? next++;
      inside.set(own, known);
      classes[part] = known;
    }
  }
  return classes;
}

/** What tells groups apart even where no step does, by the group's index. */
function kindsOf({ groups, subsystems }: Capacity): readonly string[] {
  const kinds = groups.map(({ warmup }) => `${warmup}`);
  const zoned = new Set<number>();
  for (const { index, servedBy, zoneMinimums, survives, zonesAtOnce } of subsystems) {
    const isZoned = zoneMinimums.length > 0 || survives.zones > 0 || zonesAtOnce !== undefined;
    for (const { group, units } of servedBy) {
      kinds[group.index] += ` ${index}:${units}`;
      if (isZoned) zoned.add(group.index);
    }
  }
  for (const index of zoned) kinds[index] += ` in ${groups[index]?.zone ?? '/'}`;
  return kinds;
}
