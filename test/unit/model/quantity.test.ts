import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  mostServers,
  parseAmount,
  parseBatch,
  parseCount,
  parseDuration,
  parsePercent,
  parseUnits,
  percentRoundedDown,
  percentRoundedUp,
} from '../../../server/src/model/quantity.ts';

const percent = (text: string): number => parsePercent(text) ?? assert.fail(`${text} is a percent`);

describe('quantities', () => {
  it('keeps 70 % as the golden vector says', () => {
    const removable = [1, 3, 7, 10, 20].map((servers) => servers - percentRoundedUp(percent('70%'), servers));
    assert.deepEqual(removable, [0, 0, 2, 3, 6]);
  });

  it('takes percents in whole numbers, never in floats', () => {
    assert.equal(percentRoundedUp(percent('7%'), 100), 7);
    assert.equal(percentRoundedUp(percent('29%'), 100), 29);
    assert.equal(percentRoundedDown(percent('29%'), 100), 29);
    assert.equal(percentRoundedUp(percent('0.001%'), 100_000), 1);
    assert.equal(percentRoundedDown(percent('99.999%'), mostServers), 999_990_000);
  });

  it('rounds exactly, whatever the size', () => {
    const part = fc.integer({ min: 0, max: 999_999_999 });
    const base = fc.integer({ min: 0, max: mostServers });
    fc.assert(
      fc.property(part, base, (thousandths, servers) => {
        const exact = BigInt(thousandths) * BigInt(servers);
        const down = BigInt(percentRoundedDown(thousandths, servers)) * 100_000n;
        const up = BigInt(percentRoundedUp(thousandths, servers)) * 100_000n;
        assert.ok(down <= exact && exact - down < 100_000n);
        assert.ok(up >= exact && up - exact < 100_000n);
      }),
    );
  });

  it('reads durations', () => {
    const seconds = ['90s', '15m', '2h', '1h30m', '1d', '1d2h3m4s', '0s'].map(parseDuration);
    assert.deepEqual(seconds, [90, 900, 7200, 5400, 86_400, 93_784, 0]);
    for (const text of ['', '10', 'm', '1.5h', '10 m', '-5m', '5min', '1h 30m', '1M', `${'9'.repeat(30)}s`]) {
      assert.equal(parseDuration(text), undefined, text);
    }
  });

  it('reads counts that stay exact', () => {
    assert.equal(parseCount('08'), 8);
    assert.equal(parseCount('0'), 0);
    assert.equal(parseCount(`${mostServers}`), mostServers);
    for (const text of ['', '-1', '+1', '1.0', '1e3', '0x10', '1_000', `${mostServers + 1}`, '9'.repeat(400), '٣']) {
      assert.equal(parseCount(text), undefined, text);
    }
  });

  it('reads percents of up to three decimals', () => {
    assert.deepEqual(['10%', '7.5%', '0.125%', '100 %'].map(parsePercent), [10_000, 7500, 125, 100_000]);
    for (const text of ['%', '10', '1.2345%', '-1%', '.5%', '10%%', '1e1%'])
      assert.equal(parsePercent(text), undefined);
  });

  it('tells amounts, units and batches apart', () => {
    assert.deepEqual(parseAmount('all'), { unit: 'all' });
    assert.deepEqual(parseAmount('4'), { unit: 'servers', value: 4 });
    assert.deepEqual(parseAmount('10%'), { unit: 'percent', value: 10_000 });
    assert.equal(parseAmount('4x'), undefined);
    assert.equal(parseUnits('all'), undefined);
    assert.equal(parseBatch('0'), undefined);
    assert.equal(parseBatch('0.000%'), undefined);
    assert.deepEqual(parseBatch('1'), { unit: 'servers', value: 1 });
  });
});
