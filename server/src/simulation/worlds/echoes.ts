import type { Seconds } from '../../model/leaf.ts';
import type { Work } from '../work.ts';
import type { Branch } from './belief.ts';
import type { Factor, Leaving } from './factor.ts';
import { leavingsKey, withLeaving } from './leavings.ts';
import type { Echo, Open, Past } from './open.ts';
import { distinctPasts, holds, isRecent, joined, pastKey, pastOf, pastRange, pastWays, type Span } from './past.ts';
import type { Scope, World } from './world.ts';

/** Units of a subsystem that left at the moments that are asked for. */
export function echoRange(
  world: World,
  echoes: readonly Echo[],
  subsystem: number,
  isAsked: (at: Seconds) => boolean,
): Span {
  let [least, most] = [0, 0];
  for (const echo of echoes) {
    const span = spanOf(echo.map((past) => pastRange(world, past, subsystem, isAsked)));
    least += span.least;
    most += span.most;
  }
  return { least, most };
}

/** Those that show the least and the most that any one window may hold of a subsystem from now on, which is all that is asked of many. */
export function extremesOf(world: World, pasts: readonly Past[], now: Seconds, work: Work): readonly Past[] {
  const rated = world.capacity.subsystems.filter(
    ({ index, rate }) => rate !== undefined && pasts.some((past) => holds(world, past, index)),
  );
  const moments = momentsOf(pasts).filter((at) => now - at < world.window);
  // Of each it is asked what a window holds that begins at each moment.
  work.done += (pasts.length * moments.length * rated.length) >> 4;
  const kept = new Set<Past>(pasts.slice(0, 1));
  for (const { index } of rated)
    for (const since of moments) {
      const spans = pasts.map((past) => pastRange(world, past, index, (at) => at >= since));
      const { least, most } = spanOf(spans);
      const extremes = [spans.findIndex((span) => span.least === least), spans.findIndex((span) => span.most === most)];
      for (const past of extremes.flatMap((found) => pasts[found] ?? [])) kept.add(past);
    }
  return [...kept].map((past) => ({ ...past, isExtreme: true }));
}

function momentsOf(echo: Echo): readonly Seconds[] {
  const all = echo.flatMap(({ leavings, opens }) => [...leavings, ...opens.flatMap(({ takes }) => takes)]);
  return [...new Set(all.map(({ at }) => at))];
}

function spanOf(spans: readonly Span[]): Span {
  return { least: Math.min(...spans.map(({ least }) => least)), most: Math.max(...spans.map(({ most }) => most)) };
}

/** The branch that remembers servers which have come back, for the rates. */
export function withEcho(world: World, branch: Branch, open: Open): Branch {
  return open.takes.length === 0 ? branch : withOneOf(branch, [pastOf(world, open)]);
}

/** All that the branch remembers of what has left, but for what is out: each way in which that may be; undefined where they are more than `most`. */
export function pastsOf({ leavings, echoes, factors }: Branch, most: number): readonly Past[] | undefined {
  const ofFactors = factors.filter(isOfRates).map(echoOf);
  let all: readonly Past[] = [{ leavings, opens: [] }];
  for (const echo of [...echoes, ...ofFactors]) {
    if (all.length * echo.length > most) return undefined;
    all = all.flatMap((one) => echo.map((other) => joined(one, other)));
  }
  return all;
}

/** The branch that remembers nothing of what has left, but for what is out. */
export function withoutPast(branch: Branch): Branch {
  return { ...withoutFactors(branch, branch.factors.filter(isOfRates)), leavings: [], echoes: [] };
}

/** The branch in which it is left open what has left, where that is all that a factor says. */
export function withRatesOpen(branch: Branch): Branch {
  const ofRates = branch.factors.filter(isOfRates);
  if (ofRates.length === 0) return branch;
  return { ...withoutFactors(branch, ofRates), echoes: [...branch.echoes, ...ofRates.map(echoOf)] };
}

function withoutFactors(branch: Branch, some: readonly Factor[]): Branch {
  return { ...branch, factors: branch.factors.filter((factor) => !some.includes(factor)) };
}

function echoOf({ alternatives }: Factor): Echo {
  return alternatives.map(({ leavings }) => ({ leavings, opens: [] }));
}

function isOfRates({ cells }: Factor): boolean {
  return cells.length === 0;
}

/** The branch that remembers that one of these is what left, unknown which. */
export function withOneOf(branch: Branch, echo: Echo): Branch {
  const [only] = echo;
  if (only !== undefined && echo.length === 1 && only.opens.length === 0)
    return { ...branch, leavings: only.leavings.reduce(withLeaving, branch.leavings) };
  return { ...branch, echoes: [...branch.echoes, echo] };
}

/** Echoes that a window may still hold. */
export function stillHeard(world: World, echoes: readonly Echo[], now: Seconds): readonly Echo[] {
  const heard = echoes.filter((echo) => echo.some((past) => isRecent(world, past, now)));
  return heard.map((echo) => (echo.length === 1 ? echo : distinctPasts(world, echo, now)));
}

const keys = new WeakMap<Echo, { readonly now: Seconds; readonly window: Seconds; readonly key: string }>();

/** Two echoes with the same key count the same from now on. */
export function echoKey(world: World, echo: Echo, now: Seconds): string {
  const known = keys.get(echo);
  if (known?.now === now && known.window === world.window) return known.key;
  const all = echo.map((past) => pastKey(world, past, now));
  const key = all.sort().join(' or ');
  keys.set(echo, { now, window: world.window, key });
  return key;
}

/** Whether servers of a subsystem may be among what left. */
export function hears(world: World, echo: Echo, subsystem: number): boolean {
  return echo.some((past) => holds(world, past, subsystem));
}

/** What may have left: each way once, however many choices of servers come to it. Undefined where they are more than `most`. */
export function echoWays(
  world: World,
  echo: Echo,
  now: Seconds,
  most: number,
): readonly (readonly Leaving[])[] | undefined {
  const all = new Map<string, readonly Leaving[]>();
  if (echo.length > most) return undefined;
  for (const past of echo) {
    const ways = pastWays(world, past, now, most);
    for (const way of ways ?? []) all.set(leavingsKey(way, now), way);
    if (ways === undefined || all.size > most) return undefined;
  }
  return [...all.values()];
}

/** Whether a step that takes servers out of the scope hears what may have gone of late in more ways than are worth following. */
export function hearsManyWays(world: World, { echoes, now }: Branch, { rates }: Scope): boolean {
  return echoes.some(
    (echo) =>
      rates.some(({ gauge }) => hears(world, echo, gauge.subsystem.index)) &&
      echoWays(world, echo, now, world.fewWays) === undefined,
  );
}
