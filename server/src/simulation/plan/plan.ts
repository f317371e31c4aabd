import type { Action } from '../../commands/action.ts';
import type { StepReading } from '../../commands/read-step.ts';
import type { Seconds } from '../../model/leaf.ts';
import { isNameOf, type Selection } from '../fleet/resolve.ts';
import { selectionOf } from '../fleet/targets.ts';
import { mostApart, mostRolling } from '../limits.ts';
import type { ActionOutcome } from '../outcome.ts';
import type { Pool } from '../worlds/cells.ts';
import type { Copy, World } from '../worlds/world.ts';

/** A step as the simulation needs it: what it is, and the changes of capacity that it asks for. */
export type StepToSimulate = Pick<StepReading, 'step' | 'actions'> & { readonly inner: readonly StepToSimulate[] };

/** A step made ready for the fleet: every part of it has a number, every name is looked up. */
export interface Plan {
  readonly root: StepPart;
  /** How many numbers were given. */
  readonly parts: number;
  /** Every cell that some part may touch. */
  readonly pool: Pool;
  /** Time passes between two changes. */
  readonly isTimed: boolean;
  /** Something goes on beside something else. */
  readonly isParallel: boolean;
  /** Parts inside of a `repeat`. */
  readonly repeated: ReadonlySet<number>;
  /** Places for servers that a change batch by batch has still to take, of cells that something beside it changes too. */
  readonly copies: readonly Copy[];
}

export interface StepPart {
  readonly part: number;
  readonly input: StepToSimulate;
  readonly tasks: readonly Task[];
  readonly inner: readonly StepPart[];
  /** Passes after the step's changes. */
  readonly takes: Seconds;
  /** How often `repeat` repeats; 1 for other steps; undefined where it is unknown. */
  readonly times: number | undefined;
}

/** The one action by which a step that holds no others changes something; undefined where it is another kind of step. */
export function onlyTask({ tasks, inner }: StepPart): Task | undefined {
  const [task, other] = tasks.filter(({ still }) => still === undefined);
  return other === undefined && inner.length === 0 ? task : undefined;
}

/** The numbers of a step and of everything in it; in steps that do the same they stand at the same places. */
export function partsIn({ part, tasks, inner }: StepPart): readonly number[] {
  return [part, ...tasks.map((task) => task.part), ...inner.flatMap(partsIn)];
}

/** One action of a step. */
export interface Task {
  readonly part: number;
  readonly action: Action;
  readonly pool: Pool;
  readonly selection: Selection;
  /** Hosts are named, so that these go and no others, warming up or not. */
  readonly isNamed: boolean;
  readonly origin: string;
  /** Says all there is to say of an action that changes nothing. */
  readonly still: Partial<ActionOutcome> | undefined;
}

const noSelection: Selection = {
  parts: [],
  names: [],
  byHosts: false,
  subsystems: [],
  unknown: [],
  obstacle: undefined,
  isElsewhere: false,
};

/** What plans depend on besides the step. */
export interface Surroundings {
  readonly world: World;
  /** Ids of all steps. */
  readonly ids: ReadonlySet<string>;
  readonly outside: readonly string[];
}

export function planOf(context: Surroundings, input: StepToSimulate): Plan {
  const { world } = context;
  let parts = 0;
  let isTimed = false;
  let isParallel = false;
  const repeated = input.inner.length === 0 ? noParts : new Set<number>();
  const root = partOf(input, noIds, false);
  const pool = onlyPool(root) ?? world.cells.pool(cellsIn(root));
  return { root, parts, pool, isTimed, isParallel, repeated, copies: isParallel ? copiesFor(world, root) : noCopies };

  function partOf(step: StepToSimulate, above: readonly string[], isRepeated: boolean): StepPart {
    const part = parts++;
    if (isRepeated) for (let own = part; own <= part + step.actions.length; own++) repeated.add(own);
    isParallel ||= step.step.kind === 'parallel';
    const id = step.step.id?.value;
    const ids = id !== undefined && world.restorable.has(id) ? [...above, id] : above;
    const origin = ids.join('\n');
    const tasks = step.actions.map((action) => taskOf(context, action, parts++, origin));
    for (const task of tasks) {
      if (task.still === undefined && takesTime(task.action)) isTimed = true;
    }
    const inner = step.inner.map((child) => partOf(child, ids, isRepeated || step.step.kind === 'repeat'));
    const rolls = step.actions.some(({ effect }) => effect === 'restart' || effect === 'replace');
    const takes = rolls ? 0 : (step.step.takes?.value ?? 0);
    if (step.inner.length > 0 && (takes > 0 || step.inner.some(({ step: { takes: own } }) => own !== undefined)))
      isTimed = true;
    const times = step.step.kind === 'repeat' ? step.step.times?.value : 1;
    return { part, input: step, tasks, inner, takes, times };
  }
}

