import assert from 'node:assert/strict';
import { unlimitedWork } from '../../../server/src/simulation/work.ts';
import { bestKept, type Gone } from '../../../server/src/simulation/worlds/batches.ts';

/** What leaves within half an hour, batch by batch: the best of the worst moments, and the tries that it took. */
function within(batches: { due: readonly number[]; batch: number }, minutes: readonly number[], enough: number) {
  const work = unlimitedWork();
  const window = 30;
  const sum = ({ sums }: Gone) => sums[0] ?? 0;
  const recent = (gone: readonly Gone[]) => {
    let age = 0;
    let first = gone.length;
    while (first > 0 && age + (gone[first - 1]?.lasts ?? 0) < window) age += gone[--first]?.lasts ?? 0;
    return gone.slice(first);
  };
  const left = batches.due.reduce((all, count) => all + count, 0);
  const best = bestKept(
    { ...batches, left },
    {
      weights: () => [1],
      lasts: (position) => minutes[position] ?? 0,
      pause: 0,
      value: (batch, before) => -before.reduce((all, gone) => all + sum(gone), sum(batch)),
      remembered: (batch, before) => recent([...before, batch]),
      horizon: window,
      enough,
      floor: Number.NEGATIVE_INFINITY,
    },
    work,
  );
  return { best, work: work.done };
}

describe('the batches of a restart, put together so that as little as can be leaves within a window', () => {
  it('hold a slow server each, which is found at once', () => {
    // Twenty batches of three minutes each, of which half an hour holds ten.
    const { best, work } = within({ due: [20, 20], batch: 2 }, [1, 3], -20);
    assert.equal(best, -20);
    assert.ok(work < 100, `${work}`);
  });
});
