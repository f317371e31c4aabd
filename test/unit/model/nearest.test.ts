import assert from 'node:assert/strict';
import { nearest } from '../../../server/src/model/nearest.ts';

describe('the name that was meant', () => {
  it('is two slips away only where most of the word is left', () => {
    assert.equal(nearest('old', ['pod']), undefined);
    assert.equal(nearest('grp', ['group'])?.name, 'group');
    assert.equal(nearest('wbe', ['web'])?.name, 'web');
  });

  it('is the one with two letters swapped, before any that differs in two', () => {
    assert.deepEqual(nearest('lrh', ['fra', 'lra', 'lhr']), { name: 'lra', certain: true });
    assert.deepEqual(nearest('lrh', ['lax', 'lhr']), { name: 'lhr', certain: false });
    assert.equal(nearest('web-cahce', ['web-cafhe', 'web-cache'])?.name, 'web-cache');
  });

  it('is not certain where it may be the name of another one', () => {
    for (const [word, name] of [
      ['core-b', 'core-a'],
      ['dc2', 'dc1'],
      ['web02', 'web03'],
      ['web-uk', 'web-us'],
    ] as const)
      assert.deepEqual(nearest(word, [name]), { name, certain: false });
    for (const [word, name] of [
      ['biling', 'billing'],
      ['cor-a', 'core-a'],
      ['core-A', 'core-a'],
      ['bill_ing', 'billing'],
    ] as const)
      assert.deepEqual(nearest(word, [name]), { name, certain: true });
  });

  it('may differ in case and separators', () => {
    assert.equal(nearest('WebFrontEnd', ['web-front-end', 'web-frontier'])?.name, 'web-front-end');
  });

  it('is none that could not be put there without quotes', () => {
    for (const name of ['yarn:', 'yarn\u2028', 'yarn,', '*yarn']) assert.equal(nearest('yarn', [name]), undefined);
    assert.equal(nearest('a:b', ['a:c'])?.name, 'a:c');
    assert.equal(nearest('mw eqiat', ['mw eqiad'])?.name, 'mw eqiad');
    assert.equal(nearest('--cuont', ['--count'])?.name, '--count');
  });

  it('is none that is as far as its letters', () => {
    assert.equal(nearest('ab', ['cd']), undefined);
    assert.equal(nearest('', ['a']), undefined);
  });
});
