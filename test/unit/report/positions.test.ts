import assert from 'node:assert/strict';
import fc from 'fast-check';
import { positionsIn } from '../../../server/src/report/positions.ts';

describe('positionsIn', () => {
  it('counts lines and columns from 1, columns in UTF-16 units', () => {
    const positions = positionsIn('ab\n😀c');
    assert.deepEqual(positions.at(0), { line: 1, column: 1 });
    assert.deepEqual(positions.at(2), { line: 1, column: 3 });
    assert.deepEqual(positions.at(3), { line: 2, column: 1 });
    assert.deepEqual(positions.at(5), { line: 2, column: 3 });
  });

  it('knows every line ending that editors know', () => {
    const positions = positionsIn('a\r\nb\rc\nd');
    assert.deepEqual(
      [0, 3, 5, 7].map((offset) => positions.at(offset)),
      [1, 2, 3, 4].map((line) => ({ line, column: 1 })),
    );
  });

  it('takes an offset outside the text for the nearest in it', () => {
    assert.deepEqual(positionsIn('ab').range({ start: -1, end: 9 }), {
      start: { line: 1, column: 1 },
      end: { line: 1, column: 3 },
    });
  });

  it('finds back every offset', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r\n') });
    fc.assert(
      fc.property(text, (source) => {
        const positions = positionsIn(source);
        const lines = source.split(/(?<=\n)/);
        for (let offset = 0; offset < source.length; offset++) {
          const { line, column } = positions.at(offset);
          const before = lines.slice(0, line - 1).join('').length;
          assert.equal(before + column - 1, offset);
        }
      }),
    );
  });
});
