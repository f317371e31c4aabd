import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TargetRole } from '../../../server/src/commands/action.ts';
import { hostPieces } from '../../../server/src/commands/hosts-notation.ts';
import type { HostsNotation } from '../../../server/src/model/commands.ts';
import { readFleet } from '../../../server/src/model/fleet-file.ts';
import { compileFleet } from '../../../server/src/simulation/fleet/compile.ts';
import { resolveTarget } from '../../../server/src/simulation/fleet/resolve.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';

const fleet = `
fleet: demo
subsystems:
  site: { minimum: 1 }
groups:
  web: { hosts: "web[01-40]", serves: [site], zone: a, labels: { role: web } }
  db: { hosts: "db[1-6]", serves: [site], zone: b }
  edge: { hosts: "edge-a,edge-b,edge-c", serves: [site], aliases: [rim] }
`;
const capacity = compileFleet(readFleet(parseYaml(fleet).root));
const counted = compileFleet(
  readFleet(
    parseYaml('fleet: x\nsubsystems: { site: { minimum: 1 } }\ngroups: { web: { count: 9, serves: [site] } }').root,
  ),
);

type Word = readonly [TargetRole, string];

/** The hosts that words come to, or why they come to none. */
function hosts(notation: HostsNotation | undefined, words: readonly Word[], among = capacity): string {
  const terms = words.flatMap(([role, text]) =>
    hostPieces(text, notation ?? 'glob').map((piece) => ({
      ...{ role, text: piece.text, span: { start: 0, end: 0 }, strict: false },
      ...(notation === undefined ? {} : { notation }),
    })),
  );
  const { parts, obstacle, unknown } = resolveTarget({ terms, wholeFleet: false }, among, []);
  if (unknown[0] !== undefined) return `no ${unknown[0].name}`;
  if (obstacle !== undefined) return `? ${obstacle.why}`;
  return parts
    .flatMap(({ group, hosts }) => (hosts === undefined ? [`all of ${group.name}`] : [...hosts.names()]))
    .join(' ');
}

function reads(notation: HostsNotation, vectors: Readonly<Record<string, string>>): void {
  for (const [word, expected] of Object.entries(vectors)) {
    assert.equal(hosts(notation, [['hosts', word]]), expected, `${notation} ${word}`);
  }
}

