import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  canonicalUri,
  childOf,
  folderOf,
  foldersAbove,
  nameOf,
  relativePath,
  resolvePath,
} from '../../../server/src/project/uri.ts';

describe('uri', () => {
  it('has one spelling for a file', () => {
    const spellings = ['file:///c%3A/a%20b/x.yaml', 'file:///C:/a b/x.yaml', 'file:///c:/a%20b/x.yaml'];
    assert.equal(new Set(spellings.map(canonicalUri)).size, 1);
    assert.equal(canonicalUri('%%%'), canonicalUri('%%%'));
  });

  it('climbs to the root and no further', () => {
    assert.deepEqual(foldersAbove('file:///a/b/x.yaml'), ['file:///a/b', 'file:///a', 'file:///']);
    assert.deepEqual(foldersAbove('untitled:Untitled-1'), []);
    assert.deepEqual(foldersAbove('vscode-vfs://github/o/r/x.yaml').at(-1), 'vscode-vfs://github/');
  });

  it('follows paths as they are written', () => {
    const from = 'file:///ops/books/x.runbook.yaml';
    assert.equal(resolvePath(from, './a.fleet.yaml'), 'file:///ops/books/a.fleet.yaml');
    assert.equal(resolvePath(from, '../../../../a.yaml'), 'file:///a.yaml');
    assert.equal(resolvePath(from, '/etc/a.yaml'), 'file:///etc/a.yaml');
    assert.equal(resolvePath('file:///c%3A/ops/x.yaml', '..\\fleets\\a.yaml'), 'file:///c%3A/fleets/a.yaml');
    assert.equal(resolvePath('file:///c%3A/ops/x.yaml', 'D:\\a.yaml'), canonicalUri('file:///D:/a.yaml'));
    assert.equal(resolvePath('untitled:Untitled-1', './a.yaml'), undefined);
  });

  it('writes a path that leads where it should', () => {
    const names = fc.array(
      fc.stringMatching(/^[a-z #%é+()-]{1,6}$/).filter((name) => name.trim() !== ''),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    const uri = (parts: readonly string[]) => parts.reduce(childOf, 'file:///');
    fc.assert(
      fc.property(names, names, (here, there) => {
        const [from, to] = [uri(here), uri(there)];
        assert.equal(resolvePath(from, relativePath(from, to)), to);
        assert.equal(canonicalUri(to), to);
        assert.equal(childOf(folderOf(to) ?? '', nameOf(to)), to);
      }),
    );
  });
});
