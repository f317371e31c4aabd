import assert from 'node:assert/strict';
import { fixFiles } from '../../../server/src/main/cli-fix.ts';
import { createProject } from '../../../server/src/project/project.ts';
import { at, memoryFiles } from '../../support/memory-files.ts';

describe('mending files', () => {
  it('says of a file that cannot be written why, and goes on', async () => {
    // Files that are not on the disk can be written as little as those that nobody may write.
    const slip = 'runbook: x\nsteps:\n  - restor: { subsystem: web }\n';
    const names = ['nowhere/a.runbook.yaml', 'nowhere/b.runbook.yaml'];
    const project = createProject(memoryFiles(Object.fromEntries(names.map((name) => [name, slip]))));
    const notes: string[] = [];
    const output = { out: () => {}, note: (text: string) => void notes.push(text), colour: false };
    const files = names.map((name) => ({ uri: at(name), named: true }));
    const complaints = await fixFiles(files, project, (uri) => uri.slice(at('').length), output, assert.fail);
    assert.deepEqual(
      complaints,
      names.map((name) => `\`${name}\` cannot be written, and was not mended: no such file or directory.`),
    );
    assert.deepEqual(notes, []);
  });
});
