import type { Path } from './path.ts';
import { type Begin, lazily, type Proc, type Progress, type Run } from './run.ts';

/**
 * Branches beside one another: any of them may go on next, whatever they say they take (SPEC §5.10).
 * Each has a clock of its own, which counts for what it waits and for rates; the whole takes as long as its longest branch.
 */
export function parallel(branches: readonly Begin[]): Begin {
  return (clock) =>
    beside(
      branches.map((begin) => begin(clock)),
      clock,
    );
}

function beside(procs: readonly (Proc | undefined)[], clock: number): Proc {
  const open = procs.flatMap((proc, i) => (proc === undefined ? [] : [{ proc, i }]));
  if (open.length === 0)
    return { key: 'none', options: [{ at: clock, next: (_, path) => [{ path, proc: undefined, clock }] }] };
  return lazily(`${clock}<${procs.map((proc) => proc?.key ?? '').join('|')}>`, () =>
    open.flatMap(({ proc, i }) =>
      proc.options.map(({ at, opens, next }) => ({
        at,
        opens,
        next: (run: Run, path: Path, time: number) =>
          next(run, path, time).map((progress) => goneOn(procs, i, clock, progress)),
      })),
    ),
  );
}

function goneOn(
  procs: readonly (Proc | undefined)[],
  which: number,
  clock: number,
  { path, proc, clock: own }: Progress,
): Progress {
  const rest = procs.with(which, proc);
  const latest = proc === undefined ? Math.max(clock, own) : clock;
  const isOver = rest.every((one) => one === undefined);
  return { path, proc: isOver ? undefined : beside(rest, latest), clock: latest };
}
