/** The parts of a list that share a key, in the order in which they first appear. */
export function grouped<T>(list: readonly T[], keyOf: (one: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<unknown, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

export function sum(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0);
}

/** The lower of each pair. */
export function lower(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, i) => Math.min(value, b[i] ?? value));
}
