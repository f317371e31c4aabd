// Packs the built extension into runbook-lint.vsix, or where the first word says.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packTighter } from './pack-tighter.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** From the root, since it has to be among the files that are packed. */
const readme = 'dist/README.md';
const target = process.argv[2] ?? join(root, 'runbook-lint.vsix');

const tryIt = `## Try it

*Runbook Lint: Open Sample* opens a runbook with one slip in it, and *Runbook Lint: Open Walkthrough* leads through the first minute.

`;

/**
 * The README as the editor shows it of an installed extension: it is tried by a command, there are no pictures but those of the web,
 * and no way to files that are not packed. What the first picture shows is written there, the animation stays out, and of links to files the words stay.
 */
function forTheEditor(text) {
  const picture = /^!\[[^\]]*\]\(docs\/images\/[\w-]+\.(?:png|gif)\)$/gm;
  let isFirst = true;
  return text
    .replace(/^## Try it$[\s\S]*?(?=^## )/m, tryIt)
    .replace(picture, () => {
      const instead = isFirst ? inWords('examples/s3-2017/debug-slow-billing.runbook.yaml') : '';
      isFirst = false;
      return instead;
    })
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1')
    .replace(/\n{3,}/g, '\n\n');
}

/** The step with the first finding of a file, and the finding below the word that it stands on. */
function inWords(path) {
  const cli = join(root, 'dist/node/cli.js');
  const { stdout } = spawnSync(process.execPath, [cli, 'check', path, '--format', 'json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ message, range }] = JSON.parse(stdout).files.find((file) => file.path === path).problems;
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  const last = range.start.line;
  const first = lines.slice(0, last).findLastIndex((line) => line.startsWith('  - '));
  const mark = `#${'^'.repeat(range.end.column - range.start.column).padStart(range.end.column - 2)}`;
  const said = message.replace(/(.{1,58})(?: |$)/g, '# $1\n').trimEnd();
  return ['```yaml', ...lines.slice(first, last), mark, said, '```'].join('\n');
}

writeFileSync(join(root, readme), forTheEditor(readFileSync(join(root, 'README.md'), 'utf8')));
const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
execFileSync(process.execPath, [vsce, 'package', ...options, '--readme-path', readme, '--out', target], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
writeFileSync(target, await packTighter(readFileSync(target)));
