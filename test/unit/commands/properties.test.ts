import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completionAt } from '../../../server/src/commands/complete/complete.ts';
import { readScript } from '../../../server/src/commands/reading/read-script.ts';
import { parseUsage } from '../../../server/src/commands/usage/usage.ts';
import type { Scalar } from '../../../server/src/syntax/tree.ts';
import { inWords, placesOf, read, scriptOf, table } from './support.ts';

const scripts = [
  's3ctl remove --subsystem billing --count 40 --batch=2 -y && sleep 5m; s3ctl restore --subsystem billing --count 40',
  'for h in web-{01..04} $(seq 1 3) "a b"; do sudo -u ops timeout 5m ssh $h "systemctl restart nginx" & done; wait',
  `N=40; A=(x y); if [ "$N" -gt 4 ]; then s3ctl drain "\${A[@]}" || exit 1; else s3ctl scale web=$((N-1)); fi`,
  'cat <<\'EOF\' | xargs -n1 -I{} s3ctl drain {}\nweb1\nweb2\nEOF\nasg patch db -p \'{"spec":{"replicas":4}}\'',
  '$ s3ctl drain <NODE> {{ host }} \\\n    --force web9 # gone\nf() { s3ctl evict "$1"; }; f a; case $x in a) s3ctl evict;; esac',
  'bash -c "s3ctl drain \\"web1\\"" | tee log; while read h; do ssh -p 22 $h \'s3ctl drain `hostname`\'; done <<< "a b"',
];

function plain(value: string): Scalar {
  const span = { start: 0, end: value.length };
  return { kind: 'scalar', value, style: 'plain', span, outer: span, source: value, damaged: false };
}

/** Reads it in every way; all places lie in the text. */
function survives(text: string): void {
  const values = new Map([['host', 'web3']]);
  const { actions, commands } = readScript(plain(text), table, values);
  const words = commands.flatMap((command) => [command, ...command.words].map(({ span }) => span));
  for (const { start, end } of [...placesOf(actions), ...actions.map(({ at }) => at), ...words]) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}–${end} in ${JSON.stringify(text)}`);
  }
  completionAt(plain(text), text.length, table, values);
}

describe('reading commands', () => {
  it('survives every prefix of a script', () => {
    for (const script of scripts) for (let end = 0; end <= script.length; end++) survives(script.slice(0, end));
  });

  it('takes no longer than it must for words of many parts', function () {
    this.timeout(10_000);
    survives(`s3ctl drain ${'{a,b}'.repeat(800)}`);
    survives(`s3ctl drain ${'?'.repeat(20_000)}`);
    survives(`s3ctl drain ${'/*'.repeat(10_000)}`);
  });

  it('survives any text', () => {
    const pieces = fc.constantFrom(
      ...[
        's3ctl',
        'remove',
        '--count',
        '-n',
        '=',
        '$',
        `\${`,
        '}',
        '{{',
        '}}',
        '<',
        '>',
        '<<EOF',
        '\n',
        ' ',
        '"',
        "'",
        '`',
      ],
      ...[
        '$(',
        ')',
        '(',
        ';',
        '&',
        '|',
        '||',
        'for',
        'in',
        'do',
        'done',
        'if',
        'fi',
        '{1..3}',
        '{',
        ',',
        '\\',
        '#',
        'xargs',
      ],
      ...[
        'ssh',
        'bash -c',
        'eval',
        'seq',
        'echo',
        '\u{1F600}',
        '\uE000',
        '\uE001',
        '\uE002',
        '--',
        '[',
        ']',
        '*',
        'a',
        '4',
        '%',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => survives(parts.join(''))),
      { numRuns: 1500 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), survives), { numRuns: 500 });
  });

  it('gives the same whatever the order and the form of the options', () => {
    const options = [
      fc.constantFrom('--subsystem billing', '--subsystem=billing', '--subsystem "billing"'),
      fc.constantFrom('--count 4', '--count=4', '-n 4', '-n4', "-n '4'", '-yn4'),
      fc.constantFrom('--group core', '--group=core'),
      fc.constantFrom('--batch 2', '--batch=2'),
      fc.constantFrom('', '-p prod', '--profile=prod', '--unknown', '--unknown=x'),
    ];
    const shuffled = fc
      .tuple(...options)
      .chain((list) => fc.tuple(fc.shuffledSubarray(list, { minLength: 5 }), fc.nat(5)));
    const wanted = inWords(
      read('run: s3ctl remove --subsystem billing --group core -n 4 --batch 2').actions[0] ?? assert.fail(),
    );
    const terms = (line: string) => line.split(' ').sort().join(' ');
    fc.assert(
      fc.property(shuffled, ([list, verb]) => {
        const words = [...list.slice(0, verb), 'remove', ...list.slice(verb)];
        const { actions } = read(`run: >-\n  s3ctl ${words.join(' ')}\n`);
        assert.deepEqual(actions.map(inWords).map(terms), [terms(wanted)], words.join(' '));
      }),
    );
  });

  it('finds every word again in the source, whatever the style of the value', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
    const styles = fc.constantFrom(
      (text: string) => `run: ${text}`,
      (text: string) => `run: '${text}'`,
      (text: string) => `run: "${text}"`,
      (text: string) => `run: |\n  ${text}\n`,
      (text: string) => `run: >-\n  ${text.replaceAll(' ', '\n  ')}\n`,
      (text: string) => `run: "${text.replaceAll(' ', '\\t')}"`,
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), styles, (hosts, style) => {
        const text = style(`s3ctl drain ${hosts.join(' ')}`);
        const { commands } = read(text);
        const words = commands.flatMap((command) => command.words);
        assert.deepEqual(
          words.map(({ value }) => value),
          ['s3ctl', 'drain', ...hosts],
        );
        for (const { value, span } of words) assert.equal(text.slice(span.start, span.end), value);
        assert.equal(scriptOf(text).value.trim().split(/\s+/).length, words.length);
      }),
    );
  });

  it('survives any usage line', () => {
    const pieces = fc.constantFrom(
      ...'[ ] ( ) | < > <count> <command...> - -- --x -n|--count = ... a \u0000'.split(' '),
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        for (const { from, to } of parseUsage(text).mistakes) assert.ok(from >= 0 && from <= to && to <= text.length);
      }),
    );
  });
});
