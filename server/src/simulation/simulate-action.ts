import type { Action, Obstacle } from '../commands/action.ts';
import { serversOf } from './amounts.ts';
import type { Pool } from './cells.ts';
import {
  addServers,
  type Effected,
  outCount,
  passTime,
  pin,
  restoreAll,
  restoreSome,
  restoreStep,
  take,
  takeAll,
  warmingIn,
} from './effects.ts';
import type { Choice } from './flow.ts';
import { type Change, judge } from './judge.ts';
import type { ActionOutcome, Figures } from './outcome.ts';
import { resolveTarget, type Selection } from './resolve.ts';
import { restart } from './restart.ts';
import { figures, heldBy, inService, type State, type World } from './state.ts';

/** What an action did, and the figures at its lowest moment, by the subsystem's index. */
export interface Performed {
  readonly outcome: ActionOutcome;
  readonly state: State;
  readonly lowest: readonly Figures[];
}

/** What the action is to be put down to, if a later `restore` names its step; and names known not to be of this fleet. */
export interface ActionContext {
  readonly origins: readonly string[];
  readonly ids: ReadonlySet<string>;
  readonly outside: readonly string[];
}

/** Carries out one action. An action that cannot be judged changes nothing. */
export function performAction(world: World, state: State, action: Action, context: ActionContext): Performed {
  const unchanged = (more: Partial<ActionOutcome> = {}): Performed => ({
    outcome: { ...quiet(action), ...more },
    state,
    lowest: figures(world, state),
  });
  if (action.obstacle !== undefined) return unchanged({ obstacle: action.obstacle });
  switch (action.effect) {
    case 'wait':
      return { ...unchanged(), state: passTime(world, state, action.seconds) };
    case 'block':
    case 'unblock':
    case 'guard-off':
    case 'guard-on':
    case 'carry':
    case 'none':
      return unchanged();
    case 'opaque':
      return unchanged({
        obstacle: { span: action.at, why: 'it changes capacity in a way that the text does not show' },
      });
    default:
  }
  if (action.restores !== undefined) return restoreById(world, state, action, context, unchanged);

  const selection = resolveTarget(action.target, world.capacity, context.outside);
  if (selection.unknown.length > 0) return unchanged({ unknown: selection.unknown });
  if (selection.obstacle !== undefined) return unchanged({ obstacle: selection.obstacle });
  const pool = world.cells.poolOf(selection);
  const target = selection.names;
  if (pool.cells.every((cell) => heldBy(world, state, cell) === 0) && action.effect !== 'scale-to') {
    if (selection.byHosts && pool.cells.length > 0) return unchanged({ target, idle: 'already-out' });
    return unchanged({ target, idle: 'nothing-matches' });
  }
  const about = { target, touches: touchedBy(world, pool) };
  switch (action.effect) {
    case 'remove':
      return remove(world, state, action, pool, selection, context, (more) => unchanged({ ...about, ...more }));
    case 'restore':
      return restore(world, state, action, pool, (more) => unchanged({ ...about, touches: [], ...more }));
    case 'restart':
    case 'replace':
      return roll(world, state, action, pool, (more) => unchanged({ ...about, ...more }));
    case 'scale-to':
    case 'add':
      return scale(world, state, action, pool, context, (more) => unchanged({ ...about, ...more }));
  }
}

type Unchanged = (more?: Partial<ActionOutcome>) => Performed;

function quiet(action: Action): ActionOutcome {
  return {
    action,
    count: undefined,
    target: [],
    breaches: [],
    certain: false,
    rates: [],
    exceeds: undefined,
    touches: [],
    idle: undefined,
    unknown: [],
    obstacle: undefined,
  };
}

function touchedBy(world: World, pool: Pool): readonly string[] {
  const { cells } = world.cells;
  return world.capacity.subsystems
    .filter(({ index }) => pool.cells.some((cell) => (cells[cell]?.group.units[index] ?? 0) > 0))
    .map(({ name }) => name);
}

function remove(
  world: World,
  state: State,
  action: Action,
  pool: Pool,
  selection: Selection,
  context: ActionContext,
  unchanged: Unchanged,
): Performed {
  const serving = inService(world, state, pool);
  const asked = serversOf(action.amount, serving);
  if (asked !== 'all' && 'obstacle' in asked) return unchanged({ obstacle: asked.obstacle });
  if (asked === 'all') {
    const count = { least: serving.worst, most: serving.best };
    const after = takeAll(world, state, pool, context.origins);
    if (serving.best === 0) {
      const idle = selection.byHosts || action.amount === undefined ? 'already-out' : 'nothing-matches';
      return { ...unchanged({ count, touches: [], idle }), state: after };
    }
    const taken = { cells: pool.cells, count: serving.best, limits: undefined };
    return changed(world, state, after, taken, unchanged({ count }));
  }
  const { servers } = asked;
  const count = { least: servers, most: servers };
  const exceeds = servers > serving.worst ? { asked: servers, ...serving } : undefined;
  const going = Math.min(servers, serving.best);
  if (going === 0) return unchanged({ count, exceeds, touches: [] });
  const after = take(world, state, pool, going, context.origins);
  const taken = { cells: pool.cells, count: going, limits: undefined };
  return changed(world, state, after, taken, unchanged({ count, exceeds }));
}

