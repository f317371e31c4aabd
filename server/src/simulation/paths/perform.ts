import { mostInRound } from '../limits.ts';
import { partsIn, type StepPart } from '../plan/task.ts';
import { changesBy } from './changes.ts';
import { actions, orNot } from './choices.ts';
import { parallel } from './interleave.ts';
import { begun, type Path, pathKey, seenKey, together, valuesOf, waited } from './path.ts';
import { afterMore, skipped } from './rounds.ts';
import { type Begin, lasting, lazily, noteBegin, noteBest, noteSkipped, type Proc, type Run, sequence } from './run.ts';
import { stuckInRound } from './stuck.ts';
import { twinsIn } from './twins.ts';
import { framed, happening, inRound, looked, over } from './under-way.ts';

/** Carries a step out along every path; the paths that are left when it is over. */
export function performStep(run: Run, part: StepPart, paths: readonly Path[]): readonly Path[] {
  for (const { tally } of paths) noteBegin(run, part.part, valuesOf(run.scope, tally));
  if (part.input.step.kind === 'repeat') return repeated(run, part, paths);
  return plainly(run, part, paths) ?? drive(run, paths, asProc(run, part));
}

/** The usual case at little cost: one action along one path, which never parts. Undefined where it is another. */
function plainly(run: Run, part: StepPart, paths: readonly Path[]): readonly Path[] | undefined {
  const [path] = paths;
  const [task] = part.tasks;
  if (task?.action.maybe !== undefined) return undefined;
  if (path === undefined || task === undefined || paths.length > 1 || part.tasks.length > 1 || part.inner.length > 0)
    return undefined;
  let proc = changesBy(run, task)?.(path.now);
  if (proc === undefined) return undefined;
  let now = begun(run.scope, path, part.part, run.repeated.has(part.part));
  let { now: clock } = path;
  while (proc !== undefined) {
    const [option, other] = proc.options;
    if (option === undefined || other !== undefined) return undefined;
    const [progress, another] = happening(run, { ...now, acting: [...run.above, part.part] }, option);
    if (progress === undefined || another !== undefined) return undefined;
    now = progress.path;
    proc = progress.proc;
    clock = progress.clock;
    if (run.budget-- < 0) return [];
  }
  return [over(run, waited(run.scope, now, Math.max(clock, path.now + part.takes)), part.part)];
}

/**
 * Round after round, until all are done or a round changes nothing any more.
 * The inner steps' figures are those of all rounds (docs/simulation.md §10).
 */
function repeated(run: Run, part: StepPart, paths: readonly Path[]): readonly Path[] {
  const starts = part.takes === 0 ? [] : [...new Set(paths.map((path) => path.now))];
  if (starts.length > 1) return starts.flatMap((start) => startedAt(run, part, paths, start));
  let now = paths.map((path) => begun(run.scope, path, part.part, run.repeated.has(part.part)));
  let known = '';
  const times = part.times ?? 0;
  const { round: outer, turn, above } = run;
  const depth = outer.split('.').length - 1;
  run.above = [...above, part.part];
  for (let round = 0; round < times && now.length > 0; round++) {
    const before = now;
    run.round = `${outer}.${round}`;
    run.turn = run.round;
    // All branches have met again, so that nothing earlier can be entered any more.
    now = now.map((path) => (path.horizon === undefined ? path : { ...path, horizon: path.now }));
    for (const inner of part.inner) {
      const done = performInRound(run, inner, now);
      if (inner.input.step.when !== undefined)
        for (const { tally } of now) noteSkipped(run, inner.part, valuesOf(run.scope, tally));
      now = distinct(inner.input.step.when === undefined ? done : [...done, ...now]);
      // What later steps rule out may have been the case when this one was over (docs/simulation.md §3).
      if (part.part === 0 && round === times - 1) noteOver(run, inner, now);
      if (now.length > mostInRound) run.budget = -1;
      if (run.budget < 0) return [];
    }
    const key = now
      .map((path) => `${pathKey(path, path.now)} ${seenKey(path)}`)
      .sort()
      .join('\n\n');
    if (key === known && round < times - 1) {
      run.unlooked.push({ parts: partsIn(part), outer, from: round + 1, last: times - 1 });
      // All others are like this one. The last is carried out, because it says what each step inside comes to.
      now = skipped(before, now, times - round - 2);
      round = times - 2;
    }
    known = key;
    const late = times - round - 2;
    const last = late > 0 ? afterMore(run.world, paths, before, now, late) : undefined;
    if (last !== undefined) {
      // What the rounds between see, the last one sees too.
      run.unlooked.push({ parts: partsIn(part), outer, from: round + 1, last: times - 1 });
      now = [last];
      round += late;
    }
    // Rounds in rounds multiply, and each remembers what all those around it have seen.
    run.budget -= 1 + 40 * depth;
  }
  run.round = outer;
  run.turn = turn;
  run.above = above;
  const end = (starts[0] ?? 0) + part.takes;
  return now.map((path) => over(run, waited(run.scope, path, Math.max(path.now, end)), part.part));
}

