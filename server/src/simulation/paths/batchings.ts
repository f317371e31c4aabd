import { mostBatches, mostKinds, mostZonesParted } from '../limits.ts';
import { tasksBeside } from '../plan/copies.ts';
import { evenest } from '../worlds/batches.ts';
import { talliesRead, type Weights } from '../worlds/tallies.ts';
import type { LocalGauge, Scope } from '../worlds/world.ts';
import type { Path } from './path.ts';
import { alikeAmong, type Held, type Rolling } from './rolling.ts';
import type { Run } from './run.ts';
import { spread } from './turns.ts';
import { type Batch, type Way, waysOver } from './ways-over.ts';

/** Servers that are due and alike. */
interface Kind {
  readonly servers: readonly Held[];
  readonly count: number;
  readonly weights: Weights;
}

/**
 * Ways to put the batches of a restart together, each as its batches without those that are like another, that show together all there is to see beside other branches:
 * what each gauge reads at worst while a batch is out, whatever else is the case, and for each rule a way that is the best for all of its gauges.
 * What else may be the case while one batch is out may be while any other is, so that in the best case all of them are out while the others take the least.
 * Undefined where that is not sure: where the servers differ in time, or others both take and bring back what they differ in.
 */
export function batchings(
  run: Run,
  path: Path,
  rolling: Rolling,
  due: readonly Held[],
): readonly (readonly (readonly Held[])[])[] | undefined {
  const { world, scope, contested, shared } = run;
  const { task, ofEach, left } = rolling;
  if (task.action.surge || task.isNamed || ofEach !== undefined || !isEven(scope, due)) return undefined;
  if (run.warmsUp || path.statuses.some(({ warming }) => warming.length > 0)) return undefined;
  if (due.some(({ at }) => [contested, shared].some((cells) => cells.has(scope.cells[at] ?? -1)))) return undefined;
  const places = due.map(({ at }) => at);
  const kinds = alikeAmong(world, scope, contested, rolling, places).map((own) => kindOf(scope, own, due));
  const counts = kinds.map(({ count }) => count);
  const size = Math.min(rolling.batch, left);
  const isAll = counts.reduce((sum, count) => sum + count, 0) === left;
  if (!isAll || kinds.length > mostKinds || left > size * mostBatches) return undefined;
  const gauges = gaugesThatDiffer(scope, kinds);
  if (gauges.some(isOfSeveralZones) || isMixed(run, task.part, gauges)) return undefined;
  const zones = zonesOf(scope, gauges, kinds);
  if (new Set(zones).size > mostZonesParted) return undefined;
  const orders = gauges.flatMap((gauge) => worstOrders(scope, gauge, kinds));
  const ways = waysOver(counts, size, orders, gauges.some(isOfZones) ? zones : undefined);
  for (const rule of ['minimum', 'redundancy', 'zones']) {
    const own = gauges.filter(({ gauge }) => gauge.rule === rule);
    const bounds = own.map((gauge) => bestOf(scope, gauge, kinds, path, size));
    const isBest = (way: Way) => own.every((gauge, i) => lowest(gauge, kinds, path.tally, way) >= (bounds[i] ?? 0));
    if (!ways.some(isBest)) return undefined;
  }
  run.budget -= ways.length;
  return ways.map((way) => way.map((batch) => kinds.flatMap(({ servers }, i) => spread(batch[i] ?? 0, servers))));
}

function kindOf(scope: Scope, own: readonly number[], due: readonly Held[]): Kind {
  const servers = own.flatMap((i) => due[i] ?? []);
  const weights = scope.weights[servers[0]?.at ?? -1] ?? { inService: [], out: [] };
  return { servers, count: servers.reduce((sum, { count }) => sum + count, 0), weights };
}

