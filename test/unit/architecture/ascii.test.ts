import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { transform } from 'esbuild';

const source = new URL('../../../server/src/', import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.d)\.ts$/.test(name));

describe('regular expressions of the server', () => {
  // The programs are read as Latin-1, and of what esbuild writes regular expressions alone are not escaped.
  it('write what is not ASCII as `\\u…`', async () => {
    const found = await Promise.all(
      files.map(async (name) => {
        const text = readFileSync(new URL(name, source), 'utf8');
        const { code } = await transform(text, { loader: 'ts', charset: 'ascii', minify: true });
        return /[\u0080-\uFFFF].{0,20}/.exec(code)?.map((strange) => `${name}: ${strange}`) ?? [];
      }),
    );
    assert.ok(files.length > 200);
    assert.deepEqual(found.flat(), []);
  });
});