const noCopies: readonly Copy[] = [];

function copiesFor({ cells }: World, root: StepPart): readonly Copy[] {
  const byCell = new Map<number, Task[]>();
  for (const task of tasksIn(root))
    for (const cell of task.pool.cells) byCell.set(cell, [...(byCell.get(cell) ?? []), task]);
  return [...byCell].flatMap(([cell, tasks]) => {
    if (tasks.length < 2 || (cells.cells[cell]?.size ?? 0) > mostApart) return [];
    const rolling = tasks.flatMap(({ action, part }) => (action.batch === undefined ? [] : [part]));
    const none: readonly (readonly number[])[] = [[]];
    const marks = rolling
      .slice(0, mostRolling)
      .reduce((sets, part) => sets.concat(sets.map((set) => [...set, part])), none)
      .filter((set) => set.length > 0);
    return marks.map((own): Copy => ({ cell, marks: own }));
  });
}

function tasksIn({ tasks, inner }: StepPart): readonly Task[] {
  return [...tasks.filter(({ still }) => still === undefined), ...inner.flatMap(tasksIn)];
}

const noParts = new Set<number>();
const noIds: readonly string[] = [];

function cellsIn({ tasks, inner }: StepPart): readonly number[] {
  return [...tasks.flatMap(({ pool }) => pool.cells), ...inner.flatMap(cellsIn)];
}

/** The pool of a step of which one action touches servers as it is, since scopes are remembered by pool. */
function onlyPool({ tasks, inner }: StepPart): Pool | undefined {
  const [task, another] = tasks.length < 2 ? tasks : tasks.filter(({ pool }) => pool.cells.length > 0);
  return inner.length === 0 && another === undefined ? task?.pool : undefined;
}

function takesTime({ effect, seconds, pause }: Action): boolean {
  return effect === 'restart' || effect === 'replace' || seconds > 0 || (pause?.value ?? 0) > 0;
}

function taskOf({ world, ids, outside }: Surroundings, said: Action, part: number, origin: string): Task {
  const action = withNamedHosts(said, world, outside);
  const none = (still: Partial<ActionOutcome>): Task => ({
    part,
    action,
    pool: world.cells.empty,
    selection: noSelection,
    isNamed: false,
    origin,
    still,
  });
  if (action.obstacle !== undefined) return none({ obstacle: action.obstacle });
  switch (action.effect) {
    case 'wait':
      return { ...none({}), still: undefined };
    case 'block':
    case 'unblock':
    case 'guard-off':
    case 'guard-on':
      return none(named(world, action, outside));
    case 'carry':
    case 'none':
      return none({});
    case 'opaque':
      if (action.mentions !== undefined) return none(mentioned(world, action, action.mentions));
      return none({ obstacle: { span: action.at, why: 'it changes capacity in a way that the text does not show' } });
    default:
  }
  if (action.restores !== undefined) {
    const { value: id, span } = action.restores;
    if (!ids.has(id)) return none({ unknown: [{ kind: 'step', name: id, span, among: [...ids] }] });
    const pool = world.restorable.get(id) ?? world.cells.empty;
    return { part, action, pool, selection: { ...noSelection, names: [id] }, isNamed: false, origin, still: undefined };
  }
  const { selection, pool, isEmpty } = lookedUp({ world, ids, outside }, action);
  if (selection.unknown.length > 0) return none({ unknown: selection.unknown });
  if (selection.obstacle !== undefined) return none({ obstacle: selection.obstacle });
  const target = selection.names;
  if (selection.isElsewhere) return none({});
  const scales = action.effect === 'scale-to' || action.effect === 'add';
  if (pool.cells.length === 0 || (!scales && isEmpty)) {
    return none({ target, idle: selection.byHosts && pool.cells.length > 0 ? 'already-out' : 'nothing-matches' });
  }
  const obstacle = scales ? scaleObstacle(world, action, pool) : undefined;
  if (obstacle !== undefined) return none({ target, obstacle });
  const amount = action.amount?.value;
  const isNamed = selection.byHosts && (amount === undefined || amount.unit === 'all');
  const task = { part, pool, selection, isNamed, origin };
  if (action.back === undefined) return { ...task, action, still: undefined };
  // A restart waits for the warm-up, of which the pause is to be long enough.
  const warmup = Math.max(0, ...pool.cells.map((cell) => world.cells.cells[cell]?.group.warmup ?? 0));
  const { value: pause, span } = action.pause ?? { value: 0, span: action.at };
  if (warmup > pause)
    return none({
      target,
      obstacle: { span, why: 'whether each server is warm again before the next goes is not known' },
    });
  return { ...task, action: { ...action, pause: { value: pause - warmup, span } }, still: undefined };
}

