import assert from 'node:assert/strict';
import { fleet, removing, root, runbookLint, withFolder } from './command-line.ts';

const good = { 'demo.fleet.yaml': fleet, 'good.runbook.yaml': removing(3) };
const bad = { 'demo.fleet.yaml': fleet, 'bad.runbook.yaml': removing(5) };

interface Report {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly range: { readonly start: object; readonly end: object };
      readonly related: readonly { readonly path: string }[];
      readonly step?: string;
      readonly subsystems?: readonly string[];
      readonly fixes: readonly { readonly edits: readonly { readonly newText: string }[] }[];
    }[];
    readonly verdicts?: object;
  }[];
}

function report(folder: string, ...words: readonly string[]): Report {
  return JSON.parse(runbookLint(folder, ['check', '--format', 'json', ...words]).out);
}

describe('runbook-lint check', () => {
  it('ends with 0 where nothing is wrong', () => {
    withFolder(good, (folder) => {
      const ended = runbookLint(folder, []);
      assert.equal(ended.status, 0, ended.out + ended.err);
      assert.match(ended.out, /^0 errors, 0 warnings.* in 2 files$/m);
      assert.equal(ended.err, '');
    });
  });

  it('reads what is not ASCII as the source does', () => {
    withFolder({ 'x.runbook.yaml': 'runbook: Größe\nsteps:\n  - run: ❯ echo “done”\n  - run: ➜ df -h\n' }, (folder) => {
      assert.doesNotMatch(runbookLint(folder, []).out, /cannot-tell/);
    });
  });

  it('ends with 1 where there is an error, and shows where it stands', () => {
    withFolder(bad, (folder) => {
      const ended = runbookLint(folder, ['bad.runbook.yaml']);
      assert.equal(ended.status, 1);
      assert.match(ended.out, /^bad\.runbook\.yaml$/m);
      assert.match(ended.out, /^ +5:42 +error +.*billing.* below-minimum$/m);
      assert.match(ended.out, /demo\.fleet\.yaml:3:/);
    });
  });

  it('says the same as JSON', () => {
    withFolder(bad, (folder) => {
      const { version, files } = report(folder, '.');
      assert.equal(version, 1);
      assert.deepEqual(
        files.map(({ path }) => path),
        ['bad.runbook.yaml', 'demo.fleet.yaml'],
      );
      assert.deepEqual(files[0]?.verdicts, { safe: 1, unsafe: 1, unknown: 0 });
      const problem = files[0]?.problems.find(({ rule }) => rule === 'below-minimum');
      assert.deepEqual(problem?.range, { start: { line: 5, column: 42 }, end: { line: 5, column: 43 } });
      assert.equal(problem?.severity, 'error');
      assert.equal(problem?.step, '0');
      assert.deepEqual(problem?.subsystems, ['billing']);
      assert.equal(problem?.related[0]?.path, 'demo.fleet.yaml');
      assert.equal(problem?.fixes[0]?.edits[0]?.newText, '4');
    });
  });

  it('checks the fleet that a runbook is checked against, named or not', () => {
    withFolder(bad, (folder) => {
      const paths = report(folder, 'bad.runbook.yaml').files.map(({ path }) => path);
      assert.deepEqual(paths, ['bad.runbook.yaml', 'demo.fleet.yaml']);
    });
  });

  it('looks through folders, and leaves node_modules, dot folders and strange files alone', () => {
    const files = {
      'a/demo.fleet.yaml': fleet,
      'a/b/x.runbook.yaml': removing(3).replace('./demo', '../demo'),
      'a/named.yml': 'runbook: By its content\nfleet: ./demo.fleet.yaml\nsteps: []\n',
      'a/other.yaml': 'kind: Deployment\n',
      'a/notes.txt': 'runbook: no\n',
      'node_modules/p/bad.runbook.yaml': removing(5),
      '.hidden/bad.runbook.yaml': removing(5),
    };
    withFolder(files, (folder) => {
      const paths = report(folder, '.').files.map(({ path }) => path);
      assert.deepEqual(paths, ['a/b/x.runbook.yaml', 'a/demo.fleet.yaml', 'a/named.yml']);
    });
  });

  it('understands patterns', () => {
    withFolder({ ...good, 'more/bad.runbook.yaml': removing(5) }, (folder) => {
      const paths = report(folder, '*.runbook.yaml').files.map(({ path }) => path);
      assert.deepEqual(paths, ['demo.fleet.yaml', 'good.runbook.yaml']);
      assert.equal(runbookLint(folder, ['*.none.yaml']).status, 2);
    });
  });

  it('complains about a path that is not there, and checks the rest all the same', () => {
    withFolder(good, (folder) => {
      const ended = runbookLint(folder, ['good.runbook.yaml', 'god.runbook.yaml']);
      assert.equal(ended.status, 2);
      assert.match(ended.err, /god\.runbook\.yaml/);
      assert.match(ended.out, /0 errors/);
    });
  });

  it('thinks of a command that was mistyped', () => {
    withFolder(good, (folder) => {
      const ended = runbookLint(folder, ['explian', 'no-fleet']);
      assert.equal(ended.status, 2);
      assert.match(ended.err, /Did you mean `explain`\?/);
    });
  });

  it('says so where a named file is none of its own', () => {
    withFolder({ 'x.yaml': 'kind: Deployment\n' }, (folder) => {
      const ended = runbookLint(folder, ['x.yaml']);
      assert.equal(ended.status, 0);
      assert.match(ended.err, /x\.yaml.*not/);
    });
  });

  it('says so where there is nothing to check', () => {
    withFolder({ 'x.yaml': 'kind: Deployment\n' }, (folder) => {
      const ended = runbookLint(folder, ['.']);
      assert.equal(ended.status, 0);
      assert.match(ended.err, /nothing to check/);
    });
  });

  it('allows as many warnings as it is told', () => {
    const warned = 'runbook: A\nfleet: ./demo.fleet.yaml\nsteps:\n  - restore: { subsystem: billing, count: 1 }\n';
    withFolder({ 'demo.fleet.yaml': fleet, 'a.runbook.yaml': warned }, (folder) => {
      assert.equal(runbookLint(folder, []).status, 0);
      assert.equal(runbookLint(folder, ['--max-warnings', '1']).status, 0);
      const ended = runbookLint(folder, ['--max-warnings', '0', '--quiet']);
      assert.equal(ended.status, 1);
      assert.match(ended.err, /1 warning, and at most 0 are allowed/);
      assert.match(ended.out, /^0 errors, 1 warning in 2 files$/m);
      assert.doesNotMatch(ended.out, /no-effect/);
    });
  });

  it('takes the severity of a rule from the command line', () => {
    withFolder(bad, (folder) => {
      assert.equal(runbookLint(folder, ['--rule', 'below-minimum=off']).status, 0);
      assert.match(runbookLint(folder, ['--rule', 'below-minimum=warning']).out, /warning .*below-minimum/);
      const ended = runbookLint(folder, ['--rule', 'below-minimun=off']);
      assert.equal(ended.status, 2);
      assert.match(ended.err, /Did you mean `below-minimum`\?/);
      assert.match(runbookLint(folder, ['--rule', 'foo=off']).err, /no rule `foo`\. There are already-below-minimum, /);
    });
  });

  it('takes it from the nearest configuration, and the command line goes before', () => {
    withFolder({ ...bad, '.runbook-lint.yaml': 'rules: { below-minimum: hint }\n' }, (folder) => {
      assert.equal(runbookLint(folder, []).status, 0);
      assert.equal(runbookLint(folder, ['--rule', 'below-minimum=error']).status, 1);
    });
  });

  it('tells of mistakes in the settings that count, wherever they are up the tree', () => {
    const files = { '.runbook-lint.yaml': 'rules: { below-minimun: off }\n', 'a/demo.fleet.yaml': fleet };
    withFolder({ ...files, 'a/bad.runbook.yaml': removing(5) }, (folder) => {
      const ended = runbookLint(folder, ['a/bad.runbook.yaml']);
      assert.equal(ended.status, 1);
      assert.match(ended.out, /^\.runbook-lint\.yaml\n +1:10 +error .*did you mean `below-minimum`/m);
    });
  });

  it('checks against another fleet where it is told to', () => {
    withFolder({ ...bad, 'large.fleet.yaml': fleet.replace('12', '99') }, (folder) => {
      assert.equal(runbookLint(folder, ['bad.runbook.yaml']).status, 1);
      assert.equal(runbookLint(folder, ['bad.runbook.yaml', '--fleet', 'large.fleet.yaml']).status, 0);
      const ended = runbookLint(folder, ['bad.runbook.yaml', '--fleet', 'lage.fleet.yaml']);
      assert.equal(ended.status, 2);
      assert.match(ended.err, /lage\.fleet\.yaml/);
    });
  });

  it('finds the slip in the example of the outage', () => {
    const { files } = report(root, 'examples/s3-2017');
    const problems = files.flatMap(({ path, problems }) =>
      problems.map(({ rule, severity }) => [path, rule, severity]),
    );
    const slip = 'examples/s3-2017/debug-slow-billing.runbook.yaml';
    const errors = problems.filter(([, , severity]) => severity === 'error');
    assert.deepEqual(
      errors.filter(([path]) => path !== slip),
      [],
    );
    assert.ok(errors.some(([, rule]) => rule === 'below-minimum'));
  });
});
