import { amountOf } from './batches.ts';
import { type Facts, idsAround } from './gauges.ts';
import { leave } from './leave.ts';
import type { Run, Task } from './tasks.ts';
import { become, choices, isOf, type Server, server, type World, withServers } from './world.ts';

/** The worlds after a change that is one moment: servers come back, or a group gets another size. */
export function changedOnce(facts: Facts, run: Run, { change, name }: Task & { task: 'once' }): readonly World[] {
  const { world, clock } = run;
  switch (change.effect) {
    case 'take back': {
      const gone = world.servers.filter(({ state }) => state.is === 'out' && state.by.includes(change.id));
      return [returned(facts, world, gone)];
    }
    case 'restore': {
      const gone = world.servers.filter(({ kind, state }) => state.is === 'out' && isOf(kind, change.target));
      const count = Math.min(amountOf(change.amount, gone.length), gone.length);
      return choices(gone, count).map((back) => returned(facts, world, back));
    }
    case 'scale': {
      const group = world.servers.filter(({ kind }) => isOf(kind, { group: change.group }));
      const present = group.filter(({ state }) => state.is === 'in' || state.is === 'warming');
      if (change.to <= present.length)
        return choices(present, present.length - change.to).map((going) => {
          const servers = world.servers.map((one) =>
            going.includes(one) ? become(one, { is: 'out', by: idsAround(facts, name) }) : one,
          );
          return withServers(leave(facts, world, going, clock, name), servers);
        });
      const gone = group.filter(({ state }) => state.is === 'out');
      const back = Math.min(gone.length, change.to - present.length);
      const more = change.to - present.length - back;
      return choices(gone, back).map((some) => added(facts, returned(facts, world, some), change.group, more));
    }
  }
}

/** Whatever the clock of the branch says, they warm up from the latest time that any clock has shown. */
function returned({ mistake }: Facts, world: World, back: readonly Server[]): World {
  const servers = world.servers.map((one) => {
    if (!back.includes(one)) return one;
    const until = world.time + one.kind.group.warmup;
    return become(one, until <= world.time ? { is: 'in' } : { is: 'warming', until, returned: true });
  });
  const kept = mistake === 'refund' && back.length > 0 ? world.leavings.slice(0, -1) : world.leavings;
  return withServers({ ...world, leavings: kept }, servers);
}

function added({ kinds }: Facts, world: World, group: string, count: number): World {
  const kind = kinds.find((one) => one.hosts.length === 0 && isOf(one, { group }));
  if (kind === undefined) return world;
  const until = world.time + kind.group.warmup;
  const one = () => server(kind, until <= world.time ? { is: 'in' } : { is: 'warming', until, returned: false });
  return withServers(world, [...world.servers, ...Array.from({ length: count }, one)]);
}
