import type { Figures, Subsystem } from './model.ts';

/** Where a subsystem comes nearest to its minimum. */
export interface Tightest {
  /** The step, from 0; 0 where there is none. */
  readonly step: number;
  /** Units above the minimum at worst; below zero where it falls. */
  readonly spare: number;
  /** It falls under every choice of servers. */
  readonly certain: boolean;
}

/** Units above the minimum at the lowest moment of a step: at worst, and at best. */
export function spareOf({ lowest, minimum }: Figures): { readonly worst: number; readonly best: number } {
  return { worst: lowest.worst - minimum, best: lowest.best - minimum };
}

/** The first step of those where the subsystem has the least to spare. */
export function tightestOf({ figures, full }: Subsystem): Tightest {
  let tightest: Tightest = { step: 0, spare: full, certain: false };
  for (const [step, its] of figures.entries()) {
    const { worst, best } = spareOf(its);
    if (step === 0 || worst < tightest.spare) tightest = { step, spare: worst, certain: best < 0 };
  }
  return tightest;
}

/** The subsystems, those that come nearest to their minimum first, by their share of full strength; the rest as in the fleet. */
export function tightestFirst(subsystems: readonly Subsystem[]): readonly Subsystem[] {
  const spare = new Map(subsystems.map((one) => [one, tightestOf(one).spare / Math.max(1, one.full)]));
  return subsystems.toSorted((a, b) => (spare.get(a) ?? 0) - (spare.get(b) ?? 0));
}

/** The first step in which any subsystem may fall below its minimum, and how many do at any time. */
export function fallsOf(subsystems: readonly Subsystem[]): { readonly count: number; readonly first: number } {
  const firsts = subsystems
    .map(({ figures }) => figures.findIndex((its) => spareOf(its).worst < 0))
    .filter((step) => step >= 0);
  return { count: firsts.length, first: Math.min(...firsts) };
}
