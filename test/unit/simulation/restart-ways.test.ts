import assert from 'node:assert/strict';
import { changesToFollow } from '../../../server/src/simulation/paths/restart-ways.ts';

describe('the changes that a restart takes to follow', () => {
  it('are as many as there are ways for the next batch, from every way so far', () => {
    // One box: one way each time.
    assert.equal(changesToFollow([6], 6, 2), 3);
    // Two boxes of two, all four at once: one way.
    assert.equal(changesToFollow([2, 2], 4, 4), 1);
    // One after another: 2 ways for each, from 1, 2, 3 and 2 ways so far.
    assert.equal(changesToFollow([2, 2], 4, 1), 2 * (1 + 2 + 3 + 2));
    assert.equal(changesToFollow([], 0, 1), 0);
  });

  it('grow beyond all bounds with the boxes', () => {
    assert.ok(changesToFollow([40, 40, 40, 40, 40, 40], 240, 32) > 1e12);
  });
});
