import { begun, ended, type Path, valuesOf, waited } from './path.ts';
import {
  type Begin,
  lazily,
  noteBegin,
  noteBest,
  noteEnd,
  type Option,
  type Proc,
  type Progress,
  type Run,
} from './run.ts';

export function happening(run: Run, path: Path, { at, opens, next }: Option): readonly Progress[] {
  let from = path;
  for (const { part, round, isSilent } of opens ?? []) {
    if (isSilent) inRound(run, round, () => looked(run, path, part));
    else from = begun(run.scope, from, part, run.repeated.has(part));
  }
  const progress = next(run, waited(run.scope, from, at), at);
  if (progress.length === 0) return progress;
  for (const { part, round, isSilent } of opens ?? [])
    if (!isSilent) inRound(run, round, () => noteBegin(run, part, valuesOf(run.scope, path.tally)));
  return progress;
}

/** A part that changes nothing is carried out now. */
export function looked(run: Run, path: Path, part: number): void {
  noteBegin(run, part, valuesOf(run.scope, path.tally));
  over(run, begun(run.scope, path, part, false), part);
}

/** What is noted meanwhile is noted for this round. */
export function inRound<T>(run: Run, round: string, act: () => T): T {
  const outer = run.round;
  run.round = outer + round;
  const result = act();
  run.round = outer;
  return result;
}

/** Remembers what the gauges read from the first change of a part to its last. */
export function framed(part: number, begin: Begin): Begin {
  return (clock) => {
    const inner = begin(clock);
    return lazily(`{${inner.key}`, () =>
      inner.options.map(({ at, opens = [], next }) => ({
        at,
        opens: [{ part, round: '' }, ...opens],
        next: (run, path, time) => closed(run, part, next(run, acting(path, part), time)),
      })),
    );
  };
}

/** What leaves service now leaves because of this part, and of those that it is in. */
function acting(path: Path, part: number): Path {
  return { ...path, acting: [...path.acting, part] };
}

function closed(run: Run, part: number, progress: readonly Progress[]): readonly Progress[] {
  return progress.map(({ path, proc, clock }) =>
    proc === undefined ? { path: over(run, path, part), proc, clock } : { path, proc: watched(part, proc), clock },
  );
}

function watched(part: number, proc: Proc): Proc {
  return lazily(proc.key, () =>
    proc.options.map(({ at, opens, next }) => ({
      at,
      opens,
      next: (run, path, time) => closed(run, part, next(run, acting(path, part), time)),
    })),
  );
}

export function over(run: Run, path: Path, part: number): Path {
  const { path: then, frame } = ended(path, part);
  if (frame === undefined) return then;
  noteEnd(run, frame, valuesOf(run.scope, path.tally));
  if (run.repeated.has(part)) return then;
  noteBest(run, part, frame.best);
  const low = path.watch?.part === part ? path.watch.low : undefined;
  if (low !== undefined) run.watched.set(low.join(), low);
  return then;
}