/** Where hosts are named, no count is needed (SPEC §3, `absent`). */
function withNamedHosts(action: Action, { capacity }: World, outside: readonly string[]): Action {
  if (action.unlessHosts !== true || !selectionOf(action.target, capacity, outside).byHosts) return action;
  return { ...action, amount: undefined, obstacle: undefined };
}

/** What an action names that takes nothing out of service; names that are not of this fleet do not matter there. */
function named({ cells, capacity }: World, action: Action, outside: readonly string[]): Partial<ActionOutcome> {
  if (action.target.terms.length === 0) return {};
  const selection = selectionOf(action.target, capacity, outside);
  const all = cells.poolOf(selection).cells.reduce((sum, cell) => sum + (cells.cells[cell]?.size ?? 0), 0);
  const amount = action.amount?.value;
  const servers = amount?.unit === 'servers' ? Math.min(amount.value, all) : all;
  const count = servers === 0 ? undefined : { least: servers, most: servers };
  return { target: selection.names, count, unknown: selection.unknown };
}

/** A command that nobody declared is told of only where it names something of the fleet (SPEC §3). */
function mentioned({ capacity }: World, { target }: Action, why: string): Partial<ActionOutcome> {
  const name = target.terms.find((term) => isNameOf(term.text, capacity));
  return name === undefined ? {} : { obstacle: { span: name.span, why } };
}

interface LookedUp {
  readonly selection: Selection;
  readonly pool: Pool;
  /** There is no server in any of its cells, and none is added. */
  readonly isEmpty: boolean;
}

const looked = new WeakMap<Selection, { readonly world: World; readonly looked: LookedUp }>();

function lookedUp({ world, outside }: Surroundings, { target }: Action): LookedUp {
  const selection = selectionOf(target, world.capacity, outside);
  const known = looked.get(selection);
  if (known?.world === world) return known.looked;
  const pool = world.cells.poolOf(selection);
  const made = { selection, pool, isEmpty: pool.cells.every((cell) => isEmptyCell(world, cell)) };
  looked.set(selection, { world, looked: made });
  return made;
}

function isEmptyCell({ cells }: World, cell: number): boolean {
  const own = cells.cells[cell];
  return own === undefined || (own.size === 0 && !own.grows);
}

function scaleObstacle({ cells }: World, action: Action, pool: Pool): ActionOutcome['obstacle'] {
  const groups = new Set(pool.cells.map((cell) => cells.cells[cell]?.group));
  const amount = action.amount;
  if (groups.size > 1 && action.target.terms.some(({ role }) => role === 'subsystem')) {
    return { span: action.at, why: 'it needs one group to scale, and this names several' };
  }
  if (amount === undefined && action.bounds !== undefined) return undefined;
  if (amount === undefined || amount.value.unit === 'all')
    return { span: amount?.span ?? action.at, why: 'it does not say to which size' };
  return undefined;
}
