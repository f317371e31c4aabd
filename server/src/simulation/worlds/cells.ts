import { difference, type HostSet, intersection, union } from '../../model/hosts.ts';
import type { Capacity, GroupCapacity } from '../fleet/capacity.ts';
import type { Selection } from '../fleet/resolve.ts';
import { classesOf } from './alike.ts';

/**
 * Servers that nothing in the runbook tells apart: the part of a group that the same targets name, and those of other groups that are like it.
 * The simulation counts servers by cell and never looks at a single one.
 */
export interface Cell {
  readonly index: number;
  /** Its group, or the first of its groups, which serve, warm up and stand alike. */
  readonly group: GroupCapacity;
  /** The groups, in the fleet's order, and the servers of each. */
  readonly members: readonly Member[];
  /** Servers that are in service when the runbook starts. */
  readonly servers: number;
  /** Servers, the unavailable ones included. */
  readonly size: number;
  /** Servers that a step adds to the group join this cell. */
  readonly grows: boolean;
}

export interface Member {
  readonly group: GroupCapacity;
  /** In service when the runbook starts. */
  readonly servers: number;
}

/** Some cells, by index, ascending. The same cells are always the same object, and another one where they only come back. */
export interface Pool {
  readonly cells: readonly number[];
  /** Servers come back to them and none leave, so that no rate is asked. */
  readonly onlyReturns?: true;
}

/** The fleet cut into cells. */
export interface Cells {
  readonly cells: readonly Cell[];
  /** Groups whose unavailable servers are a count while the runbook names single hosts: it is unknown which cells they are in. */
  readonly unavailable: readonly { readonly pool: Pool; readonly count: number }[];
  poolOf(selection: Selection): Pool;
  pool(cells: readonly number[]): Pool;
  /** No cell. */
  readonly empty: Pool;
}

/** What of the fleet the runbook tells apart. */
export interface Cuts {
  /** Everything that some step names. */
  readonly selections: readonly Selection[];
  /** Groups that a step may add servers to. */
  readonly growing: ReadonlySet<GroupCapacity>;
  /** Groups of which a step takes so many each. */
  readonly apart: ReadonlySet<GroupCapacity>;
}

/** A part of a group that every list of hosts names as a whole, or not at all. */
interface Piece extends Pick<Cell, 'group' | 'servers' | 'size' | 'grows'> {
  readonly hosts: HostSet | undefined;
}

/** Cuts the groups along every list of hosts, and puts together what no step tells apart. */
export function cutFleet(capacity: Capacity, { selections, growing, apart }: Cuts): Cells {
  const pieces: Piece[] = [];
  const ofGroup: (readonly number[])[] = [];
  const single = new Set<number>();
  const unsure: { readonly pieces: readonly number[]; readonly count: number }[] = [];
  const named = hostListsOf(selections);
  for (const group of capacity.groups) {
    const own = piecesOf(group, named.get(group) ?? [], growing.has(group));
    const indices = own.map((_, i) => pieces.length + i);
    pieces.push(...own);
    ofGroup[group.index] = indices;
    const existing = indices.filter((index) => (pieces[index]?.size ?? 0) > 0);
    const isUnsure = existing.length > 1 && group.unavailableHosts === undefined && group.unavailable > 0;
    if (isUnsure) unsure.push({ pieces: existing, count: group.unavailable });
    if (isUnsure || growing.has(group) || apart.has(group)) for (const index of indices) single.add(index);
  }
  const piecesIn = ({ parts }: Selection) =>
    parts.flatMap(({ group, hosts }) =>
      (ofGroup[group.index] ?? []).filter((index) => {
        const own = pieces[index]?.hosts;
        return hosts === undefined || (own !== undefined && intersection(own, hosts).size > 0);
      }),
    );
  const { cells, cellOf } = together(pieces, classesOf(capacity, pieces, single, selections.map(piecesIn)));
  const pools = new Map<string, Pool>();
  const pool = (indices: readonly number[]): Pool => {
    const sorted = indices.length === 1 ? indices : [...new Set(indices)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = pools.get(key) ?? { cells: sorted };
    pools.set(key, known);
    return known;
  };
  const poolOf = (own: readonly number[]) => pool(own.flatMap((piece) => cellOf[piece] ?? []));
  return {
    cells,
    unavailable: unsure.map(({ pieces: own, count }) => ({ pool: poolOf(own), count })),
    pool,
    empty: pool([]),
    poolOf: (selection) => poolOf(piecesIn(selection)),
  };
}

/** By group: the lists of hosts that name some of it. */
function hostListsOf(selections: readonly Selection[]): ReadonlyMap<GroupCapacity, readonly HostSet[]> {
  const named = new Map<GroupCapacity, HostSet[]>();
  for (const { parts } of selections) {
    for (const { group, hosts } of parts) {
      if (hosts !== undefined && hosts.size !== group.hosts?.size)
        named.set(group, [...(named.get(group) ?? []), hosts]);
    }
  }
  return named;
}

function piecesOf(group: GroupCapacity, lists: readonly HostSet[], grows: boolean): readonly Piece[] {
  const { hosts: whole, unavailableHosts: out, size, unavailable } = group;
  const named = whole ?? lists.reduce<HostSet | undefined>((all, list) => (all ? union(all, list) : list), undefined);
  const cuts: (HostSet | undefined)[] = named ? [...cut(named, out === undefined ? lists : [...lists, out])] : [];
  // Where a group only counts its servers, there are others beside those that are named.
  const others = size - (named?.size ?? 0);
  if (named === undefined || others > 0) cuts.push(undefined);
  const pieces = cuts.map((hosts): Piece => {
    const own = hosts?.size ?? others;
    const gone =
      out !== undefined && hosts !== undefined ? intersection(hosts, out).size : cuts.length === 1 ? unavailable : 0;
    return { group, hosts, servers: Math.max(0, own - gone), size: own, grows: grows && hosts === undefined };
  });
  // New servers have no names yet, so that no list of hosts means them.
  if (grows && !cuts.includes(undefined)) pieces.push({ group, hosts: undefined, servers: 0, size: 0, grows });
  return pieces;
}

function cut(whole: HostSet, lists: readonly HostSet[]): readonly HostSet[] {
  let pieces: readonly HostSet[] = [whole];
  for (const list of lists) {
    pieces = pieces.flatMap((piece) => {
      const inside = intersection(piece, list);
      if (inside.size === 0 || inside.size === piece.size) return [piece];
      return [inside, difference(piece, inside)];
    });
  }
  return pieces;
}

/** Pieces of one class as one cell, and the cell of each piece. */
function together(
  pieces: readonly Piece[],
  classes: readonly number[],
): { readonly cells: readonly Cell[]; readonly cellOf: readonly number[] } {
  const cellOfClass = new Map<number, number>();
  const own: Piece[][] = [];
  const cellOf = pieces.map((piece, i) => {
    const known = cellOfClass.get(classes[i] ?? -1);
    if (known !== undefined) {
      own[known]?.push(piece);
      return known;
    }
    cellOfClass.set(classes[i] ?? -1, own.length);
    return own.push([piece]) - 1;
  });
  const cells = own.flatMap((all, index): Cell[] => {
    const [first] = all;
    if (first === undefined) return [];
    return [
      {
        index,
        group: first.group,
        members: all,
        servers: all.reduce((sum, { servers }) => sum + servers, 0),
        size: all.reduce((sum, { size }) => sum + size, 0),
        grows: first.grows,
      },
    ];
  });
  return { cells, cellOf };
}
