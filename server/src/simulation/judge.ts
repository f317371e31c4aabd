import type { Choice } from './flow.ts';
import type { Breach, Figures, RateBreach } from './outcome.ts';
import { aged, left, rateBreaches } from './rate.ts';
import type { Rolling } from './restart.ts';
import { canSpareAll } from './sparing.ts';
import { choicesOf, figures, roomIn, type State, type World } from './state.ts';
import { witnessOf } from './witness.ts';

/** What is wrong with servers leaving service. */
export interface Judged {
  readonly state: State;
  readonly breaches: readonly Breach[];
  readonly certain: boolean;
  readonly rates: readonly RateBreach[];
}

/** A change of capacity: `before`, at its lowest moment, and `after`. */
export interface Change {
  readonly before: State;
  readonly during: State;
  readonly lowest: readonly Figures[];
  readonly after: State;
  readonly taken: Choice;
  /** For a restart: how its batches follow one another. */
  readonly rolling?: Rolling;
}

/** Compares the figures before and at the lowest moment, and says which subsystems fall, and which lose too much too fast. */
export function judge(world: World, change: Change): Judged {
  const { before, lowest } = change;
  const open = openPart(world, before, change.taken);
  const from = figures(world, before);
  const breaches: Breach[] = [];
  for (const { index, name, minimum } of world.capacity.subsystems) {
    const was = from[index];
    const is = lowest[index];
    if (was === undefined || is === undefined) continue;
    const mayFall = is.worst < was.worst && is.worst < minimum;
    const mustFall = is.best < was.best && is.best < minimum;
    if (!mayFall && !mustFall) continue;
    breaches.push({ subsystem: name, from: was, to: is, minimum, witness: witnessOf(world, before, open, index) });
  }
  const certain = breaches.length > 0 && isCertain(world, change.during, breaches);
  return { breaches, certain, ...leave(world, change, open) };
}

/** The cells that still had something to take, and how much of it. */
function openPart(world: World, state: State, taken: Choice): Choice {
  const cells = taken.cells.filter((cell) => roomIn(world, state, cell) > 0);
  return { cells, count: taken.count, limits: cells.map((cell) => roomIn(world, state, cell)) };
}

/** Enters what leaves in the state's memory, batch by batch. */
function leave(world: World, change: Change, open: Choice): { state: State; rates: readonly RateBreach[] } {
  const { after, rolling } = change;
  if (world.window === 0) return { state: after, rates: [] };
  if (rolling === undefined) {
    const state = left(world, after, open);
    return { state, rates: rateBreaches(world, state, open) };
  }
  const worst = new Map<string, RateBreach>();
  // A window that is full of batches looks the same from then on.
  const fills = rolling.every === 0 ? 1 : Math.ceil(world.window / rolling.every) + 1;
  const rounds = Math.min(rolling.rounds, fills);
  const each = rolling.every === 0 ? rolling.count : open.count;
  let now = change.before;
  for (let round = 0; round < rounds; round++) {
    const batch = { ...open, count: Math.min(each, rolling.count - round * each) };
    now = left(world, now, batch);
    for (const breach of rateBreaches(world, now, batch)) {
      const known = worst.get(breach.subsystem);
      if (known === undefined || breach.most > known.most) worst.set(breach.subsystem, breach);
    }
    now = { ...now, leavings: aged(world, now.leavings, rolling.every) };
  }
  return { state: { ...after, leavings: now.leavings, returned: now.leavings.length > 0 }, rates: [...worst.values()] };
}

/** Whether some subsystem falls whichever servers go: one of them always, or one or another because none spares them all. */
function isCertain(world: World, during: State, breaches: readonly Breach[]): boolean {
  if (breaches.some(({ to, minimum }) => to.best < minimum)) return true;
  if (breaches.length < 2 || choicesOf(during).length === 0) return false;
  const needs = breaches.flatMap(({ subsystem, minimum }) => {
    const known = world.capacity.subsystemByName.get(subsystem);
    return known === undefined ? [] : [{ subsystem: known.index, atLeast: minimum }];
  });
  return canSpareAll(world, during, needs) === false;
}
