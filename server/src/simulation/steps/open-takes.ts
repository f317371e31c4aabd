import type { Seen } from '../paths/run.ts';
import { cellWeight, groupAt, isGone, type Open, roomsOf } from '../worlds/open.ts';
import { placed, type Take } from '../worlds/place.ts';
import { type Status, statusOf } from '../worlds/status.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { Scope, World } from '../worlds/world.ts';
import type { Weight } from './rate-look.ts';

/** Takes that have gone, their places among all, and what they weigh. */
export interface Gone {
  readonly takes: readonly Take[];
  readonly places: readonly number[];
  readonly weight: Weight;
}

/** The takes of a step and of those before it, of which some have gone at each moment. */
export class Takes {
  readonly rooms: readonly number[];
  private readonly world: World;
  private readonly open: Open;
  /** How many were there before the step. */
  private readonly earlier: number;

  constructor(world: World, open: Open, earlier: number) {
    this.world = world;
    this.open = open;
    this.earlier = earlier;
    this.rooms = roomsOf(open);
  }

  /** What a tally loses by a server of a take that has gone by then. */
  weight(tally: number, gone: readonly number[]): Weight {
    const all = new Set(gone);
    return (take, position) =>
      (take < this.earlier || all.has(take)) && isGone(this.open.takes[take], position)
        ? cellWeight(this.world, this.open.cells[position] ?? -1, tally)
        : 0;
  }

  /** The takes that have gone by then, and a weight of all takes by their places among these: who comes later finds servers all the same. */
  only(gone: readonly number[], weight: Weight): Gone {
    const places: number[] = [];
    for (const take of this.open.takes.keys()) if (take < this.earlier || gone.includes(take)) places.push(take);
    const takes = places.flatMap((place) => this.open.takes[place] ?? []);
    const own: Weight = (take, position) => weight(places[take] ?? -1, position);
    return { takes, places, weight: own };
  }

  /** The open without what has not gone by then. */
  openWith(gone: readonly number[]): Open {
    return { ...this.open, takes: this.open.takes.filter((_, take) => take < this.earlier || gone.includes(take)) };
  }

  /** Whether some of the part's own takes may lower a gauge that is no sum when others have gone; `full`: the tallies without any take. */
  mayLower(
    { rule, subsystem: { index } }: Gauge,
    own: readonly number[],
    gone: readonly number[],
    full: readonly number[],
  ): boolean {
    const serves = (position: number) => (groupAt(this.world, this.open, position)?.units[index] ?? 0) > 0;
    const isHit = rule === 'zones' ? this.zonesHit(index, gone, full) : () => false;
    return own.some((take) =>
      this.open.takes[take]?.positions.some((position) => serves(position) && !isHit(position)),
    );
  }

  /** Whether something of the subsystem is out in any case in the zone of a position. */
  private zonesHit(subsystem: number, gone: readonly number[], full: readonly number[]): (position: number) => boolean {
    const { weights, zoneTally } = this.world.gauges;
    const zoneAt = (position: number) => {
      const group = groupAt(this.world, this.open, position)?.index;
      const out = group === undefined ? undefined : weights[group]?.out;
      return out?.find(({ tally }) => zoneTally.get(tally) === subsystem)?.tally;
    };
    const hit = new Set<number | undefined>();
    for (const take of this.openWith(gone).takes) {
      const [only = -1, another] = take.positions;
      if (another === undefined && take.count > 0 && isGone(take, only)) hit.add(zoneAt(only));
    }
    return (position) => {
      const zone = zoneAt(position);
      return zone !== undefined && ((full[zone] ?? 0) > 0 || hit.has(zone));
    };
  }

  /** So many servers of each cell that go with the part, where as much as can be is lost of a tally. */
  witness(
    scope: Scope,
    value: number,
    tally: number,
    gone: readonly number[],
    own: readonly number[],
  ): Seen | undefined {
    const { takes, places, weight } = this.only(gone, this.weight(tally, gone));
    const worst = placed(takes, this.rooms, weight);
    if (worst === undefined) return undefined;
    const from = scope.cells.map((cell): Status => statusOf(this.rooms[this.open.cells.indexOf(cell)] ?? 0));
    const to = [...from];
    for (const index of own) {
      for (const [i, position] of this.open.takes[index]?.positions.entries() ?? []) {
        const place = scope.positions.get(this.open.cells[position] ?? -1);
        if (place !== undefined)
          to[place] = statusOf((to[place]?.inService ?? 0) - (worst.taken[places.indexOf(index)]?.[i] ?? 0));
      }
    }
    return { value, scope, from, to };
  }
}
