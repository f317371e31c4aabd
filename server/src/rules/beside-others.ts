import type { StepReading } from '../commands/read-step.ts';
import type { Parameter, Step } from '../model/runbook.ts';
import type { Capacity } from '../simulation/capacity.ts';
import type { Span } from '../syntax/span.ts';
import type { Evidence } from './evidence.ts';
import type { StepsContext } from './rule.ts';
import { changesTenfold, isSlip } from './slip.ts';
import type { TypedCount } from './typed-counts.ts';
import { counted } from './words.ts';

/** A parameter that stands for just such a count says another figure by default, and the step does not use it. */
export function besideParameters(
  count: TypedCount,
  all: readonly TypedCount[],
  { head, steps }: Pick<StepsContext, 'head' | 'steps'>,
): readonly Evidence[] {
  const near = head.parameters.filter((parameter) => isSlip(count.value, defaultOf(parameter) ?? count.value));
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
  if (capacity === undefined) return oddAmong(all, undefined);
  const known = knownOdd.get(capacity);
  if (known !== undefined && sameCounts(known.all, all)) return known.odd;
  const odd = oddAmong(all, capacity);
  knownOdd.set(capacity, { all, odd });
  return odd;
}

/** The last that was worked out against a fleet: most edits change no count. */
const knownOdd = new WeakMap<
  Capacity,
  { readonly all: readonly TypedCount[]; readonly odd: ReadonlyMap<number, Evidence> }
>();

function sameCounts(a: readonly TypedCount[], b: readonly TypedCount[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      if (one === other || other === undefined) return one === other;
      return one.key === other.key && one.value === other.value && one.parameter === other.parameter;
    })
  );
}

function oddAmong(all: readonly TypedCount[], capacity: Capacity | undefined): ReadonlyMap<number, Evidence> {
  const odd = new Map<number, Evidence>();
  const note = (siblings: readonly number[]) => {
    const counts = siblings.flatMap((i) => all[i] ?? []);
    const one = oddOne(counts);
    const usual = counts.find(({ value }) => value !== one?.value)?.value;
    if (one === undefined || usual === undefined) return;
    const said = `the same command takes ${usual} in ${counted(siblings.length - 1, 'other place')}`;
    odd.set(siblings[counts.indexOf(one)] ?? -1, { meant: usual, said });
  };
  const same = new Map<string, number[]>();
  for (const [i, { key }] of all.entries()) putInto(same, key, i);
  const alike = new Map<string, number[]>();
  for (const siblings of same.values()) {
    note(siblings);
    const first = all[siblings[0] ?? -1];
    const key = capacity && first && likeness(first, capacity);
    if (key !== undefined) for (const i of siblings) putInto(alike, key, i);
  }
  for (const siblings of alike.values()) note(siblings.sort((a, b) => a - b));
  return odd;
}

function putInto(groups: Map<string, number[]>, key: string, index: number): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [index]);
  else group.push(index);
}

/** The same for counts of the same command on groups of one size that serve the same; undefined where the target is no group. */
function likeness({ effect, kind, tool, target }: TypedCount, capacity: Capacity): string | undefined {
  const group = target.length === 1 ? capacity.groupByName.get(target[0] ?? '') : undefined;
  if (group === undefined) return undefined;
  return `${effect} ${kind} ${tool} ${group.size} ${group.unavailable} ${group.units.join()}`;
}

function oddOne(siblings: readonly TypedCount[]): TypedCount | undefined {
  if (siblings.length < 3) return undefined;
  const [a, b, c] = siblings;
  const usual = a?.value === b?.value ? a?.value : c?.value;
  let one: TypedCount | undefined;
  for (const count of siblings) {
    if (count.value === usual) continue;
    if (one !== undefined) return undefined;
    one = count;
  }
  if (one === undefined || usual === undefined) return undefined;
  if (one.parameter !== undefined || !changesTenfold(one.value, usual)) return undefined;
  const isFirst = siblings[0] === one;
  const isLast = siblings.at(-1) === one;
  if (one.value < usual) return isFirst || isLast ? undefined : one;
  return isLast && usual === 1 ? undefined : one;
}
