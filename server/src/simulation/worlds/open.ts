import type { Seconds } from '../../model/leaf.ts';
import type { GroupCapacity } from '../fleet/capacity.ts';
import type { Figures } from '../outcome.ts';
import { type Alternative, countsTo, type Factor, type Leaving, nothing } from './factor.ts';
import { type Take, weights } from './place.ts';
import { splits } from './splits.ts';
import { bringBack, keyOf, type Status, statusOf, takeOut, together } from './status.ts';
import { count } from './tallies.ts';
import type { World } from './world.ts';

/**
 * Servers that left some cells, unknown which, in more ways than are written out.
 * Every way to place the takes in what the cells had in service is one world; what can have gone from where is a transport problem.
 */
export interface Open {
  /** A cell that servers have joined since something was taken out of it has another position for these. */
  readonly cells: readonly number[];
  /** By position: the cells as they would be had nothing been taken. */
  readonly base: readonly Status[];
  readonly takes: readonly OpenTake[];
}

export interface OpenTake extends Take {
  readonly origin: string;
  /** When the servers left, in seconds since the runbook started. */
  readonly at: Seconds;
  /** Out; or back, and warming up until then, by position; or back for good, so that they only bind what was taken beside them. */
  readonly state: 'out' | { readonly ready: ReadonlyMap<number, Seconds> } | 'back';
}

/** What left: as units, and as takes of which it is unknown which servers they were. */
export interface Past {
  readonly leavings: readonly Leaving[];
  readonly opens: readonly Left[];
  /** One of many, of which those are kept that show the least and the most that any one window may hold. */
  readonly isExtreme?: boolean;
}

/** Servers that have left and are back. */
export interface Left extends Open {
  /** One way of many that shows what any one window may hold: what went before the window binds nothing, and there are more ways than these. */
  readonly isRough?: boolean;
}

/** What left not long ago and is back, so that it counts for rates alone: one of these is the case, unknown which. */
export type Echo = readonly Past[];

/** An open as a factor. */
export interface WrittenOut extends Factor {
  readonly from: Open;
}

export function roomsOf({ base }: Open): readonly number[] {
  return base.map(({ inService }) => inService);
}

const ranges = new WeakMap<Open, Map<number, Figures>>();

/** What the cells bring to a tally of the fleet, at worst and at best. */
export function openRange(world: World, open: Open, tally: number): Figures {
  if (!countsTo(world, open.cells, tally)) return nothing;
  const ofOpen = ranges.get(open) ?? new Map<number, Figures>();
  ranges.set(open, ofOpen);
  const known = ofOpen.get(tally);
  if (known !== undefined) return known;
  const full = baseTally(world, open);
  const lost = weights(open.takes, roomsOf(open), (take, position) => weightIn(world, open, take, position, tally));
  const held = full[tally] ?? 0;
  const made = { worst: held - (lost?.most ?? 0), best: held - (lost?.least ?? 0) };
  ofOpen.set(tally, made);
  return made;
}

/** The tallies of the fleet that the cells would bring had nothing been taken. */
export function baseTally(world: World, { cells, base }: Open): readonly number[] {
  const full = new Array<number>(world.gauges.count).fill(0);
  for (const [i, cell] of cells.entries()) count(world.gauges, full, world.cells.cells[cell]?.group.index, base[i], 1);
  return full;
}

/** What the tally loses by one server of a take in a cell. */
export function weightIn(world: World, { cells, takes }: Open, take: number, position: number, tally: number): number {
  if (!isGone(takes[take], position)) return 0;
  return cellWeight(world, cells[position] ?? -1, tally);
}

/** Whether servers of the take that are from the cell do not count. */
export function isGone(take: OpenTake | undefined, position: number): boolean {
  if (take === undefined || take.state === 'back') return false;
  return take.state === 'out' || take.state.ready.has(position);
}

export function cellWeight(world: World, cell: number, tally: number): number {
  const group = world.cells.cells[cell]?.group.index;
  const own = group === undefined ? undefined : world.gauges.weights[group];
  for (const { tally: at, units } of own?.inService ?? []) if (at === tally) return units;
  // Servers that are out add to a tally of those.
  for (const { tally: at, units } of own?.out ?? []) if (at === tally) return -units;
  return 0;
}

