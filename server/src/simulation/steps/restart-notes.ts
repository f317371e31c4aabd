import type { Fall } from '../paths/fall.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import { statusOf } from '../worlds/status.ts';
import type { LocalGauge, Scope } from '../worlds/world.ts';
import type { RestartAlone } from './beside-waits.ts';
import type { Way } from './restart-course.ts';

/** A gauge before a restart, and at its lowest. */
export interface Reading {
  readonly before: Range;
  readonly low: Range;
  readonly fall: Fall | undefined;
}

/** What was seen of a restart and of what it is in, and of what stands beside it; and by part how high each gauge can be kept. */
export function notesOf(
  { parts, idle }: RestartAlone,
  readings: readonly Reading[],
  witness: readonly (Seen | undefined)[],
): { readonly notes: Map<string, PartNotes>; readonly best: Map<number, readonly number[]> } {
  const notes = new Map<string, PartNotes>();
  const best = new Map<number, readonly number[]>();
  const note = (part: number, own: readonly Reading[], seen: readonly (Seen | undefined)[]) => {
    notes.set(`${part}`, {
      part,
      before: own.map(({ before }) => ({ ...before })),
      low: own.map(({ low }) => ({ ...low })),
      after: own.map(({ before }) => ({ ...before })),
      falls: own.map(({ fall }) => fall),
      // It is asked of what holds other steps alone.
      stays: [],
      witness: [...seen],
    });
    best.set(
      part,
      own.map(({ low }) => low.best),
    );
  };
  for (const part of parts) note(part, readings, witness);
  // At any moment of what stands beside it a batch may be out, or none.
  const meanwhile = readings.map(({ before, low }): Reading => {
    const range = { worst: low.worst, best: before.best };
    return { before: range, low: range, fall: undefined };
  });
  for (const part of idle) note(part, meanwhile, []);
  return { notes, best };
}

/** The choice of a batch with which a sum is as low as it comes to be. */
export function witnessOf(
  { branch, course }: Way,
  scope: Scope,
  { gauge: { tally } }: LocalGauge,
  weight: (position: number, tally: number) => number,
  value: number,
): Seen | undefined {
  if (tally === undefined || course.surge) return undefined;
  const order = [...course.due.entries()]
    .map(([position, count]) => ({ position, count, each: weight(position, tally) }))
    .sort((a, b) => b.each - a.each);
  const from = scope.cells.map((cell) => branch.known.at(cell) ?? statusOf(0));
  const to = [...from];
  let left = course.batch;
  for (const { count, position } of order) {
    const taken = Math.min(left, count);
    left -= taken;
    to[position] = statusOf((from[position]?.inService ?? 0) - taken);
  }
  return { value, scope, from, to };
}
