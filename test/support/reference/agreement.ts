import fc from 'fast-check';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { compare } from './compare.ts';
import type { Mistake } from './mistake.ts';
import { enumerateAll } from './parameters.ts';
import { shrunk } from './shrink.ts';
import { filesOf } from './yaml.ts';

/** More worlds at once than this are not enumerated, because one such case takes as long as a hundred others. */
const patience = 300;

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
export function compareMany(numRuns: number, seed = Date.now() % 2 ** 31): Agreement {
  const told = { cases: 0, steps: 0, unknown: 0, differing: 0, first: '', seed };
  for (const one of fc.sample(cases, { numRuns, seed })) {
    const reports = enumerateAll(one, { patience });
    if (reports === undefined) continue;
    const { steps, unknown, differences } = compare(one, reports);
    told.cases += 1;
    told.steps += steps;
    told.unknown += unknown;
    if (differences.length === 0) continue;
    told.differing += 1;
    told.first ||= textOf(shrunk(one, differs));
  }
  return told;
}

/** Whether a comparison with the reference that makes the mistake finds it within so many cases. */
export function finds(mistake: Mistake, numRuns: number): boolean {
  const { failed } = fc.check(
    fc.property(cases, (one) => {
      const reports = enumerateAll(one, { patience, mistake });
      return reports === undefined || compare(one, reports).differences.length === 0;
    }),
    { numRuns, endOnFailure: true },
  );
  return failed;
}

function differs(one: Case): boolean {
  const reports = enumerateAll(one, { patience });
  if (reports === undefined) return false;
  const { isWritten, differences } = compare(one, reports);
  return isWritten && differences.length > 0;
}

function textOf(one: Case): string {
  const { fleet, runbook } = filesOf(one);
  const reports = enumerateAll(one, { patience });
  const differences = reports === undefined ? [] : compare(one, reports).differences;
  return `\n${fleet}\n${runbook}\n${differences.join('\n')}\n`;
}
