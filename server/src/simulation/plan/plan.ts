import type { Action } from '../../commands/action.ts';
import { isHostOf, isNameOf, type Selection } from '../fleet/resolve.ts';
import { selectionOf } from '../fleet/targets.ts';
import type { ActionOutcome } from '../outcome.ts';
import type { Pool } from '../worlds/cells.ts';
import type { Copy, World } from '../worlds/world.ts';
import { comingLater } from './coming-later.ts';
import { contestedIn, copiesFor } from './copies.ts';
import { poolIn } from './returning.ts';
import { takesTime } from './takes-time.ts';
import type { StepPart, StepToSimulate, Task } from './task.ts';
import { turnsIn } from './turns.ts';

/** A step made ready for the fleet: every part of it has a number, every name is looked up. */
export interface Plan {
  readonly root: StepPart;
  /** How many numbers were given. */
  readonly parts: number;
  /** Every cell that some part may touch. */
  readonly pool: Pool;
  /** Time passes between two changes. */
  readonly isTimed: boolean;
  /** It makes no difference how long servers take to warm up, so that they are warm at once. */
  readonly isTimeless: boolean;
  /** Something goes on beside something else. */
  readonly isParallel: boolean;
  /** Parts inside of a `repeat`. */
  readonly repeated: ReadonlySet<number>;
  /** Places for servers that a change batch by batch has still to take, of cells that something beside it changes too; undefined: more than are followed. */
  readonly copies: readonly Copy[] | undefined;
  /** Cells that branches beside one another restart, and do nothing else to, with servers enough for all of them at once. */
  readonly shared: ReadonlySet<number>;
  /** Cells that branches beside one another change. */
  readonly contested: ReadonlySet<number>;
  /** Something comes back, or comes new, that counts later. */
  readonly warmsUp: boolean;
  /** How many batches of a restart are followed beside something that warms up. */
  readonly turns: number;
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
  /** Steps are told by the last resort wherever that can tell them. */
  readonly isLast: boolean;
}

export function planOf(context: Surroundings, input: StepToSimulate): Plan {
  const { world } = context;
  const made: Numbering = {
    parts: 0,
    isTimed: false,
    isParallel: false,
    repeated: input.inner.length === 0 ? noParts : new Set<number>(),
  };
  const root = partOf(context, made, input, noIds, false);
  const pool = poolIn(root, onlyPool(root) ?? world.cells.pool(cellsIn(root)));
  const { parts, isTimed, isParallel, repeated } = made;
  const coming = isTimed ? comingLater(world, root) : 0;
  return {
    root,
    parts,
    pool,
    isTimed,
    isTimeless: false,
    isParallel,
    repeated,
    copies: isParallel ? copiesFor(root) : noCopies,
    shared: noParts,
    contested: isParallel ? contestedIn(root) : noParts,
    warmsUp: coming > 0,
    turns: isParallel ? turnsIn(root, coming) : 0,
  };
}

/** What is found out while the parts are numbered. */
interface Numbering {
  parts: number;
  isTimed: boolean;
  isParallel: boolean;
  readonly repeated: Set<number>;
}

function partOf(
  context: Surroundings,
  made: Numbering,
  input: StepToSimulate,
  above: readonly string[],
  isRepeated: boolean,
): StepPart {
  const { step, actions } = input;
  const { world } = context;
  const part = made.parts++;
  if (isRepeated) for (let own = part; own <= part + actions.length; own++) made.repeated.add(own);
  if (step.kind === 'parallel') made.isParallel = true;
  const ids = idsOf(context, step, above);
  const origin = ids.length === 0 ? '' : ids.join('\n');
  const tasks = actions.map((action) => taskOf(context, action, made.parts++, origin));
  let rolls = false;
  for (const task of tasks) {
    const isRolling = task.action.effect === 'restart' || task.action.effect === 'replace';
    // Beside others its batches go in turns with theirs, whether they take time or not.
    if (task.still === undefined && (takesTime(world, task) || (isRolling && made.isParallel))) made.isTimed = true;
    if (isRolling) rolls = true;
  }
  const takes = rolls ? 0 : (step.takes?.value ?? 0);
  if (input.inner.length === 0) return { part, input, tasks, inner: noInner, takes, times: timesOf(step) };
  const inner = input.inner.map((child) => partOf(context, made, child, ids, isRepeated || step.kind === 'repeat'));
  if (takes > 0 || input.inner.some(({ step: { takes: own } }) => own !== undefined)) made.isTimed = true;
  return { part, input, tasks, inner, takes, times: timesOf(step) };
}

/** The ids by which a restore can name what the step takes, those of the steps around it first. */
function idsOf({ world }: Surroundings, { id }: StepToSimulate['step'], above: readonly string[]): readonly string[] {
  const own = id?.value;
  return own !== undefined && world.restorable.has(own) ? [...above, own] : above;
}