/** Everything written out; undefined where that are more than `most` alternatives. */
export function writtenOut(world: World, open: Open, now: Seconds, most: number): WrittenOut | undefined {
  const alternatives: Alternative[] = [];
  const place = (
    at: number,
    rooms: readonly number[],
    statuses: readonly Status[],
    leavings: readonly Leaving[],
  ): boolean => {
    const take = open.takes[at];
    if (take === undefined) {
      alternatives.push({ statuses, leavings });
      return alternatives.length <= most;
    }
    for (const taken of splits(
      take.positions.map((position) => rooms[position] ?? 0),
      take.count,
    )) {
      const nextRooms = [...rooms];
      const next = [...statuses];
      for (const [i, position] of take.positions.entries()) {
        const servers = taken[i] ?? 0;
        const status = next[position];
        if (servers === 0 || status === undefined) continue;
        nextRooms[position] = (nextRooms[position] ?? 0) - servers;
        next[position] = after(status, servers, take, position);
      }
      if (!place(at + 1, nextRooms, next, withLeaving(world, open, take, taken, leavings, now))) return false;
    }
    return true;
  };
  if (!place(0, roomsOf(open), open.base, [])) return undefined;
  const cells = cellsOf(open.cells);
  if (cells.length === open.cells.length) return { cells, alternatives, from: open };
  return {
    cells,
    from: open,
    alternatives: alternatives.map(({ statuses, leavings }) => ({
      statuses: byCell(open.cells, statuses),
      leavings,
    })),
  };
}

/** The cell after so many of its servers went with the take. */
export function after(status: Status, servers: number, { origin, state }: OpenTake, position: number): Status {
  if (state === 'back') return status;
  const out = takeOut(status, servers, origin);
  return state === 'out' ? out : bringBack(out, origin, servers, state.ready.get(position));
}

function withLeaving(
  world: World,
  open: Open,
  take: OpenTake,
  taken: readonly number[],
  leavings: readonly Leaving[],
  now: Seconds,
): readonly Leaving[] {
  if (now - take.at >= world.window) return leavings;
  const units = new Map<number, number>();
  for (const [i, position] of take.positions.entries()) {
    const group = groupAt(world, open, position);
    for (const { index, rate } of world.capacity.subsystems) {
      const each = group?.units[index] ?? 0;
      if (rate !== undefined && each > 0 && (taken[i] ?? 0) > 0)
        units.set(index, (units.get(index) ?? 0) + each * (taken[i] ?? 0));
    }
  }
  return units.size === 0 ? leavings : [...leavings, { at: take.at, parts: [...units].sort((a, b) => a[0] - b[0]) }];
}

/** Whether two takes can have taken the same servers. */
function overlaps(a: Take, b: Take): boolean {
  return a.positions.some((position) => b.positions.includes(position));
}

/** The cells as they are when everything is back. */
export function wholeOf(open: Open): Factor {
  return { cells: cellsOf(open.cells), alternatives: [{ statuses: byCell(open.cells, open.base), leavings: [] }] };
}

/** The cells at some positions, each once. */
export function cellsOf(cells: readonly number[]): readonly number[] {
  return [...new Set(cells.filter(isCell))];
}

/** By these cells, what there is at all positions of each. */
export function byCell(cells: readonly number[], statuses: readonly Status[]): readonly Status[] {
  const all = new Map<number, Status>();
  for (const [i, cell] of cells.entries()) {
    const [status, known] = [statuses[i], all.get(cell)];
    if (isCell(cell) && status !== undefined) all.set(cell, known === undefined ? status : together(known, status));
  }
  return [...all.values()];
}

/** The positions of some cells. */
export function positionsOf({ cells }: Open, wanted: readonly number[]): readonly number[] {
  return cells.flatMap((cell, position) => (wanted.includes(cell) ? [position] : []));
}