function roll(world: World, state: State, action: Action, pool: Pool, unchanged: Unchanged): Performed {
  const done = restart(world, state, pool, action);
  if ('obstacle' in done) return unchanged({ obstacle: done.obstacle });
  const count = { least: done.count, most: done.count };
  if (done.count === 0) return unchanged({ count, touches: [], idle: 'already-out' });
  const taken = { cells: pool.cells, count: done.batch, limits: undefined };
  const change = { before: state, during: done.during, lowest: done.lowest, after: done.state, taken, rolling: done };
  return judged(world, change, unchanged({ count }));
}

function scale(
  world: World,
  state: State,
  action: Action,
  pool: Pool,
  context: ActionContext,
  unchanged: Unchanged,
): Performed {
  const at = action.amount?.span ?? action.at;
  const cannot = (why: string, span = at) => unchanged({ touches: [], obstacle: { span, why } satisfies Obstacle });
  const groups = new Set(pool.cells.map((cell) => world.cells.cells[cell]?.group));
  const [cell] = pool.cells;
  if (cell === undefined || groups.size !== 1)
    return cannot('it needs one group to scale, and this names several', action.at);
  const serving = inService(world, state, pool);
  const warming = warmingIn(state, pool);
  const asked = serversOf(action.amount, serving);
  if (asked === 'all') return cannot('it does not say to which size');
  if ('obstacle' in asked) return unchanged({ touches: [], obstacle: asked.obstacle });
  const goal = action.effect === 'add' ? serving.best + warming + asked.servers : asked.servers;
  const count = { least: asked.servers, most: asked.servers };
  if (serving.worst !== serving.best) {
    const held = heldBy(world, state, cell);
    const mixed = serving.worst < goal && goal < serving.best;
    if (pool.cells.length > 1 || warming > 0 || goal > held || mixed || groupWarmup(world, cell) > 0) {
      return cannot(
        `it is unknown how many of these servers are in service by now: between ${serving.worst} and ${serving.best}`,
      );
    }
    const after = pin(world, state, cell, goal, context.origins);
    const taken = { cells: pool.cells, count: Math.max(0, serving.best - goal), limits: undefined };
    return changed(world, state, after, taken, unchanged({ count }));
  }
  const present = serving.best + warming;
  if (goal < present) {
    if (warming > 0) return cannot('some of these servers are warming up, and it is unknown which of them go');
    const taken = { cells: pool.cells, count: present - goal, limits: undefined };
    const after = take(world, state, pool, present - goal, context.origins);
    return changed(world, state, after, taken, unchanged({ count }));
  }
  const returned = action.effect === 'add' ? undefined : restoreSome(world, state, pool, goal - present);
  if (returned !== undefined && 'why' in returned) return cannot(returned.why);
  const now = returned?.state ?? state;
  const left = inService(world, now, pool);
  const missing = goal - left.best - warmingIn(now, pool);
  const after = missing > 0 ? addServers(world, now, cell, missing) : { state: now };
  if ('why' in after) return cannot(after.why);
  return { ...unchanged({ count, touches: [] }), state: after.state };
}

function groupWarmup(world: World, cell: number): number {
  return world.cells.cells[cell]?.group.warmup ?? 0;
}

function restore(world: World, state: State, action: Action, pool: Pool, unchanged: Unchanged): Performed {
  const out = outCount(world, state, pool);
  if (out.most === 0) return unchanged({ idle: 'nothing-out' });
  const asked = serversOf(action.amount, { worst: out.least, best: out.most });
  if (asked !== 'all' && 'obstacle' in asked) return unchanged({ obstacle: asked.obstacle });
  const done = asked === 'all' ? restoreAll(world, state, pool) : restoreSome(world, state, pool, asked.servers);
  const count = asked === 'all' ? { least: out.least, most: out.most } : { least: asked.servers, most: asked.servers };
  return settled(action, done, unchanged, count);
}

function restoreById(
  world: World,
  state: State,
  action: Action,
  context: ActionContext,
  unchanged: Unchanged,
): Performed {
  const { value: id, span } = action.restores ?? { value: '', span: action.at };
  if (!context.ids.has(id)) {
    return unchanged({ unknown: [{ kind: 'step', name: id, span, among: [...context.ids] }] });
  }
  const before = state.outs.reduce((sum, out) => sum + (out.origins.includes(id) ? out.count : 0), 0);
  const done = restoreStep(world, state, id);
  return settled(action, done, (more) => unchanged({ target: [id], ...more }), { least: before, most: before });
}

function settled(
  action: Action,
  done: Effected | undefined,
  unchanged: Unchanged,
  count: ActionOutcome['count'],
): Performed {
  if (done === undefined) return unchanged({ idle: 'nothing-out' });
  if ('why' in done) {
    const span = action.restores?.span ?? action.amount?.span ?? action.at;
    return unchanged({ obstacle: { span, why: done.why } });
  }
  return { ...unchanged({ count }), state: done.state };
}

/** Servers left at once, for good as far as this action goes. */
function changed(world: World, before: State, after: State, taken: Choice, base: Performed): Performed {
  return judged(world, { before, during: after, lowest: figures(world, after), after, taken }, base);
}

function judged(world: World, change: Change, base: Performed): Performed {
  const { state, ...found } = judge(world, change);
  return { outcome: { ...base.outcome, ...found }, state, lowest: change.lowest };
}