/** The tasks of a step that holds no others, at less cost than a plan. */
export function tasksOf(context: Surroundings, { step, actions }: StepToSimulate): readonly Task[] {
  const origin = idsOf(context, step, noIds)[0] ?? '';
  return actions.map((action, i) => taskOf(context, action, i + 1, origin));
}

function timesOf(step: StepToSimulate['step']): number | undefined {
  return step.kind === 'repeat' ? step.times?.value : 1;
}

const noInner: readonly StepPart[] = [];
const noCopies: readonly Copy[] = [];
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

function taskOf(around: Surroundings, said: Action, part: number, origin: string): Task {
  const { action, pool, selection, isNamed, still } = changeIn(around, withNamedHosts(said, around));
  return { part, action, pool, selection, isNamed, origin, still };
}

type Change = Omit<Task, 'part' | 'origin'>;

function noChange({ world }: Surroundings, action: Action, still: Task['still']): Change {
  return { action, pool: world.cells.empty, selection: noSelection, isNamed: false, still };
}

function changeIn(around: Surroundings, action: Action): Change {
  const { world, ids, outside } = around;
  if (action.obstacle !== undefined) return noChange(around, action, { obstacle: action.obstacle });
  switch (action.effect) {
    case 'wait':
      return noChange(around, action, undefined);
    case 'block':
    case 'unblock':
    case 'guard-off':
    case 'guard-on':
      return noChange(around, action, named(world, action, outside));
    case 'carry':
    case 'none':
      return noChange(around, action, {});
    case 'opaque':
      if (action.mentions !== undefined) return noChange(around, action, mentioned(world, action, action.mentions));
      return noChange(around, action, {
        obstacle: {
          span: action.at,
          why: 'it changes capacity in a way that the text does not show',
          advice:
            'Say what goes and comes back in steps like `remove` and `restart` beside it, and suppress this with a reason.',
        },
      });
    default:
  }
  if (action.restores !== undefined) {
    const { value: id, span } = action.restores;
    if (!ids.has(id)) return noChange(around, action, { unknown: [{ kind: 'step', name: id, span, among: [...ids] }] });
    const pool = world.restorable.get(id) ?? world.cells.empty;
    return { action, pool, selection: { ...noSelection, names: [id] }, isNamed: false, still: undefined };
  }
  const { selection, pool, isEmpty } = lookedUp(around, action);
  if (selection.unknown.length > 0) return noChange(around, action, { unknown: selection.unknown });
  if (selection.obstacle !== undefined) return noChange(around, action, { obstacle: selection.obstacle });
  const target = selection.names;
  if (selection.isElsewhere) return noChange(around, action, {});
  const scales = action.effect === 'scale-to' || action.effect === 'add';
  if (pool.cells.length === 0 || (!scales && isEmpty)) {
    return noChange(around, action, {
      target,
      idle: selection.byHosts && pool.cells.length > 0 ? 'already-out' : 'nothing-matches',
    });
  }
  const obstacle = scales ? scaleObstacle(world, action, pool) : undefined;
  if (obstacle !== undefined) return noChange(around, action, { target, obstacle });
  const amount = action.amount?.value;
  const isNamed = selection.byHosts && (amount === undefined || amount.unit === 'all');
  if (action.back === undefined) return { action, pool, selection, isNamed, still: undefined };
  // A restart waits for the warm-up, of which the pause is to be long enough.
  const warmup = Math.max(0, ...pool.cells.map((cell) => world.cells.cells[cell]?.group.warmup ?? 0));
  const { value: pause, span } = action.pause ?? { value: 0, span: action.at };
  if (warmup > pause)
    return noChange(around, action, {
      target,
      obstacle: { span, why: 'whether each server is warm again before the next goes is not known' },
    });
  const waiting = { ...action, pause: { value: pause - warmup, span } };
  return { action: waiting, pool, selection, isNamed, still: undefined };
}

/** Where hosts are named, no count is needed (docs/commands.md, `absent`). */
function withNamedHosts(action: Action, { world: { capacity }, outside }: Surroundings): Action {
  if (action.unlessHosts !== true) return action;
  const { byHosts, unknown } = selectionOf(action.target, capacity, outside);
  if (!byHosts && unknown.length === 0) return action;
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

/** A command that nobody declared is told of only where it names something of the fleet (docs/commands.md). */
function mentioned(
  { capacity }: World,
  { target }: Action,
  { span, asCommand, ...rest }: NonNullable<Action['mentions']>,
): Partial<ActionOutcome> {
  const name = target.terms.find(({ text, role }) => (role === 'hosts' ? isHostOf : isNameOf)(text, capacity));
  if (asCommand === true && name?.role === 'hosts') {
    const why = `\`${name.text}\` is a host of the fleet, and stands where a command is looked for`;
    const advice = 'Name one host there, and the others in a loop or with a tool that takes several.';
    return { obstacle: { span: name.span, why, advice } };
  }
  return name === undefined ? {} : { obstacle: { ...rest, span: span ?? name.span } };
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
