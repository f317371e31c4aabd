import assert from 'node:assert/strict';
import { compileTools } from '../../../server/src/commands/table.ts';
import { parseUsage } from '../../../server/src/commands/usage/usage.ts';
import { readCommandTools } from '../../../server/src/model/commands-file.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { mark, marked } from '../../support/markers.ts';
import { inWords, read, tableOf } from './support.ts';

/** The usage lines have exactly these problems, on the marked places. */
function finds(source: string, expected: readonly RegExp[]): void {
  const { text } = marked(source);
  const { problems } = compileTools(readCommandTools(parseYaml(text).root));
  assert.equal(
    mark(
      text,
      problems.map(({ span }) => span),
    ),
    source,
    problems.map(({ message }) => message).join('\n'),
  );
  assert.equal(problems.length, expected.length);
  for (const [index, { message }] of problems.entries()) assert.match(message, expected[index] ?? /^$/);
}

const one = (usage: string, effect = 'remove') =>
  `- tool: s3ctl\n  usages:\n    - { usage: "${usage}", effect: ${effect} }\n`;

describe('a usage line', () => {
  it('that can be matched has no problem', () => {
    for (const usage of [
      'remove --subsystem <subsystem> [--group <group>] [-n|--count <count>] [--yes]',
      'rollout (restart|undo) <target...> [-l|--selector <selector>]',
      'service scale <target>=<count>',
      'delete <_>/<target> --now',
      '<hosts>',
      'state (--drain|--maint|--ready) <hosts>',
      'exec <target> [-c <_>] -- <_...>',
      '--dry-run[=<_>] [--set replicas=<count>] <group>',
      '停止 -n|--台数 <count> [--größe <_>] <group>',
    ]) {
      finds(one(usage), []);
    }
    finds(one('[-p <_>] <hosts> <command...>', 'carry'), []);
  });

  it('names roles that there are', () => {
    finds(one('remove <⟦subsytem⟧>'), [/no role `<subsytem>`\. Did you mean `<subsystem>`\?/]);
    finds(one('remove --count <⟦frobnicate⟧>'), [/Use `<_>`/]);
    finds(one('remove --count <⟦size⟧>'), [/no role `<size>`\. Did you mean `<count>`\?/]);
    finds(one('run <hosts> <⟦cmd⟧...>'), [/Did you mean `<command>`\?/]);
    finds(one('remove <⟦⟧>'.replace('⟦⟧', '⟦>⟧').replace('>⟧>', '>⟧')), [/no role `<>`/]);
  });

  it('writes a role in angle brackets', () => {
    finds(one('remove ⟦$COUNT⟧ --from ⟦{group}⟧ --zone ⟦ZONE⟧'), [/`<count>`/, /`<group>`/, /`<zone>`/]);
    finds(one('shrink by <percent> percent [--GROUP <group>]'), []);
  });

  it('closes what it opens', () => {
    finds(one('remove ⟦[⟧--count <count>'), [/`\[` is not closed/]);
    finds(one('remove ⟦(⟧--all|--count <count>'), [/`\(` is not closed/]);
    finds(one('remove --count ⟦<count⟧'), [/`<count` is not closed/]);
    finds(one('remove <count⟦]⟧'.replace('<count', '<count>')), [/`\]` stands here without/]);
    finds(one('remove <group>⟦>⟧'), [/`>` stands here without/]);
    finds(one('remove <group>⟦|⟧<hosts>'), [/round brackets/]);
    finds(one('remove ⟦[]⟧'), [/nothing between these brackets/]);
  });

  it('writes options with a dash, once', () => {
    finds(one('remove -n|⟦count⟧ <count>'), [/no dash\. Write `--count`/]);
    finds(one('remove --count <count> [⟦-n|--count⟧ <count>]'), [/`--count` stands in this usage line twice/]);
  });

  it('is no other usage again, and takes its words in one way only', () => {
    finds(
      '- tool: s3ctl\n  usages:\n    - { usage: "drain <group>", effect: remove }\n    - { usage: "⟦drain <hosts>⟧", effect: restart }\n',
      [/Another usage of `s3ctl`/],
    );
    finds(one('move <group...> ⟦<hosts...>⟧'), [/cannot be told/]);
    finds(one('<hosts> <command...> ⟦<count>⟧', 'carry'), [/nothing can follow/]);
    finds(one('⟦<hosts>⟧', 'carry'), [/Add `<command\.\.\.>`/]);
    finds(one('⟦resize <group>⟧', 'scale-to'), [/Add `<count>`/]);
    finds(one('resize <group> [--max <most>]', 'scale-to'), []);
  });

  it('stands beside globals and undo lines that have roles too', () => {
    finds(
      '- tool: s3ctl\n  globals: ["-n|--namespace <_>", "⟦namespace⟧"]\n  usages:\n    - { usage: "drain <group>", effect: remove, undo: "undrain <⟦grup⟧>" }\n',
      [/is no option/, /Did you mean `<group>`/],
    );
  });

  it('is read whatever it holds', () => {
    for (const text of [
      '',
      ' ',
      '[',
      ']',
      '<',
      '>',
      '|',
      '-',
      '--',
      '((((',
      '<a.b>',
      '[=',
      '-x[=',
      '...',
      '<count>...',
    ]) {
      parseUsage(text);
    }
    assert.equal(parseUsage('['.repeat(500)).mistakes.length > 0, true);
  });
});

