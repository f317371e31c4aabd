import assert from 'node:assert/strict';
import { reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  pay: { minimum: 20 }
groups:
  pay: { hosts: "pay[01-40]", serves: { pay: 2 } }
removal: { limit: 8, window: 10m }
`;

/** What the rule says first of a runbook with the marked places. */
async function said(steps: string): Promise<string> {
  const [finding] = await reports('removal-rate', {
    'x.runbook.yaml': `runbook: x\nsteps:\n${steps}`,
    'x.fleet.yaml': fleet,
  });
  return finding?.message ?? '';
}

describe('removal-rate', () => {
  it('says where the step alone is not too fast', async () => {
    assert.match(
      await said('  - remove: { group: pay, count: 3 }\n  - remove: { group: pay, count: ⟦2⟧ }\n'),
      /^With what left before, this takes 10 units of pay \(limit 8\) out within 10 minutes,/,
    );
    assert.match(
      await said('  - run: kubectl drain pay{01..03}\n  - wait: 9m\n  - run: kubectl drain pay04 ⟦pay05⟧\n'),
      /^With what left before, this takes 10 units/,
    );
  });
  it('does not where it is, or where the turns of a loop or a new size are', async () => {
    assert.match(await said('  - remove: { group: pay, count: ⟦5⟧ }\n'), /^This takes 10 units/);
    assert.match(await said('  - restart: { group: pay, batch: ⟦4⟧ }\n'), /^This takes 80 units/);
    assert.match(await said('  - scale: { group: pay, to: ⟦2⟧ }\n'), /^This takes 76 units/);
    assert.match(await said('  - run: for h in ⟦pay{01..06}⟧; do kubectl drain $h; done\n'), /^This takes 12 units/);
  });
});
