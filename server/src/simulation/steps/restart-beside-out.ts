import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import type { Figures } from '../outcome.ts';
import type { Open, OpenTake } from '../worlds/open.ts';
import { statusOf } from '../worlds/status.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';
import type { Way } from './restart-course.ts';

/**
 * What a gauge that is no sum reads while so many servers of a restart are out, with those that are out already: at worst exactly, at best no way does better.
 * `whole`: the tallies with all of these in their places.
 */
export function readingWith(
  world: World,
  way: Way,
  scope: Scope,
  { gauge, value }: LocalGauge,
  whole: readonly number[],
  count: number,
): Figures {
  const { index } = gauge.subsystem;
  const open = openWith(way, scope, count);
  const all = value(scope.tallies.map((tally) => whole[tally] ?? 0));
  if (gauge.rule !== 'zones')
    return { worst: (whole[index] ?? 0) - redundancyLoss(world, way.branch, open, gauge), best: all };
  const hit = zonesHit(world, open, index, whole, scope);
  return { worst: all - hit.most, best: all - hit.least };
}

/** The cells that are restarted, with what is out of them already, and so many servers more. */
function openWith({ branch, held, course }: Way, { cells }: Scope, count: number): Open {
  const { due, out } = course;
  const base = cells.map((cell, i) => {
    const place = held?.cells.indexOf(cell) ?? -1;
    return (place < 0 ? branch.known.at(cell) : held?.base[place]) ?? statusOf(due[i] ?? 0);
  });
  const batch = { positions: cells.map((_, i) => i), count, at: branch.now };
  return { cells, base, takes: [...out, batch].map((take): OpenTake => ({ ...take, origin: '', state: 'out' })) };
}
