import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/features.md', root), 'utf8');

describe('the page on features', () => {
  it('names tests that are there', () => {
    const named = [...page.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\) \|$/gm)];
    assert.ok(named.length > 30);
    for (const [, title = '', file = ''] of named) {
      const text = readFileSync(new URL(file, root), 'utf8');
      assert.ok(text.includes(`it('${title}'`), `${file} has no test "${title}".`);
    }
  });
});
