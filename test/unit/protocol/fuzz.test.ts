import fc from 'fast-check';
import { corpus } from '../../support/corpus.ts';
import { FuzzedSession, opKinds } from '../../support/fuzz/session.ts';

/** More with `RUNBOOK_LINT_FUZZ=2000`, others with `RUNBOOK_LINT_FUZZ_SEED=7`. */
const runs = Number(process.env.RUNBOOK_LINT_FUZZ ?? 30);
const seed = Number(process.env.RUNBOOK_LINT_FUZZ_SEED ?? 1);

const op = fc.record({ kind: fc.constantFrom(...opKinds), seed: fc.nat(1e9) });

describe('a session of anything', () => {
  it(`ends like one in which the last texts were opened, ${runs} times (property)`, async function () {
    this.timeout(120_000 + 2_000 * runs);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...corpus),
        fc.boolean(),
        fc.array(op, { minLength: 3, maxLength: 40 }),
        async (folder, pulls, ops) => {
          const session = await FuzzedSession.begin(folder, pulls);
          try {
            for (const one of ops) await session.do(one);
            await session.end();
          } finally {
            session.dispose();
          }
        },
      ),
      { numRuns: runs, seed, endOnFailure: process.env.RUNBOOK_LINT_FUZZ !== undefined },
    );
  });
});
