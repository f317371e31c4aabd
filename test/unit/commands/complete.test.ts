import assert from 'node:assert/strict';
import { offers } from './support.ts';

describe('completion inside commands', () => {
  it('offers tools', () => {
    const { items, replaces } = offers('run: s3‸');
    assert.deepEqual(items, ['s3ctl', 'asg', 'fleetctl', 'inbox', 'everywhere', 'ssh', 'systemctl']);
    assert.equal(replaces, 'run: ⟦s3⟧');
    assert.deepEqual(offers('run: sudo ‸').items, items);
    assert.deepEqual(offers('run: echo a && s‸').items, items);
  });

  it('offers verbs, and replaces the whole word', () => {
    const { items, replaces } = offers('run: s3ctl re‸mov --count 4');
    assert.ok(items.includes('remove') && items.includes('drain'));
    assert.equal(replaces, 'run: s3ctl ⟦remov⟧ --count 4');
  });

  it('offers the options that are not there yet', () => {
    const { items } = offers('run: s3ctl remove --subsystem billing -n 4 --‸');
    assert.deepEqual(items.includes('--batch'), true);
    assert.deepEqual(items.includes('--count'), false);
    assert.deepEqual(items.includes('--subsystem'), false);
    assert.deepEqual(items.includes('--profile'), true);
  });

  it('tells the role of a value', () => {
    assert.equal(offers('run: s3ctl remove --subsystem ‸').role, 'subsystem');
    assert.equal(offers('run: s3ctl remove -n ‸').role, 'count');
    assert.equal(offers('run: s3ctl resize ‸').role, 'group');
    assert.equal(offers('run: s3ctl resize web ‸').role, 'count');
    assert.equal(offers('run: s3ctl drain a b ‸').role, 'hosts');
    assert.equal(offers('run: s3ctl -p ‸').role, '_');
  });

  it('replaces only the value of a word that has a name too', () => {
    const count = offers('run: s3ctl remove --count=1‸2');
    assert.deepEqual([count.role, count.replaces], ['count', 'run: s3ctl remove --count=⟦12⟧']);
    const size = offers('run: s3ctl scale web=‸');
    assert.deepEqual([size.role, size.replaces], ['count', 'run: s3ctl scale web=⟦⟧']);
    assert.equal(offers('run: s3ctl scale we‸').role, 'target');
  });

  it('replaces only the piece of a list that is being typed, and only the figure behind a letter', () => {
    assert.equal(offers('run: asg detach --instances web1,we‸').replaces, 'run: asg detach --instances web1,⟦we⟧');
    assert.equal(offers('run: s3ctl drain web[1,2],d‸').replaces, 'run: s3ctl drain web[1,2],⟦d⟧');
    const count = offers('run: s3ctl remove --subsystem billing -n1‸');
    assert.deepEqual([count.role, count.replaces], ['count', 'run: s3ctl remove --subsystem billing -n⟦1⟧']);
  });

  it('reaches into quotes, loops and carried commands', () => {
    assert.equal(offers("run: ssh web1 's3ctl remove --subsystem ‸'").role, 'subsystem');
    assert.equal(
      offers('run: ssh web1 s3ctl remove --subsystem bil‸').replaces,
      'run: ssh web1 s3ctl remove --subsystem ⟦bil⟧',
    );
    assert.equal(offers('run: for i in 1 2; do s3ctl resize ‸; done').role, 'group');
    assert.equal(offers('run: ssh ‸').role, 'hosts');
  });
});