describe('hosts in the notation of their tool', () => {
  it('are node sets for pdsh, clush and slurm', () => {
    reads('nodeset', {
      'web[08-11]': 'web08 web09 web10 web11',
      'web[01-02,40],db1': 'web01 web02 web40 db1',
      'web[01-07/3]': 'web01 web04 web07',
      'db[4]': 'db4',
      all: 'all of web all of db all of edge',
      '*': 'all of web all of db all of edge',
      'root@db1': 'db1',
      'node/db1': 'db1',
      'web[39-41]': 'no web41',
      zzz: '? `zzz` is not in this fleet',
    });
    assert.match(hosts('nodeset', [['hosts', 'web[01-']]), /cannot be read as a list of hosts/);
    assert.match(hosts('nodeset', [['hosts', 'web01-web12']]), /a range is written `web\[01-12\]`/);
  });

  it('have the operators of ClusterShell, from left to right', () => {
    reads('nodeset', {
      'db[1-6]!db[2-5]': 'db1 db6',
      'db[1-3]&db[3-6]': 'db3',
      'db[1-3]^db[3-4]': 'db1 db2 db4',
      'db[1-3]!db2,db2': 'db1 db2 db3',
      '@db!db[2-6]': 'db1',
      '@db': 'all of db',
      '@local:db': 'all of db',
      '@*!@web': 'all of db all of edge',
      '@rim': 'all of edge',
      'edge-?': 'edge-a edge-b edge-c',
      'db*': 'db1 db2 db3 db4 db5 db6',
      '@nosuch': '? `nosuch` is not in this fleet',
    });
  });

  it('leave out and filter as pdsh does, last of all', () => {
    reads('nodeset', {
      '-db2,db[1-3]': 'db1 db3',
      'db[1-3],-db3': 'db1 db2',
      'db[1-6],/[12]$/': 'db1 db2',
      'db[1-3],-/3/': 'db1 db2',
      '/^edge/': 'edge-a edge-b edge-c',
      '^hosts.txt': '? `^hosts.txt` stands for a file, and what is in it is not known',
      '-': '? `-` stands for the input, and what is in it is not known',
    });
    const without = (word: string) =>
      hosts('nodeset', [
        ['hosts', 'db[1-3]'],
        ['except', word],
      ]);
    assert.equal(without('db2'), 'db1 db3');
    assert.equal(without('db[1-2],db9'), 'no db9');
    assert.equal(without('db[1-2],zzz'), 'db3');
    assert.equal(
      hosts('nodeset', [
        ['except', '@db'],
        ['hosts', 'db1,web01'],
      ]),
      'web01',
    );
    assert.equal(
      hosts('nodeset', [
        ['target', 'db'],
        ['except', 'db[2-6]'],
      ]),
      'db1',
    );
  });

  it('are patterns with positions for Ansible, whatever the order', () => {
    reads('ansible', {
      'web:db': 'all of web all of db',
      'web,db': 'all of web all of db',
      'db[0]': 'db1',
      'db[-1]': 'db6',
      'db[0:2]': 'db1 db2 db3',
      'db[4:]': 'db5 db6',
      'db[:1]': 'db1 db2',
      'web[01:03]': 'web02 web03 web04',
      '!db[1:]:db': 'db1',
      'db:&db1': 'db1',
      'db:!db1:!db[2:5]': 'db2',
      'all:!web:!db': 'all of edge',
      'd?': 'all of db',
      'edge-[ab]': 'edge-a edge-b',
      '~web0[12]': 'web01 web02',
      '~(edge-a|edge-b)$': 'edge-a edge-b',
      '@retry.txt': '? `@retry.txt` stands for a file, and what is in it is not known',
      web99: 'no web99',
    });
  });

  it('are shell patterns for Salt, one character a class', () => {
    reads('glob', {
      'web0[1-3]': 'web01 web02 web03',
      'web[01-40]': '? `web[01-40]` is not in this fleet',
      'web1?': 'web10 web11 web12 web13 web14 web15 web16 web17 web18 web19',
      'edge-[!a]': 'edge-b edge-c',
      db1: 'db1',
      'z*': '? `z*` is not in this fleet',
    });
  });

  it('are regular expressions that fit from the start', () => {
    reads('regex', {
      'web(01|02)': 'web01 web02',
      'db[1-2]': 'db1 db2',
      web1: 'web10 web11 web12 web13 web14 web15 web16 web17 web18 web19',
      xweb: '? `xweb` is not in this fleet',
      'web(': '? `web(` is a pattern that is not followed',
      '(w+)+x': '? `(w+)+x` is a pattern that is not followed',
    });
  });

  it('are plain lists with commas or blanks', () => {
    reads('comma', { 'db1,db2': 'db1 db2', 'db*': '? `db*` is a pattern, and lists of hosts are written out here' });
    reads('space', { 'db1 db2': 'db1 db2' });
  });

  it('cannot be told of servers that have no names', () => {
    const why = 'is a pattern, and the servers of `web` have no names that it could fit';
    assert.equal(hosts('glob', [['hosts', 'web*']], counted), `? \`web*\` ${why}`);
    assert.equal(hosts('glob', [['hosts', '*']], counted), 'all of web');
    assert.equal(hosts('ansible', [['hosts', 'web[0]']], counted), '? `web` counts its servers and does not name them');
    assert.equal(hosts('ansible', [['hosts', 'we?']], counted), 'all of web');
  });

  it('are a mistake where a name of a group is near', () => {
    assert.equal(hosts('ansible', [['hosts', 'wbe']]), 'no wbe');
    assert.equal(hosts('nodeset', [['hosts', '@wbe']]), 'no wbe');
  });

  it('narrow where a limit stands beside them', () => {
    assert.equal(
      hosts('ansible', [
        ['hosts', 'db'],
        ['target', 'db[0:1]'],
      ]),
      'db1 db2',
    );
    assert.equal(
      hosts('ansible', [
        ['hosts', 'all'],
        ['target', 'db:!db1'],
      ]),
      'db2 db3 db4 db5 db6',
    );
  });

  it('are read whatever the word, in bounded time', () => {
    const notations = ['nodeset', 'ansible', 'glob', 'regex', 'comma', 'space'] as const;
    const piece = fc.constantFrom(
      'web',
      'db',
      '[',
      ']',
      '1-',
      '01-40',
      ',',
      '!',
      '&',
      '^',
      '@',
      '~',
      '/',
      '*',
      '?',
      ':',
      '-',
      '(',
      ')',
      '+',
      '{',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.constantFrom(...notations), (pieces, notation) => {
        const started = performance.now();
        hosts(notation, [['hosts', pieces.join('')]]);
        assert.ok(performance.now() - started < 500);
      }),
      { numRuns: 2000 },
    );
  });

  it('are known with a domain that the fleet leaves out, and without one that it has', () => {
    const named = compileFleet(
      readFleet(
        parseYaml(
          [
            'fleet: x',
            'environment: production',
            'subsystems: { site: { minimum: 1 } }',
            'groups:',
            '  web: { hosts: "web[01-04]", serves: [site] }',
            '  store: { hosts: "pgsql[1-2].a.example.com,pgsql[2-3].b.example.com", serves: [site] }',
            '  rim: { hosts: "edge1.dc[1-2].example.com", serves: [site] }',
          ].join('\n'),
        ).root,
      ),
    );
    const vectors = {
      'web03.example.com': 'web03',
      'root@web03.example.com': 'web03',
      'web03.staging.example.com': '? `web03.staging.example.com` is not in this fleet',
      'web09.example.com': '? `web09.example.com` is not in this fleet',
      pgsql1: 'pgsql1.a.example.com',
      'pgsql1.other.org': '? `pgsql1.other.org` is not in this fleet',
      pgsql2: '? `pgsql2` is not in this fleet',
      edge1: '? `edge1` is not in this fleet',
    };
    for (const [word, expected] of Object.entries(vectors)) {
      assert.equal(hosts('space', [['hosts', word]], named), expected, word);
      assert.equal(hosts('space', [['target', word.replace('root@', '')]], named), expected, word);
    }
    assert.equal(hosts('nodeset', [['hosts', 'web[01-02].prod.example.com']], named), 'web01 web02');
    // A step names what the fleet has.
    assert.equal(
      hosts(undefined, [['hosts', 'web03.example.com']], named),
      '? `web03.example.com` is not in this fleet',
    );
  });

  it('are in a zone as Kubernetes labels their nodes, unless the fleet gives the label itself', () => {
    const zoned = compileFleet(
      readFleet(
        parseYaml(`fleet: x
subsystems: { site: { minimum: 1 } }
groups:
  a: { hosts: "a[1-2]", serves: [site], zone: eu-1a }
  b: { hosts: "b[1-2]", serves: [site], zone: eu-1b }
  c: { hosts: "c[1-2]", serves: [site], zone: eu-1b, labels: { topology.kubernetes.io/zone: eu-1c } }
`).root,
      ),
    );
    const label = 'topology.kubernetes.io/zone';
    assert.equal(hosts(undefined, [['selector', `${label}=eu-1a`]], zoned), 'all of a');
    assert.equal(hosts(undefined, [['selector', `${label} in (eu-1a, eu-1b)`]], zoned), 'all of a all of b');
    assert.equal(
      hosts(undefined, [['selector', 'failure-domain.beta.kubernetes.io/zone=eu-1b']], zoned),
      'all of b all of c',
    );
    assert.match(hosts(undefined, [['selector', `${label}=eu-1d`]], zoned), /eu-1d/);
  });
});
