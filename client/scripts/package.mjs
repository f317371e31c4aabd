// Packs the built extension into runbook-lint.vsix, or where the first word says.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** From the root, since it has to be among the files that are packed. */
const readme = 'dist/README.md';
const target = process.argv[2] ?? join(root, 'runbook-lint.vsix');

/** The editor shows the README of an installed extension without the files beside it: the first picture goes into it, the animation stays out. */
function selfContained(text) {
  return text
    .replace(
      /\((docs\/images\/[\w-]+\.png)\)/g,
      (_, path) => `(data:image/png;base64,${readFileSync(join(root, path), 'base64')})`,
    )
    .replace(/^!\[[^\]]*\]\(docs\/images\/[\w-]+\.gif\)\n\n?/gm, '');
}

writeFileSync(join(root, readme), selfContained(readFileSync(join(root, 'README.md'), 'utf8')));
const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
execFileSync(process.execPath, [vsce, 'package', ...options, '--readme-path', readme, '--out', target], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