describe('the table of tools', () => {
  /** What a tool of two usages, of which the second carries commands, makes of a line. */
  const does = (usages: readonly string[], run: string) => {
    const tools = tableOf(`- tool: k\n  usages:\n${usages.map((usage) => `    - ${usage}\n`).join('')}
- { tool: reboot, usages: [{ usage: "[<_>]", effect: restart }] }`);
    return read(`run: ${run}`, {}, tools).actions.map(inWords);
  };

  it('tells options that stand for one another from two names of one', () => {
    const oneOf = ['{ usage: "remove (--all|-n|--count <count>) <group>", effect: remove }'];
    assert.deepEqual(does(oneOf, 'k remove --all web'), ['remove group:web ? it does not say how many']);
    assert.deepEqual(does(oneOf, 'k remove -n 4 web'), ['remove group:web 4']);
    assert.deepEqual(does(oneOf, 'k remove web --count=4'), ['remove group:web 4']);
    const names = ['{ usage: "remove (-n|--count <count>) [-g|--group|--pool <group>]", effect: remove }'];
    assert.deepEqual(does(names, 'k remove -n4 --group web'), ['remove group:web 4']);
  });

  it('reads an option that means everything as one without a value', () => {
    for (const usage of ['(-a|-n <hosts>) <command...>', '[-a|-n <hosts>] <command...>']) {
      const carries = [`{ usage: "${usage}", effect: carry, allIf: [-a] }`];
      assert.deepEqual(does(carries, 'k -a reboot'), ['restart hosts:all']);
      assert.deepEqual(does(carries, 'k -n web01 reboot'), ['restart hosts:web01']);
    }
  });

  it('carries a command to every host where naming none means all', () => {
    const carries = ['{ usage: "run [-n <hosts>] <command...>", effect: carry, absent: all }'];
    assert.deepEqual(does(carries, 'k run reboot'), ['restart hosts:all']);
    assert.deepEqual(does(carries, 'k run -n web01 reboot'), ['restart hosts:web01']);
  });

  it('prefers literals, then what fits, then what knows the options', () => {
    const tools = tableOf(
      [
        '- tool: k',
        '  usages:',
        '    - { usage: "delete <target>", effect: remove }',
        '    - { usage: "delete node <hosts>", effect: remove }',
        '    - { usage: "scale --to <count> <target>", effect: scale-to }',
        '    - { usage: "scale --by <count> <target>", effect: add }',
      ].join('\n'),
    );
    const first = (run: string) => inWords(read(`run: ${run}`, {}, tools).actions[0] ?? assert.fail(run));
    assert.equal(first('k delete web'), 'remove target:web everything');
    assert.equal(first('k delete node n1'), 'remove hosts:n1');
    assert.equal(first('k scale web --by 4'), 'add target:web 4');
    assert.equal(first('k scale web --to 4'), 'scale-to target:web 4');
  });
});
