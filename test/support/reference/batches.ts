import type { Amount } from './case.ts';
import type { Facts } from './gauges.ts';
import { leave } from './leave.ts';
import { type Batch, changeOf, type Run, type Task } from './tasks.ts';
import { choices, due, isOf, released, type Server, type State, server, withServers } from './world.ts';

/** A change that takes servers begins: those that may go are marked, and what is asked for is compared with what there is. */
export function rollBegun(run: Run, task: Task & { task: 'roll' }, rest: readonly Task[]): Run {
  const { change, name, by, takes } = task;
  const { world } = run;
  const targeted = world.servers.filter(({ kind }) => isOf(kind, change.target));
  const serving = targeted.filter(({ state }) => state.is === 'in');
  const named = change.target.hosts !== undefined && (change.amount === undefined || change.amount === 'all');
  const able = named ? targeted.filter(({ state }) => state.is === 'in' || state.is === 'warming') : serving;
  const asked = amountOf(change.amount, able.length);
  const exceeds = change.effect === 'remove' && asked > able.length;
  const batch: Batch = {
    effect: change.effect,
    by,
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
  return 'count' in amount ? amount.count : Math.ceil((amount.percent * of) / 100);
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
  return choices(able, size).map((going) => {
    const servers = world.servers.map((one) => {
      const goes = going.includes(one);
      const free = goes || isLast ? released(one, name) : one;
      if (!goes) return free;
      return effect === 'surge' ? due(free, `swap ${name}`) : server(free.kind, stateOf(batch), free.due);
    });
    const next: readonly Task[] = isLast
      ? []
      : [{ task: 'batch', batch: { ...batch, left: batch.left - size }, wait: batch.pause }];
    return {
      world: withServers(effect === 'surge' ? world : leave(facts, world, going, clock, name), servers),
      clock,
      todo: [...untilBack(batch, going), ...next, ...rest],
    };
  });
}

function stateOf({ effect, by, name }: Batch): State {
  return effect === 'remove' ? { is: 'out', by } : { is: 'held', by: name };
}

/** A batch is away for `takes` and the warm-up of its slowest server. */
function untilBack({ effect, name, takes }: Batch, going: readonly Server[]): readonly Task[] {
  if (effect === 'remove' || going.length === 0) return [];
  const wait = takes + Math.max(...going.map(({ kind }) => kind.group.warmup));
  return [{ task: effect === 'surge' ? 'swap' : 'back', name, wait }];
}
