import type { Branch } from './belief.ts';
import { withFactor, withOpen } from './elapse.ts';
import { after, byCell, cellsOf, type Open, type OpenTake, openKey, roomsOf } from './open.ts';
import { placed } from './place.ts';
import { splits } from './splits.ts';
import { keyOf, type Status, statusOf } from './status.ts';
import type { World } from './world.ts';

/** What is known of some cells, and what is left open of the others. */
interface Condition {
  readonly statuses: readonly Status[];
  readonly rest: Open;
}

/**
 * The branch once for each way in which an open may have been at some of its cells: there everything is known, and the rest stays open.
 * Undefined where that are more than `most`.
 */
export function conditioned(
  world: World,
  branch: Branch,
  open: Open,
  inside: ReadonlySet<number>,
  most: number,
): readonly Branch[] | undefined {
  const isInside = open.cells.map((cell) => inside.has(cell));
  const cells = open.cells.filter((_, i) => isInside[i]);
  const found = conditionsOf(world, open, isInside, branch.now, most);
  return found?.map(({ statuses, rest }) => {
    const alternatives = [{ statuses: byCell(cells, statuses), leavings: [] }];
    const known = withFactor(world, branch, { cells: cellsOf(cells), alternatives });
    return withOpen(world, known, rest);
  });
}

function conditionsOf(
  world: World,
  open: Open,
  isInside: readonly boolean[],
  now: number,
  most: number,
): readonly Condition[] | undefined {
  const found = new Map<string, Condition>();
  const places: number[] = [];
  for (const [i, own] of isInside.entries()) places[i] = own ? -1 : places.filter((place) => place >= 0).length;
  const outside = <T>(list: readonly T[]) => list.filter((_, i) => !isInside[i]);
  const cells = outside(open.cells);
  const base = outside(open.base);
  const follow = (at: number, rooms: readonly number[], statuses: readonly Status[], rest: readonly OpenTake[]) => {
    if (found.size > most) return;
    const take = open.takes[at];
    if (take === undefined) {
      const left: Open = { cells, base, takes: rest };
      if (placed(rest, roomsOf(left), () => 0) === undefined) return;
      const own = statuses.filter((_, i) => isInside[i]);
      found.set(`${own.map((status) => keyOf(status, now)).join(';')} ${openKey(world, left, now)}`, {
        statuses: own,
        rest: left,
      });
      return;
    }
    const here = take.positions.filter((position) => isInside[position]);
    const there = take.positions.filter((position) => !isInside[position]);
    const elsewhere = there.reduce((sum, position) => sum + (rooms[position] ?? 0), 0);
    for (const taken of splits([...here.map((position) => rooms[position] ?? 0), elsewhere], take.count)) {
      const nextRooms = [...rooms];
      const next = [...statuses];
      for (const [i, position] of here.entries()) {
        const servers = taken[i] ?? 0;
        nextRooms[position] = (rooms[position] ?? 0) - servers;
        if (servers > 0) next[position] = after(next[position] ?? statusOf(0), servers, take, position);
      }
      const count = taken[here.length] ?? 0;
      const { state } = take;
      const positions = there.map((position) => places[position] ?? -1);
      const moved =
        typeof state === 'object'
          ? { ready: new Map([...state.ready].map(([position, ready]) => [places[position] ?? -1, ready])) }
          : state;
      follow(at + 1, nextRooms, next, count === 0 ? rest : [...rest, { ...take, positions, count, state: moved }]);
    }
  };
  follow(0, roomsOf(open), open.base, []);
  return found.size > most ? undefined : [...found.values()];
}