/** Whether all of them warm up alike, and count alike for a rate. */
function isEven({ warmup, rated }: Scope, due: readonly Held[]): boolean {
  const keys = due.map(({ at }) => `${warmup[at]} ${rated[at]?.join(' ')}`);
  return new Set(keys).size === 1;
}

function isOfZones({ gauge }: LocalGauge): boolean {
  return gauge.rule === 'zones';
}

/** Whether several zones are lost together, which are more ways than are looked at. */
function isOfSeveralZones({ gauge: { loss, subsystem } }: LocalGauge): boolean {
  return loss === 'zones' && subsystem.survives.zones > 1;
}

/** Gauges to which a server of one kind is not as one of another. */
function gaugesThatDiffer(scope: Scope, kinds: readonly Kind[]): readonly LocalGauge[] {
  return scope.levels.filter((gauge) => {
    const read = talliesIn(scope, [gauge]);
    const keys = kinds.map(({ weights: { inService, out } }) =>
      JSON.stringify([inService, out].map((own) => own.filter(({ tally }) => read.has(tally)))),
    );
    return new Set(keys).size > 1;
  });
}

/** Whether branches beside the restart both take and bring back what counts in some of the gauges. */
function isMixed({ world, root }: Run, part: number, gauges: readonly LocalGauge[]): boolean {
  const read = new Set(gauges.flatMap(({ gauge }) => talliesRead(gauge)));
  let [takes, brings] = [false, false];
  for (const { action, pool } of tasksBeside(root, part)) {
    const isRead = pool.cells.some((cell) => {
      const own = world.gauges.weights[world.cells.cells[cell]?.group.index ?? -1];
      return own !== undefined && [...own.inService, ...own.out].some(({ tally }) => read.has(tally));
    });
    if (!isRead || action.effect === 'restart' || action.effect === 'replace') continue;
    takes ||= action.effect !== 'restore';
    brings ||= action.effect !== 'remove';
  }
  return takes && brings;
}

/** For each kind where it stands, as far as gauges of zones tell. */
function zonesOf(scope: Scope, gauges: readonly LocalGauge[], kinds: readonly Kind[]): readonly string[] {
  const read = talliesIn(scope, gauges.filter(isOfZones));
  return kinds.map(({ weights }) => weights.out.flatMap(({ tally }) => (read.has(tally) ? [tally] : [])).join());
}

/** What some gauges read, of the tallies of the scope. */
function talliesIn({ tallies }: Scope, gauges: readonly LocalGauge[]): ReadonlySet<number> {
  return new Set(gauges.flatMap(({ gauge }) => talliesRead(gauge).map((tally) => tallies.indexOf(tally))));
}

/** Orders in which the servers go that are among those with which a gauge is lowest; of zones nothing is said here. */
function worstOrders(scope: Scope, local: LocalGauge, kinds: readonly Kind[]): readonly (readonly number[])[] {
  const { gauge } = local;
  if (gauge.rule === 'zones') return [];
  const each = unitsOf(scope, local, kinds);
  const heaviestFirst = kinds.map((_, i) => i).sort((a, b) => (each[b] ?? 0) - (each[a] ?? 0));
  if (gauge.loss !== 'zones') return [heaviestFirst];
  // Where a zone is lost in addition, what goes in it is lost in any case.
  return lossesOf(scope, local).map((lost) => {
    const isIn = (kind: number) => kinds[kind]?.weights.inService.some(({ tally }) => tally === lost) ?? false;
    return [...heaviestFirst.filter((kind) => !isIn(kind)), ...heaviestFirst.filter(isIn)];
  });
}

/** What a server of each kind brings to a sum, or to the subsystem that is to survive a loss. */
function unitsOf({ tallies }: Scope, { gauge }: LocalGauge, kinds: readonly Kind[]): readonly number[] {
  const own = tallies.indexOf(gauge.tally ?? gauge.subsystem.index);
  return kinds.map(({ weights }) => weights.inService.find(({ tally }) => tally === own)?.units ?? 0);
}