/** Servers of which only the sum matters: out of the same cells, because of the same steps, and too long ago or too harmless for a rate. */
export function joinedTakes(world: World, open: Open, now: Seconds): Open {
  const all = new Map<string, OpenTake>();
  for (const take of open.takes) {
    const isRecent = now - take.at < world.window;
    const key =
      take.state === 'out' ? `${isRecent ? take.at : ''}x${take.positions.join()}x${take.origin}` : `${all.size}`;
    const known = all.get(key);
    all.set(key, known === undefined ? take : { ...take, count: known.count + take.count });
  }
  return all.size === open.takes.length ? open : { ...open, takes: [...all.values()] };
}

/** What is left when servers have come back for good: a take that binds no other is forgotten. Undefined: everything is known again. */
export function tidied(open: Open): Open | undefined {
  let takes = open.takes.filter((take) => take.state !== 'back');
  if (takes.length === 0) return undefined;
  // What bound one that bound another binds it too.
  for (let known = -1; known !== takes.length; ) {
    known = takes.length;
    takes = open.takes.filter((take) => takes.includes(take) || takes.some((other) => overlaps(take, other)));
  }
  const rooms = roomsOf(open);
  const spare = takes.find((take) => take.state === 'back' && leavesRoom(take, takes, rooms));
  if (spare !== undefined) return tidied({ ...open, takes: takes.filter((take) => take !== spare) });
  return takes.length === open.takes.length ? open : { ...open, takes };
}

/** Whether a take finds the room that it needs however the others are placed: of its cells, they take as much in any case, or leave enough. */
function leavesRoom(take: Take, takes: readonly Take[], rooms: readonly number[]): boolean {
  const others = takes.filter((other) => other !== take && overlaps(take, other));
  if (others.every(({ positions }) => positions.every((position) => take.positions.includes(position)))) return true;
  const room = take.positions.reduce((sum, position) => sum + (rooms[position] ?? 0), 0);
  return others.reduce((sum, { count }) => sum + count, take.count) <= room;
}

/** In place of a cell: room for servers of it that are back, which count again in the cell and are there to be taken. */
function backFrom(cell: number): number {
  return -1 - cell;
}

function isCell(cell: number | undefined): boolean {
  return cell !== undefined && cell >= 0;
}

/** The group of the servers that left a position, also of those that are back. */
export function groupAt({ cells }: World, open: Pick<Open, 'cells'>, position: number): GroupCapacity | undefined {
  const cell = open.cells[position] ?? Number.NaN;
  return cells.cells[isCell(cell) ? cell : backFrom(cell)]?.group;
}

/**
 * The open with what is back set apart, so that the cells are there for another take with all the servers that count in them.
 * Undefined where what is back was taken beside others, whose places depend on its own.
 */
export function withoutBack(open: Open): Open | undefined {
  const isBack = (take: OpenTake) =>
    take.positions.some((position) => isCell(open.cells[position]) && !isGone(take, position));
  if (!open.takes.some(isBack)) return open;
  const cells = [...open.cells];
  const base = [...open.base];
  const takes: OpenTake[] = [];
  for (const take of open.takes) {
    if (!isBack(take)) {
      takes.push(take);
      continue;
    }
    if (open.takes.some((other) => other !== take && overlaps(other, take))) return undefined;
    const positions = take.positions.map((position) => {
      if (isGone(take, position) || !isCell(cells[position])) return position;
      base.push(statusOf(open.base[position]?.inService ?? 0));
      return cells.push(backFrom(cells[position] ?? Number.NaN)) - 1;
    });
    takes.push({ ...take, positions });
  }
  return { cells, base, takes };
}

/** Two opens with the same key are the same from now on. */
export function openKey(world: World, { cells, base, takes }: Open, now: Seconds): string {
  const held = base.map((status) => keyOf(status, now)).join();
  const parts = takes.map(({ positions, count: servers, origin, at, state }) => {
    const age = now - at < world.window ? now - at : '';
    const how =
      typeof state === 'object'
        ? [...state.ready].map(([position, ready]) => `${position}@${ready - now}`).join()
        : state;
    return `${positions.join()}x${servers}o${origin}a${age}s${how}`;
  });
  return `${cells.join()}=${held}/${parts.join('/')}`;
}
