import type { Seconds } from '../../model/leaf.ts';
import type { Figures } from '../outcome.ts';
import type { StepPart } from '../plan/task.ts';
import type { Status } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';
import { type Fall, lowerFall } from './fall.ts';
import type { Frame, Path } from './path.ts';

/** One step being carried out along all of its paths. Notes what happens on the way; what is found is worked out from the notes. */
export interface Run {
  readonly world: World;
  readonly scope: Scope;
  /** The step. */
  readonly root: StepPart;
  /** Something goes on beside something else, so that every change has to be followed singly. */
  readonly isParallel: boolean;
  /** Something comes back, or comes new, that counts later. */
  readonly warmsUp: boolean;
  /** How many batches of a restart are followed beside something that warms up. */
  readonly turns: number;
  /** Cells that branches beside one another restart, and do nothing else to, with servers enough for all of them at once. */
  readonly shared: ReadonlySet<number>;
  /** Cells that branches beside one another change. */
  readonly contested: ReadonlySet<number>;
  /** Tasks in a round that ask for more than there is, and take what there is, because no path would be left. */
  readonly clamped: Map<string, number>;
  readonly isClamped: (key: string) => boolean;
  /** All paths are followed at once: what cannot be carried out on any of them can be carried out on none. */
  isAlone: boolean;
  /** Tasks in a round that paths ended in, because there was not enough. */
  readonly ended: Map<string, Ended>;
  /** What the factors that the paths do not follow add to each gauge, at worst and at best. */
  readonly others: readonly Figures[];
  /** By part, and by the round of each `repeat` around it; in the order in which they began. */
  readonly notes: Map<string, PartNotes>;
  /** Rounds that were not carried out, because the last is like them. */
  readonly unlooked: Unlooked[];
  /** By part: the highest low of each gauge. */
  readonly best: Map<number, readonly number[]>;
  /** What was watched, each time that its part was over; a part that the paths remember is not among them. */
  readonly watched: Map<string, readonly number[]>;
  /** Parts inside of a `repeat`: how low they go is a matter of all their rounds, so that paths carry it along. */
  readonly repeated: ReadonlySet<number>;
  /** Parts that are not as good as others that do the same: they are watched, or take what there is. */
  readonly apart: ReadonlySet<number>;
  /** Repeats that are under way around what happens now. */
  above: readonly number[];
  /** The same without the rounds of what goes on beside something else. */
  turn: string;
  /** The rounds that are under way, as a part of the key of `notes`. */
  round: string;
  /** By the part of the task. */
  readonly tasks: (TaskNotes | undefined)[];
  /** Changes that may still be followed; below 0 the step cannot be judged. */
  budget: number;
  /** What was left of them where it was given up because it could not be followed to its end. */
  unspent: number | undefined;
}

/** Rounds of a repeat, from one on and up to the last, which is the only one of them that was carried out; `outer` are those around it. */
export interface Unlooked {
  /** The repeat and all that is in it: other repeats in the same round have rounds of their own. */
  readonly parts: readonly number[];
  readonly outer: string;
  readonly from: number;
  readonly last: number;
}

/** What was seen of one part of a step, in one round, over all paths: values of the gauges, with what the other factors add. */
export interface PartNotes {
  readonly part: number;
  readonly before: Range[];
  readonly low: Range[];
  readonly after: Range[];
  /** By gauge: of the paths on which it went lower than it was before, the lowest. */
  readonly falls: (Fall | undefined)[];
  /** By gauge: on some path it did not go lower than it was before. */
  readonly stays: (boolean | undefined)[];
  /** By gauge: where the servers were before, and at the lowest moment of the worst path. */
  readonly witness: (Seen | undefined)[];
}

export interface Seen {
  readonly value: number;
  readonly scope: Scope;
  readonly from: readonly Status[];
  readonly to: readonly Status[];
}

export interface Range {
  worst: number;
  best: number;
}

/** What was seen of one action, over all paths. */
export interface TaskNotes {
  count: Range | undefined;
  /** Servers that the target had to give, where fewer than were asked for: what was asked, and what there was on all paths. */
  lacks: { asked: number; least: number } | undefined;
  /** What the target had in service (or out, for a restore) on the paths. */
  there: Range | undefined;
  /** Named hosts that were out already, at least: on every path. */
  alreadyOut: number | undefined;
}

export function taskNotes(run: Run, part: number): TaskNotes {
  const known = run.tasks[part];
  if (known !== undefined) return known;
  const made: TaskNotes = { count: undefined, lacks: undefined, there: undefined, alreadyOut: undefined };
  run.tasks[part] = made;
  return made;
}

export function widened(range: Range | undefined, value: number): Range {
  if (range === undefined) return { worst: value, best: value };
  range.worst = Math.min(range.worst, value);
  range.best = Math.max(range.best, value);
  return range;
}

function notesOf(run: Run, part: number): PartNotes {
  const key = `${part}${run.round}`;
  const known = run.notes.get(key);
  if (known !== undefined) return known;
  const made: PartNotes = { part, before: [], low: [], after: [], falls: [], stays: [], witness: [] };
  run.notes.set(key, made);
  return made;
}

/** Enters what the gauges read when a part of the step began on one path. */
export function noteBegin(run: Run, part: number, before: readonly number[]): void {
  const notes = notesOf(run, part);
  for (const [i, value] of before.entries()) notes.before[i] = spanned(notes.before[i], value, run.others[i] ?? none);
}

