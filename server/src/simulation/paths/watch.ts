import type { Figures } from '../outcome.ts';
import type { LocalGauge } from '../worlds/world.ts';

/** Some gauges of one part, whose lows belong together. */
export interface Watched {
  readonly part: number;
  readonly gauges: readonly number[];
  /** A gauge that does not go lower than it was counts as kept. */
  readonly spares: boolean;
}

/** What of them has been seen on a path, as far as it matters to whether all can be kept. */
export interface Watch extends Watched {
  /** By gauge: below the least it is not kept, whatever is the case besides, and at `enough` it is. */
  readonly spans: readonly { readonly least: number; readonly enough: number }[];
  /** Where some may be spared, what they read before the present round of the part; undefined before it begins. */
  readonly from: readonly number[] | undefined;
  /** How low they went in all rounds; undefined before the part begins. */
  readonly low: readonly number[] | undefined;
}

/** A gauge that nothing has lowered, and one that is not kept, whatever comes. */
const kept = Number.POSITIVE_INFINITY;
const lost = Number.NEGATIVE_INFINITY;

/** What is watched before the step begins; `others`: what each gauge reads of what the paths do not follow. */
export function watchIn(
  watched: Watched,
  gauges: readonly LocalGauge[],
  others: readonly (Figures | undefined)[],
): Watch {
  const spans = watched.gauges.map((at) => {
    const bound = gauges[at]?.gauge.bound ?? 0;
    return { least: bound - (others[at]?.best ?? 0), enough: bound - (others[at]?.worst ?? 0) };
  });
  return { ...watched, spans, from: undefined, low: undefined };
}

/** What is watched, while its part is under way. */
export function seen(
  watch: Watch | undefined,
  open: readonly { readonly part: number }[],
  values: readonly number[],
): Watch | undefined {
  if (watch === undefined || !open.some(({ part }) => part === watch.part)) return watch;
  const { gauges, spares, spans } = watch;
  if (watch.low?.includes(lost)) return watch;
  const from = spares ? (watch.from ?? gauges.map((gauge) => values[gauge] ?? kept)) : undefined;
  const low = gauges.map((gauge, i) => {
    const value = values[gauge] ?? kept;
    const isKept = spares && value >= (from?.[i] ?? value);
    const { least = lost, enough = kept } = spans[i] ?? {};
    const all = Math.min(isKept ? kept : value, watch.low?.[i] ?? kept, enough);
    return all < least ? lost : all;
  });
  // Nothing that comes later makes up for one that is lost: then it does not matter how the others are.
  return low.includes(lost) ? { ...watch, from: undefined, low: low.map(() => lost) } : { ...watch, from, low };
}
