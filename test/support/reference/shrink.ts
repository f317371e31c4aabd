import {
  type Case,
  changesOf,
  everyStep,
  hostsOf,
  type PlainGroup,
  type PlainStep,
  sizeOf,
  targetsOf,
} from './case.ts';
import { stepsWith } from './parameters.ts';
import { isOf, kindsOf } from './world.ts';

/** A case as small as can be found by so many tries of which this still holds. */
export function shrunk(one: Case, holds: (smaller: Case) => boolean, tries = 1_000): Case {
  let least = one;
  let left = tries;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const smaller of smallerThan(least)) {
      if (!isCase(smaller)) continue;
      left -= 1;
      if (left < 0) return least;
      if (!holds(smaller)) continue;
      least = smaller;
      isSmaller = true;
      break;
    }
  }
  return least;
}

/** Keys that are there wherever they may be. */
const required = new Set(
  'fleet steps subsystems groups name servers serves warmup minimum does kind typed changes times effect target units percent count seconds to first last from value usual maximum parameter'.split(
    ' ',
  ),
);

/** Everything that plain data becomes by leaving out one thing in it, or by making one number in it less; the boldest first. */
function* smallerThan(value: unknown): Generator<unknown> {
  if (typeof value === 'number') {
    if (value > 0) yield* new Set([0, Math.floor(value / 2), Math.ceil(value) - 1]);
  } else if (Array.isArray(value)) {
    for (const i of value.keys()) {
      if (value.length > 1) yield value.toSpliced(i, 1);
      // The steps inside in place of the one around them.
      if (value[i]?.does?.steps !== undefined) yield value.toSpliced(i, 1, ...value[i].does.steps);
    }
    for (const [i, inner] of value.entries()) for (const less of smallerThan(inner)) yield value.with(i, less);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // What a change names as a whole, it has to name.
    const isNeeded = (key: string) => required.has(key) || ('effect' in value && (key === 'id' || key === 'group'));
    for (const [i, [key]] of entries.entries()) if (!isNeeded(key)) yield Object.fromEntries(entries.toSpliced(i, 1));
    for (const [key, inner] of entries) for (const less of smallerThan(inner)) yield { ...value, [key]: less };
  }
}

/**
 * A removal says how many, or names hosts; without either a step is a mistake, and a command means everything.
 * A loop that is never gone through is none in the shell, and would do nothing here.
 */
function isStep({ does }: PlainStep): boolean {
  if (does.kind !== 'leaf') return true;
  const saysHowMany = changesOf(does).every(
    (change) => change.effect !== 'remove' || change.amount !== undefined || change.target.hosts !== undefined,
  );
  return saysHowMany && does.loops !== 0;
}

/** What the product would say otherwise than that the files are wrong: groups are of servers and serve something, targets are there. */
function isCase(value: unknown): value is Case {
  const { fleet, steps, parameters = [] } = value as Case;
  const isGroup = (group: PlainGroup) => {
    const { unavailable = 0, serves } = group;
    const isLeft =
      typeof unavailable === 'number'
        ? unavailable <= sizeOf(group)
        : unavailable.every((host) => hostsOf(group).includes(host));
    return isLeft && sizeOf(group) > 0 && Object.keys(serves).length > 0;
  };
  if (!fleet.groups.every(isGroup)) return false;
  if (!parameters.every(({ usual, minimum, maximum }) => minimum <= usual && usual <= maximum)) return false;
  if (!parameters.every(({ name }) => stepsWith({ fleet, steps }, name).length > 0)) return false;
  if (!everyStep(steps).every(({ step }) => isStep(step))) return false;
  const kinds = kindsOf({ fleet, steps });
  const targets = everyStep(steps).flatMap(({ step }) => targetsOf(step));
  // What names nothing means everything to a command, which is another case.
  const isNamed = (target: object) => Object.values(target).some((name) => name !== undefined);
  return targets.every((target) => isNamed(target) && kinds.some((kind) => isOf(kind, target)));
}