/** A repeat along those paths alone on which it starts then: each takes its own time. */
function startedAt(run: Run, part: StepPart, paths: readonly Path[], start: number): readonly Path[] {
  const { isAlone } = run;
  run.isAlone = false;
  const own = paths.filter((path) => path.now === start);
  const done = repeated(run, part, own);
  run.isAlone = isAlone;
  return done;
}

/** Carries out a step of a round: what it cannot do on any path takes what there is, and all before it need not be done anew. */
function performInRound(run: Run, step: StepPart, paths: readonly Path[]): readonly Path[] {
  for (;;) {
    const done = performStep(run, step, paths);
    if (done.length > 0 || paths.length === 0 || run.budget < 0 || !run.isAlone || step.inner.length > 0) return done;
    const stuck = stuckInRound(run, step);
    if (stuck === undefined) return done;
    run.clamped.set(`${stuck}${run.turn}`, stuck);
  }
}

/** Remembers of the parts of a step that are repeated how well they have gone, over all rounds, along the paths that are left when it is over. */
export function noteOver(run: Run, step: StepPart, paths: readonly Path[]): void {
  for (const part of partsIn(step)) {
    if (!run.repeated.has(part)) continue;
    for (const { lows, watch } of paths) {
      const low = lows[part];
      if (low !== undefined) noteBest(run, part, low);
      if (watch?.part === part && watch.low !== undefined) run.watched.set(watch.low.join(), watch.low);
    }
  }
}

/** Follows what begins on each path until it is over. */
function drive(run: Run, paths: readonly Path[], begin: Begin): readonly Path[] {
  const done: Path[] = [];
  let active: { path: Path; proc: Proc }[] = paths.map((path) => ({ path, proc: begin(path.now) }));
  while (active.length > 0) {
    const next = new Map<string, { path: Path; proc: Proc }>();
    const only = active.length === 1 && active[0]?.proc.options.length === 1;
    for (const { path, proc } of active) {
      // Of many branches each has a part in every state, so that a state costs the more the more of them there are.
      run.budget -= proc.options.length >> 2;
      for (const option of proc.options) {
        for (const { path: then, proc: rest, clock } of happening(run, { ...path, acting: run.above }, option)) {
          if (rest === undefined) done.push(waited(run.scope, then, clock));
          else add(next, only && next.size === 0 ? '' : `${rest.key}#${pathKey(then, 0)}`, then, rest);
          if (run.budget-- < 0) return [];
        }
      }
    }
    active = [...next.values()];
  }
  return distinct(done);
}

function add(all: Map<string, { path: Path; proc: Proc }>, key: string, path: Path, proc: Proc): void {
  const known = all.get(key);
  all.set(key, known === undefined ? { path, proc } : { path: together(known.path, path), proc });
}

