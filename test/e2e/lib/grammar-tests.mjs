// How runbooks and fleets are coloured.
import assert from 'node:assert/strict';
import { loadColouring } from './grammar.mjs';
import { runInOrder } from './suite.mjs';

const shell = 'meta.embedded.block.shell.runbook';

/** Whether the first token with this text, in the lines given, has a scope that begins so. */
function has(lines, text, scope) {
  const token = lines.flat().find((candidate) => candidate.text.trim() === text);
  assert.ok(token, `${text} is no token of its own: ${JSON.stringify(lines.flat().map((one) => one.text))}`);
  return token.scopes.some((one) => one.startsWith(scope));
}

export async function runGrammar() {
  const colour = await loadColouring();
  const runbook = (...lines) => colour('source.runbook', lines.join('\n'));
  return runInOrder('grammar', {
    'A command is shell, wherever it stands': async () => {
      for (const [before, after] of [
        ['', ''],
        ['"', '"'],
        ["'", "'"],
        ['|\n      ', ''],
        ['>- # folded\n      ', ''],
      ]) {
        const lines = await runbook('steps:', `  - run: ${before}s3ctl remove --count 4${after}`, '  - wait: 15m');
        assert.ok(has(lines, 's3ctl', shell), before);
        assert.ok(has(lines, 's3ctl', 'entity.name.command'), before);
        assert.ok(has(lines, 'wait', 'entity.name.tag'), before);
        assert.ok(!has(lines, 'wait', shell), before);
      }
    },
    'A quote that is not closed ends with its command': async () => {
      for (const command of ['"echo it\'s', "echo 'a", '|\n      echo "a', '"a']) {
        const lines = await runbook('steps:', `  - run: ${command}`, '    id: x', '  - wait: 15m');
        assert.ok(!has(lines, 'id', shell), command);
        assert.ok(has(lines, 'wait', 'entity.name.tag'), command);
      }
    },
    'A parameter is one in commands, in strings and in plain text': async () => {
      for (const value of ['run: a {{ name }}', 'run: a "{{ name }}"', 'name: a {{ name }} b', 'name: "{{ name }}"']) {
        const tokens = (await runbook(`  - ${value}`)).flat();
        assert.ok(
          tokens.some(
            ({ text, scopes }) => text === 'name' && scopes.some((one) => one.startsWith('variable.parameter')),
          ),
          value,
        );
      }
    },
    'Keys, counts and durations are told apart': async () => {
      const lines = await runbook('  - remove: { group: core-a, count: 10%, pause: 1h30m, batch: all }');
      assert.ok(has(lines, 'group', 'entity.name.tag'));
      assert.ok(has(lines, 'core-a', 'string.unquoted'));
      assert.ok(has(lines, '10%', 'constant.numeric'));
      assert.ok(has(lines, '1h30m', 'constant.numeric'));
      assert.ok(has(lines, 'all', 'constant.language'));
    },
    'Comments are comments, a suppression in them is more': async () => {
      const lines = await runbook('a: b # c', '# runbook-lint-disable-next-line below-minimum: planned');
      assert.ok(has(lines, 'c', 'comment.line'));
      assert.ok(has(lines, 'runbook-lint-disable-next-line', 'keyword.other.directive'));
    },
    'The roles and options of a usage line are told apart': async () => {
      const lines = await colour(
        'source.fleet',
        'commands:\n  - usages:\n      - usage: "remove --count <count> [--yes]"',
      );
      assert.ok(has(lines, '<count>', 'variable.parameter'));
      assert.ok(has(lines, '--count', 'entity.other.attribute-name'));
    },
  });
}
