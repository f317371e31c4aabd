import assert from 'node:assert/strict';
import { transform } from 'esbuild';
import { sourceFiles } from '../../support/source-files.ts';

const files = sourceFiles('server/src');

describe('regular expressions of the server', () => {
  // The programs are read as Latin-1, and of what esbuild writes regular expressions alone are not escaped.
  it('write what is not ASCII as `\\u…`', async () => {
    const found = await Promise.all(
      files.map(async ({ path, text }) => {
        const { code } = await transform(text, { loader: 'ts', charset: 'ascii', minify: true });
        return /[\u0080-\uFFFF].{0,20}/.exec(code)?.map((strange) => `${path}: ${strange}`) ?? [];
      }),
    );
    assert.ok(files.length > 200);
    assert.deepEqual(found.flat(), []);
  });
});