function distinct(paths: readonly Path[]): Path[] {
  if (paths.length < 2) return [...paths];
  const byKey = new Map<string, Path>();
  for (const path of paths) {
    const key = pathKey(path, 0);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? path : together(known, path));
  }
  return [...byKey.values()];
}

/** A step as something that goes on along a path, so that others can go on beside it. */
function asProc(run: Run, part: StepPart): Begin {
  const { step } = part.input;
  const inner =
    step.kind === 'parallel'
      ? besideSilent(run, part)
      : step.kind === 'repeat'
        ? again(
            part.inner.map((child) => optional(child, asProc(run, child))),
            part.times ?? 0,
          )
        : actions(run, part);
  return framed(part.part, part.takes > 0 ? lasting(part.takes, inner) : inner);
}

/** Branches that change nothing may happen at any moment of the others, so it is enough to look at every moment with their eyes. */
function besideSilent(run: Run, step: StepPart): Begin {
  const { part, inner: branches } = step;
  // Inside of other steps they may be what these begin with, and in a repeat each way counts by itself.
  const isOutermost = part === 0;
  const silent = isOutermost ? branches.filter((branch) => isSilent(run, branch)) : [];
  const loud = branches.filter((branch) => !silent.includes(branch));
  const twins = twinsIn(run, step);
  const after = loud.map((branch) => {
    const twin = branches[twins[branches.indexOf(branch)] ?? -1];
    return twin && loud.indexOf(twin);
  });
  const begin = parallel(
    loud.map((branch) => optional(branch, asProc(run, branch))),
    after,
  );
  if (silent.length === 0) return begin;
  const parts = silent.flatMap(partsIn);
  return (clock) => observed(parts, begin(clock));
}

/** A step that neither changes anything nor takes time, nor do those in it; of one that is repeated, each way counts by itself. */
function isSilent(run: Run, { input, tasks, inner, takes }: StepPart): boolean {
  return (
    input.step.kind !== 'repeat' &&
    takes === 0 &&
    tasks.every((task) => changesBy(run, task) === undefined) &&
    inner.every((child) => isSilent(run, child))
  );
}

/** Enters what the parts see before and after every change. */
function observed(parts: readonly number[], proc: Proc): Proc {
  const silent = parts.map((part) => ({ part, round: '', isSilent: true }));
  return lazily(proc.key, () =>
    proc.options.map(({ at, opens = [], next }) => ({
      at,
      opens: [...silent, ...opens],
      next: (run, path, time) =>
        next(run, path, time).map((progress) => {
          for (const part of parts) looked(run, progress.path, part);
          return progress.proc === undefined ? progress : { ...progress, proc: observed(parts, progress.proc) };
        }),
    })),
  );
}

function again(begins: readonly Begin[], times: number): Begin {
  const round = sequence(begins);
  const from = (done: number): Begin => {
    const then: Begin | undefined = done + 1 < times ? (clock) => from(done + 1)(clock) : undefined;
    return (clock) => chained(round(clock), then, done);
  };
  return from(0);
}

function chained(current: Proc, then: Begin | undefined, done: number): Proc {
  return lazily(`${done}[${current.key}]`, () =>
    current.options.map(({ at, opens, next }) => ({
      at,
      opens: opens?.map((opening) => ({ ...opening, round: `.${done}${opening.round}` })),
      next: (run, path, time) =>
        inRound(run, `.${done}`, () => next(run, path, time)).map(({ path: after, proc, clock }) => ({
          path: after,
          proc: proc === undefined ? then?.(clock) : chained(proc, then, done),
          clock,
        })),
    })),
  );
}

/** A step with `when` happens, or it does not (docs/runbook.md). */
function optional(part: StepPart, begin: Begin): Begin {
  return part.input.step.when === undefined ? begin : orNot(begin, part.part);
}
