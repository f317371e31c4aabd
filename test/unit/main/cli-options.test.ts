import assert from 'node:assert/strict';
import { readCommandLine, UsageError } from '../../../server/src/main/cli-options.ts';

/** The complaint about a command line that makes no sense. */
function complaint(...words: string[]): string {
  try {
    readCommandLine(words);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return assert.fail(`${words.join(' ')} was taken`);
}

const formats = '`stylish`, `json`, `sarif`, `github`, `junit`';

describe('readCommandLine', () => {
  it('checks the working directory when nothing is said', () => {
    assert.deepEqual(readCommandLine([]), {
      command: 'check',
      paths: ['.'],
      format: 'stylish',
      fix: false,
      maxWarnings: Number.POSITIVE_INFINITY,
      rules: new Map(),
      fleet: undefined,
      quiet: false,
      colour: undefined,
    });
  });

  it('reads options before, between and after paths, with and without =', () => {
    const request = readCommandLine(['--format=json', 'check', 'a', '--max-warnings', '0', 'b', '--rule', 'x=off']);
    assert.ok(request.command === 'check');
    assert.deepEqual(request.paths, ['a', 'b']);
    assert.equal(request.format, 'json');
    assert.equal(request.maxWarnings, 0);
    assert.deepEqual([...request.rules], [['x', 'off']]);
  });

  it('takes the word check for a path where it is not the first', () => {
    const request = readCommandLine(['check', 'check']);
    assert.deepEqual(request.command === 'check' && request.paths, ['check']);
  });

  it('reads what follows -- as paths', () => {
    const request = readCommandLine(['--', '--quiet']);
    assert.deepEqual(request.command === 'check' && request.paths, ['--quiet']);
  });

  it('lets the last of several formats win, and all rules count', () => {
    const request = readCommandLine(['--format', 'json', '--format', 'stylish', '--rule', 'a=off', '--rule', 'b=hint']);
    assert.ok(request.command === 'check');
    assert.equal(request.format, 'stylish');
    assert.equal(request.rules.size, 2);
  });

  it('knows the other commands', () => {
    assert.deepEqual(readCommandLine(['explain', 'no-fleet']), {
      command: 'explain',
      rule: 'no-fleet',
      colour: undefined,
    });
    assert.deepEqual(readCommandLine(['schema', 'fleet']), { command: 'schema', schema: 'fleet' });
    assert.equal(readCommandLine(['simulate', 'x', '--format', 'json']).command, 'simulate');
    assert.equal(readCommandLine(['check', '-h']).command, 'help');
    assert.equal(readCommandLine(['help', 'check']).command, 'help');
    assert.equal(readCommandLine(['--version']).command, 'version');
  });

  it('says what is wrong, and what may have been meant', () => {
    assert.equal(complaint('--quite'), 'There is no option `--quite`. Did you mean `--quiet`?');
    assert.equal(complaint('-x'), 'There is no option `-x`.');
    assert.equal(complaint('--format', 'text'), `There is no format \`text\`; there are ${formats}.`);
    assert.equal(
      complaint('--format', 'jsn'),
      `There is no format \`jsn\`; there are ${formats}. Did you mean \`json\`?`,
    );
    assert.equal(complaint('--format'), 'The option `--format` needs a value.');
    assert.equal(complaint('--format', '--quiet'), 'The option `--format` needs a value.');
    assert.equal(complaint('--quiet=yes'), 'The option `--quiet` takes no value.');
    assert.equal(complaint('--max-warnings', 'many'), '`--max-warnings` takes a whole number, not `many`.');
    assert.match(complaint('--rule', 'x'), /^`--rule` takes `ID=SEVERITY`/);
    assert.match(complaint('--rule', 'x=warn'), /^There is no severity `warn`; there are `error`, `warning`, /);
    assert.equal(complaint('--max-warnings', '-1'), '`--max-warnings` takes a whole number, not `-1`.');
    assert.equal(complaint('schema'), 'The command `schema` needs a kind of file, such as `fleet`.');
    assert.equal(complaint('explain'), 'The command `explain` needs the id of a rule, such as `below-minimum`.');
    assert.equal(complaint('explain', 'a', 'b'), 'The command `explain` takes one word only, not also `b`.');
    assert.equal(complaint('simulate', 'x', '--quiet'), 'The command `simulate` has no option `--quiet`.');
  });
});
