import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist/node/cli.js');

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line in a folder, as a shell would. */
export function runbookLint(cwd: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
  assert.ok(existsSync(program), 'dist/node/cli.js is not there; `npm run build` makes it');
  const { NO_COLOR: _, FORCE_COLOR: __, ...clean } = process.env;
  const ended: SpawnSyncReturns<string> = spawnSync(process.execPath, [program, ...words], {
    cwd,
    env: { ...clean, ...env },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return { status: ended.status, out: ended.stdout, err: ended.stderr };
}

/** A folder with these files, for one test; it is gone after it. */
export function withFolder(files: Readonly<Record<string, string | Uint8Array>>, test: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-lint-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const fleet = `fleet: demo
subsystems:
  billing: { capacity: 12, minimum: 8 }
`;

/** A runbook that removes so many servers of twelve, of which eight have to stay. */
export function removing(count: number): string {
  return `runbook: Take servers out
fleet: ./demo.fleet.yaml
steps:
  - id: out
    remove: { subsystem: billing, count: ${count} }
  - restore: out
`;
}
