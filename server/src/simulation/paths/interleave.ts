import type { Path } from './path.ts';
import { type Begin, lazily, type Proc, type Progress, type Run } from './run.ts';

/** Branches as they begin, and for each the one that has to begin before it. */
interface Branches {
  readonly begun: readonly Proc[];
  readonly after: readonly (number | undefined)[];
}

/**
 * Branches beside one another: any of them may go on next, whatever they say they take (docs/simulation.md §10).
 * Each has a clock of its own, which counts for what it waits and for rates; the whole takes as long as its longest branch.
 * `after` says of a branch which other one begins before it, because they do the same.
 */
export function parallel(branches: readonly Begin[], after: readonly (number | undefined)[]): Begin {
  return (clock) => {
    const begun = branches.map((begin) => begin(clock));
    return beside({ begun, after }, begun, clock);
  };
}

function beside(branches: Branches, procs: readonly (Proc | undefined)[], clock: number): Proc {
  const mayGoOn = (i: number) => {
    const before = procs[i] === branches.begun[i] ? branches.after[i] : undefined;
    return before === undefined || procs[before] !== branches.begun[before];
  };
  const open = procs.flatMap((proc, i) => (proc === undefined || !mayGoOn(i) ? [] : [{ proc, i }]));
  if (open.length === 0)
    return { key: 'none', options: [{ at: clock, next: (_, path) => [{ path, proc: undefined, clock }] }] };
  return lazily(`${clock}<${procs.map((proc) => proc?.key ?? '').join('|')}>`, () =>
    open.flatMap(({ proc, i }) =>
      proc.options.map(({ at, opens, next }) => ({
        at,
        opens,
        next: (run: Run, path: Path, time: number) =>
          next(run, path, time).map((progress) => goneOn(branches, procs, i, clock, progress)),
      })),
    ),
  );
}

function goneOn(
  branches: Branches,
  procs: readonly (Proc | undefined)[],
  which: number,
  clock: number,
  { path, proc, clock: own }: Progress,
): Progress {
  const rest = procs.with(which, proc);
  const latest = proc === undefined ? Math.max(clock, own) : clock;
  const isOver = rest.every((one) => one === undefined);
  return { path, proc: isOver ? undefined : beside(branches, rest, latest), clock: latest };
}
