import { difference, type HostSet, intersection } from '../model/hosts.ts';
import type { Capacity, GroupCapacity } from './capacity.ts';
import type { Selection } from './resolve.ts';

/**
 * Servers that nothing in the runbook tells apart: a group, or the part of a group that the same host lists name.
 * The simulation counts servers by cell and never looks at a single one.
 */
export interface Cell {
  readonly index: number;
  readonly group: GroupCapacity;
  readonly hosts: HostSet | undefined;
  /** Servers that are in service when the runbook starts. */
  readonly servers: number;
  /** Servers, the unavailable ones included. */
  readonly size: number;
  /** Servers that a step adds to the group join this cell. */
  readonly grows: boolean;
}

/** Some cells, by index, ascending. The same cells are always the same object. */
export interface Pool {
  readonly cells: readonly number[];
}

/** The fleet cut into cells. */
export interface Cells {
  readonly cells: readonly Cell[];
  /** Groups whose unavailable servers are a count while the runbook names single hosts: it is unknown which cells they are in. */
  readonly unavailable: readonly { readonly pool: Pool; readonly count: number }[];
  poolOf(selection: Selection): Pool;
  pool(cells: readonly number[]): Pool;
}

/** Cuts the groups along every list of hosts in `selections`; `growing` are the groups that a step may add servers to. */
export function cutFleet(
  capacity: Capacity,
  selections: readonly Selection[],
  growing: ReadonlySet<GroupCapacity>,
): Cells {
  const named = new Map<GroupCapacity, HostSet[]>();
  for (const { parts } of selections) {
    for (const { group, hosts } of parts) {
      if (hosts !== undefined && hosts.size < group.size) named.set(group, [...(named.get(group) ?? []), hosts]);
    }
  }
  const cells: Cell[] = [];
  const ofGroup: number[][] = [];
  const unavailable: { pool: Pool; count: number }[] = [];
  const pools = new Map<string, Pool>();
  const pool = (indices: readonly number[]): Pool => {
    const sorted = [...new Set(indices)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = pools.get(key) ?? { cells: sorted };
    pools.set(key, known);
    return known;
  };

  for (const group of capacity.groups) {
    const lists = named.get(group) ?? [];
    const pieces =
      group.hosts === undefined ? [undefined] : cut(group.hosts, [...lists, ...listOf(group.unavailableHosts)]);
    const indices: number[] = [];
    for (const hosts of pieces) {
      const size = hosts?.size ?? group.size;
      const out =
        group.unavailableHosts !== undefined && hosts !== undefined
          ? intersection(hosts, group.unavailableHosts).size
          : pieces.length === 1
            ? group.unavailable
            : 0;
      indices.push(cells.length);
      cells.push({
        index: cells.length,
        group,
        hosts,
        servers: Math.max(0, size - out),
        size,
        grows: hosts === undefined && growing.has(group),
      });
    }
    if (growing.has(group) && group.hosts !== undefined) {
      // New servers have no names yet, so that no list of hosts means them.
      indices.push(cells.length);
      cells.push({ index: cells.length, group, hosts: undefined, servers: 0, size: 0, grows: true });
    }
    ofGroup[group.index] = indices;
    if (pieces.length > 1 && group.unavailableHosts === undefined && group.unavailable > 0) {
      unavailable.push({ pool: pool(indices), count: group.unavailable });
    }
  }

  return {
    cells,
    unavailable,
    pool,
    poolOf: (selection) =>
      pool(
        selection.parts.flatMap(({ group, hosts }) =>
          (ofGroup[group.index] ?? []).filter((index) => {
            const own = cells[index]?.hosts;
            if (hosts === undefined) return true;
            return own === undefined ? group.hosts === undefined : intersection(own, hosts).size > 0;
          }),
        ),
      ),
  };
}

function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
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
