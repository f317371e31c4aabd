import assert from 'node:assert/strict';
import { circlesIn, packagesOf, sourceFiles, targetsOf } from '../../support/source-files.ts';

/** What the parts of the client may import of one another and of the server, and the packages. */
const allowed = {
  'src/': {
    files: /^(?:src|webview)\/|^\.\.\/server\/src\/(?:protocol\/messages|main\/kept-code)\.ts$/,
    packages: /^(?:vscode|vscode-languageclient.*|vscode-jsonrpc.*|vscode-languageserver-protocol|node:.*)$/,
  },
  'webview/': {
    files: /^webview\/|^\.\.\/server\/src\/(?:protocol\/messages|model\/step-number)\.ts$/,
    packages: /^$/,
  },
} as const;

const parts = Object.entries(allowed);
const files = sourceFiles('client').filter(({ path }) => parts.some(([part]) => path.startsWith(part)));

describe('the client', () => {
  for (const [part, { files: known, packages }] of parts)
    it(`knows in ${part} what it may`, () => {
      const wrong = files
        .filter(({ path }) => path.startsWith(part))
        .flatMap((file) => [
          ...targetsOf(file).filter((target) => !known.test(target)),
          ...packagesOf(file).filter((name) => !packages.test(name)),
        ]);
      assert.deepEqual(wrong, []);
    });

  it('lets imports run in no circle', () => {
    assert.deepEqual(circlesIn(new Map(files.map((file) => [file.path, targetsOf(file)]))), []);
  });
});
