import assert from 'node:assert/strict';
import { compareMany, finds } from '../../support/reference/agreement.ts';
import { mistakes } from '../../support/reference/mistake.ts';

describe('the simulation against enumeration', () => {
  it('says the same of every step: its figures, the rules it breaks, how certainly, and its verdict', function () {
    this.timeout(120_000);
    const { cases, steps, unknown, differing, first, seed } = compareMany(300);
    assert.ok(cases > 240, `only ${cases} cases`);
    assert.ok(unknown * 1000 <= steps, `${unknown} of ${steps} steps`);
    assert.equal(differing, 0, `seed ${seed}: ${differing} cases differ, the first one made small:${first}`);
  });

  for (const mistake of mistakes)
    it(`finds a reference that makes a mistake: ${mistake}`, function () {
      this.timeout(120_000);
      assert.ok(finds(mistake, 1000));
    });
});
