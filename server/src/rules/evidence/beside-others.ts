import type { StepReading } from '../../commands/reading/read-step.ts';
import type { Parameter, Step } from '../../model/runbook.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { Span } from '../../syntax/span.ts';
import type { StepsContext } from '../rule.ts';
import { counted } from '../telling/words.ts';
import type { Evidence } from './evidence.ts';
import { changesTenfold, isSlip } from './slip.ts';
import type { TypedCount } from './typed-counts.ts';

/**
 * A parameter that stands for just such a count says another figure by default, and the step does not use it.
 * A figure that the step's own name says too is meant, and so is a trial with a few less.
 */
export function besideParameters(
  count: TypedCount,
  all: readonly TypedCount[],
  { head, steps }: Pick<StepsContext, 'head' | 'steps'>,
): readonly Evidence[] {
  if (count.numbers.includes(count.value)) return [];
  const near = head.parameters.filter((parameter) => {
    const usual = defaultOf(parameter) ?? count.value;
    return isSlip(count.value, usual) && (count.value > usual || changesTenfold(count.value, usual));
  });
  const [parameter] = near;
  const name = parameter?.name.value;
  if (parameter === undefined || name === undefined || near.length > 1) return [];
  const uses = all.filter((other) => other.parameter === name);
  const isMeant =
    uses.length > 0
      ? uses.every(({ key }) => key === count.key)
      : isOfServers(name, count) && !steps.some(({ reading }) => isUsed(reading, name));
  const meant = defaultOf(parameter);
  if (!isMeant || meant === undefined) return [];
  return [{ meant, said: `the parameter \`${name}\` stands for ${meant} where nobody says another figure` }];
}

function defaultOf({ default: usual }: Parameter): number | undefined {
  return /^\d{1,9}$/.test(usual?.value ?? '') ? Number(usual?.value) : undefined;
}

function isOfServers(name: string, { kind, effect }: TypedCount): boolean {
  if (kind === 'batch') return /batch|at_?once|parallel/i.test(name);
  if (effect === 'scale-to') return /size|replicas|capacity/i.test(name);
  return /count|servers|hosts|nodes|instances|how_?many/i.test(name);
}

/** Whether the step or one in it uses the parameter elsewhere than in words for people. */
function isUsed({ step, inner }: StepReading, name: string): boolean {
  const own = step.uses.some((use) => use.name === name && !isProse(step, use.span));
  return own || inner.some((reading) => isUsed(reading, name));
}

function isProse({ name, description }: Step, { start, end }: Span): boolean {
  return [name, description].some((text) => text !== undefined && text.span.start <= start && end <= text.span.end);
}

/**
 * Counts that stand out among those of the same command on the same servers, or on servers that are quite alike.
 * All the others agree, and a digit too many or too few is what makes the difference.
 * A small first one is a trial, a small last one is the rest, and after single servers a large last one is a ramp: these are meant.
 */
export function oddOnes(all: readonly TypedCount[], capacity: Capacity | undefined): ReadonlyMap<number, Evidence> {
  const known = capacity && lastOf.get(capacity);
  const changed = known && changedValues(known.all, all);
  const compared = known && changed ? comparedAgain(known, all, changed) : compare(all, siblingsIn(all, capacity));
  if (capacity !== undefined) lastOf.set(capacity, compared);
  return compared.odd;
}

/** Indexes of counts that are to be compared, in their order. */
type Siblings = readonly number[];

/** Siblings of two kinds: counts on the same servers, and on alike ones. Where both find an odd one, the second speaks. */
interface Compared {
  readonly all: readonly TypedCount[];
  readonly siblings: readonly Siblings[];
  /** What each of them found. */
  readonly found: readonly (readonly [number, Evidence] | undefined)[];
  readonly odd: ReadonlyMap<number, Evidence>;
}

/** What was worked out last against a fleet: most edits change one count, or none. */
const lastOf = new WeakMap<Capacity, Compared>();

/** Where the counts differ in their values; undefined where they differ in more. */
function changedValues(old: readonly TypedCount[], now: readonly TypedCount[]): readonly number[] | undefined {
  if (old.length !== now.length) return undefined;
  const changed: number[] = [];
  for (let i = 0; i < now.length; i++) {
    const a = old[i];
    const b = now[i];
    if (a === b || a === undefined || b === undefined) continue;
    if (a.key !== b.key) return undefined;
    if (a.value !== b.value || a.parameter !== b.parameter) changed.push(i);
  }
  return changed;
}

function compare(all: readonly TypedCount[], siblings: readonly Siblings[]): Compared {
  return withOdd({ all, siblings, found: siblings.map((some) => oddAmong(some, all)) });
}

function comparedAgain(known: Compared, all: readonly TypedCount[], changed: readonly number[]): Compared {
  if (changed.length === 0) return known.all === all ? known : { ...known, all };
  const isTouched = (some: Siblings) => changed.some((i) => some.includes(i));
  const { siblings } = known;
  return withOdd({
    all,
    siblings,
    found: siblings.map((some, i) => (isTouched(some) ? oddAmong(some, all) : known.found[i])),
  });
}

function withOdd(compared: Omit<Compared, 'odd'>): Compared {
  return { ...compared, odd: new Map(compared.found.filter((one) => one !== undefined)) };
}

function siblingsIn(all: readonly TypedCount[], capacity: Capacity | undefined): readonly Siblings[] {
  const same = new Map<string, number[]>();
  all.forEach(({ key }, i) => {
    putInto(same, key, i);
  });
  const alike = new Map<string, number[]>();
  for (const siblings of same.values()) {
    const first = all[siblings[0] ?? -1];
    const key = capacity && first && likeness(first, capacity);
    if (key !== undefined) for (const i of siblings) putInto(alike, key, i);
  }
  const more = [...alike.values()].map((siblings) => siblings.sort((a, b) => a - b));
  return [...same.values(), ...more].filter(({ length }) => length >= fewestSiblings);
}

function putInto(groups: Map<string, number[]>, key: string, index: number): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [index]);
  else group.push(index);
}

/** The same for counts of the same command on groups of one size that serve the same; undefined where the target is no group. */
function likeness({ effect, kind, unit, tool, target }: TypedCount, capacity: Capacity): string | undefined {
  const group = target.length === 1 ? capacity.groupByName.get(target[0] ?? '') : undefined;
  if (group === undefined) return undefined;
  return `${effect} ${kind} ${unit}${tool} ${group.size} ${group.unavailable} ${group.units.join()}`;
}

/** Of fewer counts nobody can say which is the odd one. */
const fewestSiblings = 3;

function oddAmong(siblings: Siblings, all: readonly TypedCount[]): readonly [number, Evidence] | undefined {
  const at = (i: number) => all[siblings[i] ?? -1];
  const [a, b, c] = [at(0)?.value, at(1)?.value, at(2)?.value];
  const usual = a === b ? a : c;
  const others = siblings.filter((i) => all[i]?.value !== usual);
  const [index = -1] = others;
  const one = all[index];
  if (others.length !== 1 || one === undefined || usual === undefined) return undefined;
  if (one.parameter !== undefined || !changesTenfold(one.value, usual)) return undefined;
  const isFirst = siblings[0] === index;
  const isLast = siblings.at(-1) === index;
  const isMeant = one.value < usual ? isFirst || isLast : isLast && usual === 1;
  if (isMeant) return undefined;
  const said = `the same command takes ${usual}${one.unit} in ${counted(siblings.length - 1, 'other place')}`;
  return [index, { meant: usual, said }];
}
