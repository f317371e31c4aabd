import { type Amount, percentOf } from './case.ts';
import { type Facts, idsAround } from './gauges.ts';
import { leave } from './leave.ts';
import { grouped } from './lists.ts';
import { type Batch, changeOf, type Run, type Swap, type Task } from './tasks.ts';
import { choices, due, isOf, released, type State, server, type World, withServers } from './world.ts';

/** A change that takes servers begins: those that may go are marked, and what is asked for is compared with what there is. */
export function rollBegun(run: Run, task: Task & { task: 'roll' }, rest: readonly Task[]): Run {
  const { change, name, takes } = task;
  const { world } = run;
  const targeted = world.servers.filter(({ kind }) => isOf(kind, change.target));
  const serving = targeted.filter(({ state }) => state.is === 'in');
  const named = change.target.hosts !== undefined && (change.amount === undefined || change.amount === 'all');
  const able = named ? targeted.filter(({ state }) => state.is === 'in' || state.is === 'warming') : serving;
  const asked = amountOf(change.amount, able.length);
  const exceeds = change.effect === 'remove' && asked > able.length;
  const batch: Batch = {
    effect: change.effect,
    name,
    size: change.batch === undefined || change.batch === 'all' ? asked : amountOf(change.batch, serving.length),
    left: Math.min(asked, able.length),
    pause: change.pause ?? 0,
    takes,
    named,
  };
  const marked = world.servers.map((one) => (able.includes(one) ? due(one, name) : one));
  return {
    ...run,
    world: { ...withServers(world, marked), asked: [...world.asked, { change: changeOf(name), exceeds }] },
    todo: [{ task: 'batch', batch: { ...batch, size: Math.max(1, batch.size) }, wait: 0 }, ...rest],
  };
}

/** A percent is rounded up: the more that might go. */
export function amountOf(amount: Amount | undefined, of: number): number {
  if (amount === undefined || amount === 'all') return of;
  if ('parameter' in amount) throw new Error(`The parameter ${amount.parameter} has no value.`);
  return 'count' in amount ? amount.count : percentOf(amount.percent, of).up;
}

/** The next batch goes, whichever servers it is. */
export function batchGone(facts: Facts, run: Run, batch: Batch, rest: readonly Task[]): readonly Run[] {
  const { world, clock } = run;
  const { name, effect } = batch;
  const able = world.servers.filter(
    (one) => one.due.includes(name) && (one.state.is === 'in' || (batch.named && one.state.is === 'warming')),
  );
  const size = Math.min(batch.size, batch.left, able.length);
  const isLast = size === batch.left || size === able.length;
  const state: State = effect === 'remove' ? { is: 'out', by: idsAround(facts, name) } : { is: 'held', by: name };
  const next: readonly Task[] = isLast
    ? []
    : [{ task: 'batch', batch: { ...batch, left: batch.left - size }, wait: batch.pause }];
  return choices(able, size).map((going) => {
    const wait = batch.takes + Math.max(0, ...going.map(({ kind }) => kind.group.warmup));
    if (effect === 'surge' && size > 0) {
      const old = going.map(({ kind }) => kind);
      return { world, clock, todo: [{ task: 'swap', name, old, isLast, wait }, ...next, ...rest] };
    }
    const servers = world.servers.map((one) => {
      const goes = going.includes(one);
      const free = goes || isLast ? released(one, name) : one;
      return goes ? server(free.kind, state, free.due) : free;
    });
    const back: readonly Task[] = effect === 'remove' || size === 0 ? [] : [{ task: 'back', name, wait }];
    return {
      world: withServers(leave(facts, world, going, clock, name), servers),
      clock,
      todo: [...back, ...next, ...rest],
    };
  });
}

/**
 * The new servers of a batch are there, and as many old ones go, whichever they are.
 * What another branch has taken in the meantime is not there to be replaced.
 */
export function swapped(facts: Facts, { world, clock, todo }: Run, { name, old, isLast }: Swap): readonly Run[] {
  let ways: readonly World[] = [world];
  for (const kinds of grouped(old, (kind) => kind))
    ways = ways.flatMap((way) => {
      const there = way.servers.filter(
        ({ kind, state, due }) => kind === kinds[0] && state.is === 'in' && due.includes(name),
      );
      return choices(there, Math.min(there.length, kinds.length)).map((going) => {
        const servers = way.servers.map((one) => (going.includes(one) ? released(one, name) : one));
        return withServers(leave(facts, way, going, clock, name), servers);
      });
    });
  const free = (way: World) => (isLast ? way.servers.map((one) => released(one, name)) : way.servers);
  return ways.map((way) => ({ world: withServers(way, free(way)), clock, todo }));
}
