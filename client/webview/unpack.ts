import type { TimelineSubsystem } from '../../server/src/protocol/messages.ts';
import type { Figures, Packed, Range, Step, Subsystem, Timeline } from './model.ts';

/** So many figures stand there for a step. */
const width = 6;

/**
 * The view's timeline out of the server's: against one of its fleets, figures spread over all steps, and without the steps that hold others,
 * whose figures are those of what they hold.
 * @param which of the fleets; the first where there are not so many
 */
export function unpack({ uri, title, steps, fleets }: Packed, which = 0): Timeline | undefined {
  const chosen = which < fleets.length ? which : 0;
  const fleet = fleets[chosen];
  if (fleet === undefined) return undefined;
  const kept = keptOf(steps);
  return {
    uri,
    runbook: title,
    fleets: fleets.map(({ name }) => name),
    fleet: chosen,
    steps: stepsOf({ steps }),
    subsystems: fleet.subsystems.map((subsystem) => unpacked(subsystem, steps.length, kept)),
  };
}

/** The steps that the view shows. */
export function stepsOf({ steps }: Pick<Packed, 'steps'>): readonly Step[] {
  return keptOf(steps).flatMap((at) => {
    const step = steps[at];
    return step === undefined ? [] : [stepOf(step)];
  });
}

/** Which of the steps hold no others. */
function keptOf(steps: Packed['steps']): readonly number[] {
  const holders = new Set(steps.map(({ path }) => path.replace(/\.?\d+$/, '')));
  return steps.flatMap(({ path }, at) => (holders.has(path) ? [] : [at]));
}

function stepOf({ path, range, name, verdict }: Packed['steps'][number]): Step {
  return { index: path, line: range.start.line, endLine: range.end.line, name, verdict };
}

function unpacked(
  { name, full, minimum, at, figures }: TimelineSubsystem,
  steps: number,
  kept: readonly number[],
): Subsystem {
  const all: Figures[] = [];
  let next = 0;
  let last: Range = { worst: full, best: full };
  for (let step = 0; step < steps; step++) {
    if (at[next] === step) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = figures.slice(next * width, (next + 1) * width);
      last = { worst: e, best: f };
      all.push({ before: { worst: a, best: b }, lowest: { worst: c, best: d }, after: last, minimum });
      next += 1;
    } else all.push({ before: last, lowest: last, after: last, minimum });
  }
  return { name, full, figures: kept.flatMap((step) => all[step] ?? []) };
}
