import assert from 'node:assert/strict';
import fc from 'fast-check';
import { difference, folded, intersection, parseHosts, union } from '../../../server/src/model/hosts.ts';

function names(...words: string[]): string[] {
  const { set, problem } = parseHosts(words);
  assert.equal(problem, undefined);
  return [...set.names()];
}

describe('node-set notation', () => {
  it('counts both ends and keeps the padding', () => {
    assert.deepEqual(names('billing-[08-11]'), ['billing-08', 'billing-09', 'billing-10', 'billing-11']);
    assert.deepEqual(names('web[8-11]'), ['web8', 'web9', 'web10', 'web11']);
    assert.deepEqual(names('a[0-3]'), ['a0', 'a1', 'a2', 'a3']);
    assert.equal(parseHosts(['core-b[001-060]']).set.size, 60);
  });

  it('reads lists, steps and several brackets', () => {
    assert.deepEqual(names('web[1-3,9],db1'), ['web1', 'web2', 'web3', 'web9', 'db1']);
    assert.deepEqual(names('n[0-6/2]'), ['n0', 'n2', 'n4', 'n6']);
    assert.deepEqual(names('r[1-2]n[1-2]'), ['r1n1', 'r1n2', 'r2n1', 'r2n2']);
    assert.deepEqual(names('[1-3]'), ['1', '2', '3']);
    assert.deepEqual(names('a.example.com', 'ip-10-0-[1-2]-3.ec2.internal'), [
      'a.example.com',
      'ip-10-0-1-3.ec2.internal',
      'ip-10-0-2-3.ec2.internal',
    ]);
    assert.deepEqual(names('a1 a2\ta3', 'a2'), ['a1', 'a2', 'a3']);
  });

  it('takes digits beside brackets for a part of the number', () => {
    assert.deepEqual(names('foo[19]'), ['foo19']);
    assert.deepEqual(names('node1[00-02,000-032/8]'), [
      ...['node100', 'node101', 'node102', 'node1000', 'node1008', 'node1016', 'node1024', 'node1032'],
    ]);
    assert.deepEqual(names('node-00[00-02]'), names('node-[0000-0002]'));
    assert.deepEqual(names('node-[1-2]0-[0-2]5'), [
      ...['node-10-05', 'node-10-15', 'node-10-25', 'node-20-05', 'node-20-15', 'node-20-25'],
    ]);
    assert.deepEqual(names('n[0-2]-eth0'), ['n0-eth0', 'n1-eth0', 'n2-eth0']);
    assert.deepEqual(names('node2,node01,node001'), ['node2', 'node01', 'node001']);
    assert.equal(parseHosts(['dc[1-2]n[1-99]']).set.size, 198);
    assert.equal(parseHosts(['web[01-40,50]']).set.size, 41);
  });

  it('is written as it is read', () => {
    for (const word of ['web[01-04,09]', 'db1', 'n[0,2]-x', 'bare'])
      assert.deepEqual(folded(parseHosts([word]).set), [word]);
    assert.deepEqual(folded(parseHosts(['web[8-11]']).set), ['web[8-9]', 'web[10-11]']);
    const range = fc.tuple(fc.constantFrom('a', 'b0', 'c-'), fc.nat(200), fc.nat(30));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), (ranges) => {
        const { set } = parseHosts(ranges.map(([name, from, more]) => `${name}[${from}-${from + more}]`));
        assert.deepEqual([...parseHosts(folded(set)).set.names()].sort(), [...set.names()].sort());
      }),
    );
  });

  it('says in a sentence what it cannot read, and reads the rest', () => {
    for (const word of ['web[1-', 'web]', 'web[a-c]', 'web[4-1]', 'web[1-9/0]', 'web*', 'web?', 'web[]', 'web{1,2}']) {
      const { set, problem } = parseHosts([word, 'db1']);
      assert.match(problem ?? '', /^`.*\.$/, word);
      assert.deepEqual([...set.names()], ['db1'], word);
    }
  });

  it('does not write large sets out', () => {
    const start = performance.now();
    const { set, problem } = parseHosts(['a[1-999999999]', 'b[01-99][01-99]-[01-99]']);
    assert.equal(problem, undefined);
    assert.equal(set.size, 999_999_999 + 99 ** 3);
    assert.ok(set.has('a123456789') && set.has('b9999-99') && !set.has('a0') && !set.has('a01'));
    assert.equal(intersection(set, parseHosts(['a[5-2000000]']).set).size, 1_999_996);
    assert.equal(difference(set, parseHosts(['a[2-999999999]', 'b[1-999]-5']).set).has('a1'), true);
    assert.equal(union(set, parseHosts(['a[0-10]']).set).size, set.size + 1);
    assert.ok(performance.now() - start < 2000);
  });

  it('says where a set is larger than any fleet', () => {
    const many = Array.from({ length: 1000 }, () => '1-999999999').join(',');
    for (const word of ['a[1-999999999999]', 'b[1-9999][1-9999][1-9999]', `c[${many}]d[${many}]`, 'd[0-999999999/2]']) {
      const { set, problem } = parseHosts([word, 'c']);
      assert.match(problem ?? '', /names more hosts than are read/);
      assert.equal(set.size, 1);
    }
  });

  it('joins digits and brackets into one number, whatever its length', () => {
    assert.deepEqual(names('n1[8-11]'), ['n18', 'n19', 'n110', 'n111']);
    assert.deepEqual(names('n[1-2]5'), ['n15', 'n25']);
    assert.deepEqual(names('1234567890123456[7-8]'), ['12345678901234567', '12345678901234568']);
    const { set } = parseHosts(['i-0[1-2]34567890123456789a']);
    assert.deepEqual([...set.names()], ['i-0134567890123456789a', 'i-0234567890123456789a']);
    assert.ok(set.has('i-0234567890123456789a') && !set.has('i-0334567890123456789a'));
  });

  const range = fc.record({ from: fc.nat(30), more: fc.nat(30), step: fc.integer({ min: 1, max: 4 }), pad: fc.nat(4) });
  const written = ({ from, more, step, pad }: { from: number; more: number; step: number; pad: number }) =>
    `${`${from}`.padStart(pad, '0')}-${from + more}/${step}`;
  const expanded = ({ from, more, step, pad }: { from: number; more: number; step: number; pad: number }) => {
    const width = `${from}`.padStart(pad, '0').startsWith('0') ? Math.max(pad, `${from}`.length) : 0;
    const all = [];
    for (let value = from; value <= from + more; value += step) all.push(`${value}`.padStart(width, '0'));
    return all;
  };

  it('names what writing it out by hand names', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), range, (list, other) => {
        const first = list.flatMap(expanded);
        const wanted = new Set(first.flatMap((one) => expanded(other).map((two) => `h${one}x${two}`)));
        const { set } = parseHosts([`h[${list.map(written).join(',')}]x[${written(other)}]`]);
        assert.deepEqual(new Set(set.names()), wanted);
        assert.equal(set.size, wanted.size);
      }),
    );
  });

  it('intersects, subtracts and unites exactly', () => {
    fc.assert(
      fc.property(range, range, (left, right) => {
        const [a, b] = [parseHosts([`h[${written(left)}]`]).set, parseHosts([`h[${written(right)}]`]).set];
        const inB = [...a.names()].filter((name) => b.has(name));
        assert.deepEqual(new Set(intersection(a, b).names()), new Set(inB));
        assert.equal(difference(a, b).size, a.size - inB.length);
        assert.equal(union(a, b).size, a.size + b.size - inB.length);
      }),
    );
  });
});