/** Where it is counted what may be lost in addition. */
function lossesOf(scope: Scope, local: LocalGauge): readonly number[] {
  const own = scope.tallies.indexOf(local.gauge.subsystem.index);
  return [...talliesIn(scope, [local])].filter((tally) => tally !== own && tally >= 0);
}

/** A tally of so many servers of each kind. */
function tallyOf(all: readonly Weights[], batch: Batch, sign: 1 | -1, from: readonly number[] = []): readonly number[] {
  const tally = [...from];
  for (const [i, { inService, out }] of all.entries()) {
    const count = (batch[i] ?? 0) * sign;
    for (const { tally: at, units } of inService) tally[at] = (tally[at] ?? 0) + units * count;
    for (const { tally: at, units } of out) tally[at] = (tally[at] ?? 0) - units * count;
  }
  return tally;
}

function lowest({ value }: LocalGauge, kinds: readonly Kind[], tally: readonly number[], way: Way): number {
  const all = kinds.map(({ weights }) => weights);
  return Math.min(...way.map((batch) => value(tallyOf(all, batch, -1, tally))));
}

/** What no way to put the batches together can keep a gauge above. */
function bestOf(scope: Scope, local: LocalGauge, kinds: readonly Kind[], { tally }: Path, size: number): number {
  const { gauge, value } = local;
  const due = kinds.map(({ count }) => count);
  const left = due.reduce((sum, count) => sum + count, 0);
  const each = unitsOf(scope, local, kinds);
  const evenly = (weight: (kind: number) => number) => evenest({ due, left, batch: size }, weight).sum;
  const now = value(tally);
  if (gauge.rule === 'zones') return bestOfZones(scope, local, kinds, tally, size);
  if (gauge.tally !== undefined) return now - evenly((kind) => each[kind] ?? 0);
  if (gauge.loss === 'zones') {
    // Whichever zone is lost, of the others every server goes with some batch.
    const losses = lossesOf(scope, local);
    const kept = losses.map((lost) => {
      const isIn = (kind: number) => kinds[kind]?.weights.inService.some((one) => one.tally === lost) ?? false;
      const only = tally.map((sum, i) => (i !== lost && losses.includes(i) ? 0 : sum));
      return value(only) - evenly((kind) => (isIn(kind) ? 0 : (each[kind] ?? 0)));
    });
    return Math.min(...kept);
  }
  // The heaviest hosts are lost in addition, of which there are enough whatever goes.
  const heaviest = kinds.map(() => 0);
  let more = size;
  for (const kind of worstOrders(scope, local, kinds)[0] ?? []) {
    heaviest[kind] = Math.min(more, due[kind] ?? 0);
    more -= heaviest[kind] ?? 0;
  }
  const lost = heaviest.reduce((sum, count, kind) => sum + count * (each[kind] ?? 0), 0);
  const isPlenty = lowest(local, kinds, tally, [heaviest]) === now - lost;
  return isPlenty ? now - evenly((kind) => each[kind] ?? 0) : Number.POSITIVE_INFINITY;
}

function bestOfZones(
  scope: Scope,
  local: LocalGauge,
  kinds: readonly Kind[],
  tally: readonly number[],
  size: number,
): number {
  const now = local.value(tally);
  // Each kind goes with some batch.
  const single = kinds.map(({ weights }) => local.value(tallyOf([weights], [1], -1, tally)));
  const bound = Math.min(...single);
  if (single.some((one) => one === now)) return bound;
  // Where nothing is out yet, every batch can be of one zone only if all zones but one are so many whole batches.
  const byZone = new Map<string, number>();
  for (const [i, zone] of zonesOf(scope, [local], kinds).entries())
    byZone.set(zone, (byZone.get(zone) ?? 0) + (kinds[i]?.count ?? 0));
  return [...byZone.values()].filter((count) => count % size > 0).length > 1 ? bound - 1 : bound;
}
