import assert from 'node:assert/strict';
import { readHead } from '../../../server/src/model/head.ts';
import { parametersIn, parameterValues, putIn } from '../../../server/src/model/parameters.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';

describe('parameters', () => {
  const values = new Map([
    ['count', '4'],
    ['pool-name', 'core'],
    ['open', undefined],
  ]);

  it('puts values in', () => {
    assert.equal(putIn('{{ count }}', values), '4');
    assert.equal(putIn('a {{count}} b {{ pool-name }}', values), 'a 4 b core');
  });

  it('leaves braces alone that hold more than one plain word', () => {
    for (const text of ['{{.Names}}', '{{ .Names }}', '{{ a b }}', '{{ a | upper }}', '{{}}', '{{ 1 }}', '{ count }']) {
      assert.equal(putIn(text, values), text);
      assert.deepEqual(parametersIn(text), []);
    }
  });

  it('has no value where one parameter has none', () => {
    assert.equal(putIn('{{ count }}-{{ open }}', values), undefined);
    assert.equal(putIn('{{ nobody }}', values), undefined);
  });

  it('does not put values into values', () => {
    assert.equal(putIn('{{ a }}', new Map([['a', '{{ a }}']])), '{{ a }}');
  });

  it('tells where the names stand', () => {
    assert.deepEqual(parametersIn('x{{  a }}{{b}}'), [
      { name: 'a', from: 5, to: 6, braces: '{{  a }}', bracesFrom: 1 },
      { name: 'b', from: 11, to: 12, braces: '{{b}}', bracesFrom: 9 },
    ]);
  });

  it('takes the defaults of the head', () => {
    const { root } = parseYaml('parameters:\n  a: { default: 08 }\n  b: {}\n  c: { default: "" }\n');
    const found = parameterValues(readHead(root));
    assert.deepEqual(
      [...found],
      [
        ['a', '08'],
        ['b', undefined],
        ['c', ''],
      ],
    );
  });
});