/** Enters what a part of the step came to on one path. */
export function noteEnd(run: Run, frame: Frame, after: readonly number[]): void {
  const notes = notesOf(run, frame.part);
  for (const [i, worst] of frame.worst.entries()) {
    const other = run.others[i] ?? none;
    notes.low[i] = lowSpan(notes.low[i], worst + other.worst, (frame.best[i] ?? worst) + other.best);
    notes.after[i] = spanned(notes.after[i], after[i] ?? worst, other);
    const fall = frame.falls[i];
    notes.stays[i] ||= frame.stays[i] !== undefined;
    if (fall !== undefined)
      notes.falls[i] = lowerFall(notes.falls[i], { from: fall.from + other.worst, to: fall.to + other.worst });
    const value = worst + other.worst;
    const known = notes.witness[i];
    if (worst < (frame.before[i] ?? worst) && (known === undefined || value < known.value)) {
      notes.witness[i] = { value, scope: run.scope, from: frame.start, to: frame.lowAt[i] ?? frame.start };
    }
  }
}

/** Enters what the gauges read where a part of the step might have been carried out, and was not. */
export function noteSkipped(run: Run, part: number, now: readonly number[]): void {
  const notes = notesOf(run, part);
  for (const [i, value] of now.entries()) notes.after[i] = spanned(notes.after[i], value, run.others[i] ?? none);
}

/** Remembers how well a part can go: the highest low of each gauge. */
export function noteBest(run: Run, part: number, best: readonly number[]): void {
  const known = run.best.get(part);
  run.best.set(part, known === undefined ? best : known.map((value, i) => Math.max(value, best[i] ?? value)));
}

const none: Figures = { worst: 0, best: 0 };

function lowSpan(range: Range | undefined, worst: number, best: number): Range {
  if (range === undefined) return { worst, best };
  range.worst = Math.min(range.worst, worst);
  range.best = Math.max(range.best, best);
  return range;
}

function spanned(range: Range | undefined, value: number, other: Figures): Range {
  if (range === undefined) return { worst: value + other.worst, best: value + other.best };
  range.worst = Math.min(range.worst, value + other.worst);
  range.best = Math.max(range.best, value + other.best);
  return range;
}

/**
 * Something that goes on along a path: an action, or a step with what is in it.
 * Immutable, so that paths may part.
 */
export interface Proc {
  /** Procs with the same key on equal paths go on alike. */
  readonly key: string;
  /** What may happen next; one of them does. */
  readonly options: readonly Option[];
}

/** A proc whose options are worked out when somebody asks: of most states on the way nobody does. */
export function lazily(key: string, make: () => readonly Option[]): Proc {
  let made: readonly Option[] | undefined;
  return {
    key,
    get options() {
      made ??= make();
      return made;
    },
  };
}

export interface Ended {
  readonly part: number;
  readonly turn: string;
}

export interface Opening {
  readonly part: number;
  /** The rounds of the repeats that it is in, within what goes on beside something else. */
  readonly round: string;
  /** It changes nothing, so that it may be over again before anything happens. */
  readonly isSilent?: boolean;
}

export interface Option {
  /** When, in seconds since the runbook started, if nothing beside it delays it. */
  readonly at: Seconds;
  /** Parts of the step that begin with it, the outer ones first: before it, and before the time that passes until then. */
  readonly opens?: readonly Opening[] | undefined;
  next(run: Run, path: Path, at: Seconds): readonly Progress[];
}

export interface Progress {
  readonly path: Path;
  /** Undefined: it is over. */
  readonly proc: Proc | undefined;
  /** When it is over. */
  readonly clock: Seconds;
}

/** Begins at a moment. */
export type Begin = (clock: Seconds) => Proc;

export function event(key: string, at: Seconds, next: Option['next']): Proc {
  return { key: `${key}@${at}`, options: [{ at, next }] };
}

/** Lets time pass and does nothing. */
export function pausing(seconds: Seconds): Begin {
  return (clock) => event('w', clock + seconds, (_, path, at) => [{ path, proc: undefined, clock: at }]);
}

/** Goes on for so long at least: what waits inside is a part of that (docs/simulation.md §5). */
export function lasting(seconds: Seconds, begin: Begin): Begin {
  return (clock) => {
    const end = clock + seconds;
    const until: Begin = (now) =>
      event('u', Math.max(now, end), (_, path, at) => [{ path, proc: undefined, clock: at }]);
    const proc = sequence([begin, until])(clock);
    return keyed(`${end}`, proc);
  };
}

/** With what its key does not say. */
export function keyed(more: string, proc: Proc): Proc {
  return lazily(`${more}:${proc.key}`, () =>
    proc.options.map((option) => ({
      at: option.at,
      opens: option.opens,
      next: (run, path, time) =>
        option.next(run, path, time).map((progress) => ({
          path: progress.path,
          proc: progress.proc && keyed(more, progress.proc),
          clock: progress.clock,
        })),
    })),
  );
}

/** One after another. */
export function sequence(begins: readonly Begin[], from = 0): Begin {
  return (clock) => {
    const begin = begins[from];
    if (begin === undefined) return event('e', clock, (_, path, at) => [{ path, proc: undefined, clock: at }]);
    return from === begins.length - 1 ? begin(clock) : inSequence(begins, from, begin(clock));
  };
}

function inSequence(begins: readonly Begin[], at: number, current: Proc): Proc {
  return lazily(`${at}(${current.key})`, () =>
    current.options.map((option) => ({
      at: option.at,
      opens: option.opens,
      next: (run, path, time) =>
        option.next(run, path, time).map(({ path: then, proc, clock }) => ({
          path: then,
          proc: proc === undefined ? sequence(begins, at + 1)(clock) : inSequence(begins, at, proc),
          clock,
        })),
    })),
  );
}
