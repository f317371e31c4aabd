import fc from 'fast-check';
import { besideCases } from './beside-cases.ts';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { type Comparison, compare, type Few } from './compare.ts';
import type { Mistake } from './mistake.ts';
import { enumerateAll } from './parameters.ts';
import { podCases } from './pod-cases.ts';
import { ratedCases } from './rated-cases.ts';
import { shrunk } from './shrink.ts';
import { wideCases } from './wide-cases.ts';
import { filesOf } from './yaml.ts';

/** Cases to compare. */
export interface Kind {
  readonly cases: fc.Arbitrary<Case>;
  /** More worlds at once than this are not enumerated, because one such case takes as long as a hundred others. */
  readonly patience: number;
  /** How it is compared besides, by which small fleets are looked at as large ones are. */
  readonly few?: readonly Few[];
}

/** As the choices of large fleets are told, and by the last resort. */
export const few: readonly Few[] = [{ fewWays: 1 }, { fewWays: 1, isLast: true }];

/** Every kind of step and every key of a fleet. */
export const mixed: Kind = { cases, patience: 300 };
/** Choices with many ways. */
export const wide: Kind = { cases: wideCases, patience: 2000, few };
/** Restarts of several groups beside other steps. */
export const beside: Kind = { cases: besideCases, patience: 1000, few };

/** Restarts that take unequal times, under a rate. */
export const rated: Kind = { cases: ratedCases, patience: 3000, few };

/** Pods of groups that only count them. */
export const pods: Kind = { cases: podCases, patience: 300 };

/** What was compared. */
export interface Agreement {
  readonly cases: number;
  readonly steps: number;
  /** Steps that the product could not judge for want of budget. */
  readonly unknown: number;
  /** Cases in which the two differ, and the first of them, as small as it can be made, as YAML. */
  readonly differing: number;
  readonly first: string;
  /** What the cases were made of: the same seed makes the same ones. */
  readonly seed: number;
}

/** Compares so many random cases, and tells how often the two differ. */
export function compareMany(kind: Kind, numRuns: number, seed = Date.now() % 2 ** 31): Agreement {
  const told = { cases: 0, steps: 0, unknown: 0, differing: 0, first: '', seed };
  for (const one of fc.sample(kind.cases, { numRuns, seed })) {
    const compared = comparisons(kind, one);
    if (compared === undefined) continue;
    const [{ steps, unknown }] = compared;
    told.cases += 1;
    told.steps += steps;
    told.unknown += unknown;
    if (!compared.some(({ differences }) => differences.length > 0)) continue;
    told.differing += 1;
    told.first ||= textOf(
      kind,
      shrunk(one, (smaller) => differs(kind, smaller)),
    );
  }
  return told;
}

/** Whether a comparison with the reference that makes the mistake finds it within so many cases. */
export function finds(mistake: Mistake, numRuns: number): boolean {
  const { failed } = fc.check(
    fc.property(cases, (one) => {
      const reports = enumerateAll(one, { patience: mixed.patience, mistake });
      return reports === undefined || compare(one, reports).differences.length === 0;
    }),
    { numRuns, endOnFailure: true },
  );
  return failed;
}

/** As the product does it, and perhaps as it does it for larger fleets; undefined where that is not enumerated. */
function comparisons(
  { patience, few = [] }: Kind,
  one: Case,
): readonly [Comparison, ...(readonly Comparison[])] | undefined {
  const reports = enumerateAll(one, { patience });
  if (reports === undefined) return undefined;
  return [compare(one, reports), ...few.map((own) => compare(one, reports, own))];
}

/** A smaller case with which one of the two cannot go on is another case. */
function differs(kind: Kind, one: Case): boolean {
  try {
    const compared = comparisons(kind, one) ?? [];
    return compared.some(({ isWritten, differences }) => isWritten && differences.length > 0);
  } catch {
    return false;
  }
}

function textOf(kind: Kind, one: Case): string {
  const { fleet, runbook } = filesOf(one);
  const differences = comparisons(kind, one)?.flatMap((compared) => compared.differences) ?? [];
  return `\n${fleet}\n${runbook}\n${differences.join('\n')}\n`;
}
