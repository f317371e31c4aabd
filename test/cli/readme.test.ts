import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runbookLint, withFolder } from './command-line.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The text of the first block in README.md whose text begins like this. */
function block(language: string, start: string): string {
  const from = readme.indexOf(`\`\`\`${language}\n${start}`) + `\`\`\`${language}\n`.length;
  return readme.slice(from, readme.indexOf('```', from));
}

describe('README.md', () => {
  it('shows what the check of its own fleet and runbook says', () => {
    const files = {
      'demo.fleet.yaml': block('yaml', 'fleet: demo'),
      'rotate.runbook.yaml': block('yaml', 'runbook: Rotate the core servers'),
    };
    const shown = block('', '$ npx runbook-lint check .').split('\n').slice(1).join('\n');
    withFolder(files, (folder) => {
      assert.equal(runbookLint(folder, ['check', '.']).out.trim(), shown.trim());
    });
  });
});
