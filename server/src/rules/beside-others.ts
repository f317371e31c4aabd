import type { StepReading } from '../commands/read-step.ts';
import type { Parameter, Step } from '../model/runbook.ts';
import type { Capacity } from '../simulation/capacity.ts';
import type { Span } from '../syntax/span.ts';
import type { Evidence } from './evidence.ts';
import type { StepsContext } from './rule.ts';
import { changesTenfold, isSlip } from './slip.ts';
import type { TypedCount } from './typed-counts.ts';
import { counted } from './words.ts';

const none: readonly Evidence[] = [];

/** A parameter that stands for just such a count says another figure by default, and the step does not use it. */
export function besideParameters(
  count: TypedCount,
  all: readonly TypedCount[],
  { head, steps }: Pick<StepsContext, 'head' | 'steps'>,
): readonly Evidence[] {
  if (head.parameters.length === 0) return none;
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
export function oddOnes(all: readonly TypedCount[], capacity: Capacity | undefined): ReadonlyMap<TypedCount, Evidence> {
  const odd = new Map<TypedCount, Evidence>();
  for (const among of [groupsOf(all, ({ key }) => key), groupsOf(all, (count) => alike(count, capacity))]) {
    for (const siblings of among) {
      const one = oddOne(siblings);
      const usual = siblings.find(({ value }) => value !== one?.value)?.value;
      if (one === undefined || usual === undefined) continue;
      const said = `the same command takes ${usual} in ${counted(siblings.length - 1, 'other place')}`;
      odd.set(one, { meant: usual, said });
    }
  }
  return odd;
}

function groupsOf(
  all: readonly TypedCount[],
  keyOf: (count: TypedCount) => string | undefined,
): Iterable<readonly TypedCount[]> {
  const groups = new Map<string, TypedCount[]>();
  for (const count of all) {
    const key = keyOf(count);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [count]);
    else group.push(count);
  }
  return groups.values();
}

const likenesses = new WeakMap<
  TypedCount,
  { readonly capacity: Capacity | undefined; readonly key: string | undefined }
>();

/** The same for counts of the same command on groups of one size that serve the same; undefined where the target is no group. */
function alike(count: TypedCount, capacity: Capacity | undefined): string | undefined {
  const known = likenesses.get(count);
  if (known !== undefined && known.capacity === capacity) return known.key;
  const key = likenessOf(count, capacity);
  likenesses.set(count, { capacity, key });
  return key;
}

function likenessOf({ effect, kind, tool, target }: TypedCount, capacity: Capacity | undefined): string | undefined {
  const group = target.length === 1 ? capacity?.groupByName.get(target[0] ?? '') : undefined;
  if (group === undefined) return undefined;
  return `${effect} ${kind} ${tool} ${group.size} ${group.unavailable} ${group.units.join()}`;
}

function oddOne(siblings: readonly TypedCount[]): TypedCount | undefined {
  if (siblings.length < 3) return undefined;
  const [a, b, c] = siblings;
  const usual = a?.value === b?.value ? a?.value : c?.value;
  const others = siblings.filter(({ value }) => value !== usual);
  const [one] = others;
  if (one === undefined || usual === undefined || others.length > 1) return undefined;
  if (one.parameter !== undefined || !changesTenfold(one.value, usual)) return undefined;
  const isFirst = siblings[0] === one;
  const isLast = siblings.at(-1) === one;
  if (one.value < usual) return isFirst || isLast ? undefined : one;
  return isLast && usual === 1 ? undefined : one;
}
