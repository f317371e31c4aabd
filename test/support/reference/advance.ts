import { batchGone, rollBegun, swapped } from './batches.ts';
import type { Facts } from './gauges.ts';
import { lower } from './lists.ts';
import { changedOnce } from './once.ts';
import type { Run, Task } from './tasks.ts';
import { become, type Round, type Server, type World, withServers } from './world.ts';

/** Every way in which the next event of a run may go: which branch is next, which servers it is, whether it happens at all. */
export function advance(facts: Facts, run: Run): readonly Run[] {
  const [task, ...rest] = run.todo;
  if (task === undefined) return [run];
  switch (task.task) {
    case 'begin':
      return advance(facts, {
        ...run,
        world: begin(facts, run.world, task.name, lasts(task.name, rest) ? run.clock : undefined),
        todo: rest,
      });
    case 'either':
      return [
        ...advance(facts, { ...run, todo: [...task.tasks, ...rest] }),
        ...advance(facts, { ...run, todo: [{ task: 'skip', name: task.name }, ...rest] }),
      ];
    case 'roll':
      return advance(facts, rollBegun(run, task, rest));
    case 'branches':
      return task.branches.flatMap((branch, i) => {
        if (branch.todo.length === 0) return [];
        const own: Run = { world: run.world, clock: branch.clock ?? run.clock, todo: branch.todo };
        return advance(facts, own).map(({ world, clock, todo }) => {
          const branches = task.branches.with(i, { clock, todo });
          return ended(facts, { ...run, world, todo: [{ task: 'branches', branches }, ...rest] });
        });
      });
    default:
      return happened(facts, run, task, rest).map((next) => ended(facts, { ...next, world: seen(facts, next.world) }));
  }
}

/** The run after an event. */
function happened(facts: Facts, before: Run, task: Task, rest: readonly Task[]): readonly Run[] {
  const run = passed(before, 'wait' in task ? task.wait : 0);
  const { world } = run;
  const todo = rest;
  switch (task.task) {
    case 'skip':
      return [{ ...run, world: skip(facts, world, task.name), todo }];
    case 'pass':
      return [{ ...passed(run, task.seconds), todo }];
    case 'last': {
      const { since = run.clock } = world.rounds.find(({ name }) => name === task.name) ?? {};
      return [{ ...passed(run, Math.max(0, since + task.seconds - run.clock)), todo }];
    }
    case 'batch':
      return batchGone(facts, run, task.batch, rest);
    case 'back': {
      const held = ({ state }: Server) => state.is === 'held' && state.by === task.name;
      const servers = world.servers.map((one) => (held(one) ? become(one, { is: 'in' }) : one));
      return [{ ...run, world: withServers(world, servers), todo }];
    }
    case 'swap':
      return swapped(facts, { ...run, todo }, task);
    case 'once':
      return changedOnce(facts, run, task).map((next) => ({ ...run, world: next, todo }));
    default:
      return [{ ...run, todo }];
  }
}

/** The same some seconds later. The clock of a branch may be behind those of others. */
function passed(run: Run, seconds: number): Run {
  const clock = run.clock + seconds;
  return { ...run, clock, world: warm({ ...run.world, time: Math.max(run.world.time, clock) }) };
}

/** Servers are in service again when anybody's clock shows that they have warmed up. */
function warm(world: World): World {
  const isWarm = ({ state }: Server) => state.is === 'warming' && state.until <= world.time;
  return withServers(
    world,
    world.servers.map((one) => (isWarm(one) ? become(one, { is: 'in' }) : one)),
  );
}

/** Whether the step goes on for a time of its own. */
function lasts(step: string, tasks: readonly Task[]): boolean {
  return tasks.some((task) => task.task === 'last' && task.name === step);
}

/** A round of a step begins just before its first event. */
export function begin(facts: Facts, world: World, name: string, since?: number): World {
  const now = readAll(facts, world);
  const round: Round = {
    name,
    since,
    open: true,
    done: true,
    before: now,
    lowest: now,
    after: now,
    hasty: facts.subsystems.map(() => false),
  };
  return { ...world, rounds: [...world.rounds, round] };
}

function skip(facts: Facts, world: World, name: string): World {
  const now = readAll(facts, world);
  const round: Round = {
    name,
    since: undefined,
    open: false,
    done: false,
    before: now,
    lowest: now,
    after: now,
    hasty: facts.subsystems.map(() => false),
  };
  return { ...world, rounds: [...world.rounds, round] };
}

/** The figures at this moment are seen by every step that is under way. */
function seen(facts: Facts, world: World): World {
  const now = readAll(facts, world);
  const rounds = world.rounds.map((round) => (round.open ? { ...round, lowest: lower(round.lowest, now) } : round));
  return { ...world, rounds };
}

/** What ends with this event: steps, and parallel steps of which no branch has anything left to do. */
function ended(facts: Facts, run: Run): Run {
  const [task, ...rest] = run.todo;
  if (task?.task === 'end') return ended(facts, { ...run, world: end(facts, run.world, task.name), todo: rest });
  if (task?.task === 'branches' && task.branches.every(({ todo }) => todo.length === 0)) {
    const clock = Math.max(...task.branches.map((branch) => branch.clock ?? run.clock));
    return ended(facts, { ...run, clock, todo: rest });
  }
  return run;
}

export function end(facts: Facts, world: World, name: string): World {
  const after = readAll(facts, world);
  const rounds = world.rounds.map((round) => (round.name === name ? { ...round, open: false, after } : round));
  return { ...world, rounds };
}

function readAll({ gauges }: Facts, { servers }: World): readonly number[] {
  return gauges.map(({ read }) => read(servers));
}
