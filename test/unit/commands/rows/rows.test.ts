import assert from 'node:assert/strict';
import { withBuiltinTools } from '../../../../server/src/commands/builtin.ts';
import { type CompiledUsage, compileTools } from '../../../../server/src/commands/table.ts';
import { fleetIn } from '../../../support/lint-folder.ts';
import { type Reading, readLine } from '../corpus/corpus.ts';
import { type ExampleLine, exampleLines } from './example-lines.ts';

const analysis = fleetIn({
  'x.fleet.yaml': [
    'fleet: x',
    'environment: production',
    'subsystems: { site: { minimum: 2 } }',
    'groups:',
    '  web: { hosts: "web[01-40]", serves: [site], zone: a, labels: { role: web } }',
  ].join('\n'),
});
assert.ok(analysis);
const fleet = analysis;
const table = withBuiltinTools(compileTools([]).table);

/** Every usage that is declared, once. */
const usages = new Set(table.names.flatMap((name) => table.usagesOf(name) ?? []));

interface Row {
  readonly usage: CompiledUsage;
  readonly line: ExampleLine;
  /** As it is typed: what acts on the host that it runs on is carried to one. */
  readonly run: string;
  readonly isLocal: boolean;
}

const rows: readonly Row[] = [...usages].flatMap((usage) =>
  exampleLines(usage).map((line): Row => {
    const isLocal = line.target === undefined && usage.usage.effect?.value !== 'none';
    return { usage, line, isLocal, run: isLocal ? `ssh web01 ${line.text}` : line.text };
  }),
);

/** What the command itself is read as, without what carries it. */
function own({ reads }: Reading, { isLocal }: Row): string {
  return (isLocal ? reads.filter((one) => one !== 'ssh carry') : reads)[0] ?? '';
}

const effectIn = (reading: string) => reading.split(' ')[1] ?? '';

/** What brings back what an effect did. */
const opposite: Readonly<Record<string, readonly string[]>> = {
  remove: ['restore', 'scale-to'],
  restore: ['remove', 'block'],
  block: ['unblock', 'restore'],
  unblock: ['block'],
  'guard-off': ['guard-on'],
  'guard-on': ['guard-off'],
  'scale-to': ['scale-to'],
  restart: ['restart'],
  replace: ['replace', 'restore'],
};

/** Undo lines that are right, and of which nobody can tell from their words alone what they bring back. */
const untold = [
  ...['helm rollback', 'rabbitmqctl join_cluster', 'redis-cli --cluster add-node', 'terraform untaint'],
  // It sets bounds for an autoscaler; it brings none of its own.
  'gcloud compute instance-groups managed set-autoscaling',
  // The range goes, the size stays as it is.
  'kubectl delete hpa',
  // The rollout before it, which is one more.
  'docker service rollback',
];

describe('every row of the built-in tools', () => {
  it('is read as it is declared', () => {
    for (const row of rows) {
      const { usage, run } = row;
      const { effect, variants, inside } = usage.usage;
      const reading = own(readLine(run, fleet), row);
      const declared = [effect?.value, ...variants.map((variant) => variant.effect?.value)];
      const read = effectIn(reading);
      if (effect?.value === 'carry' && reading === '') continue;
      assert.ok(declared.includes(read as never), `${run}: ${reading}`);
      if (variants.length === 0 && inside.length === 0) assert.equal(read, effect?.value, run);
    }
  });

  it('is undone by a line that is read as the opposite', () => {
    for (const row of rows) {
      const reading = readLine(row.run, fleet);
      const effect = effectIn(own(reading, row));
      const { undo } = reading;
      if (undo === undefined || !(effect in opposite) || untold.some((known) => undo.startsWith(known))) continue;
      // The size before is not in the command, and what has no name of the fleet stands for one.
      const typed = undo.replace(/<(?:count|least|most)>/g, '40').replaceAll('x9', 'web');
      if (/<\w+>/.test(typed)) continue;
      const back = own(readLine(row.isLocal ? `ssh web01 ${typed}` : typed, fleet, row.run), row);
      assert.ok(opposite[effect]?.includes(effectIn(back)), `${row.run}: ${typed}: ${back}`);
      assert.ok(!back.includes(' ? '), `${row.run}: ${typed}: ${back}`);
    }
  });

  it('tells a name that is spelled wrong', () => {
    for (const row of rows) {
      const { line, run, isLocal } = row;
      const effect = effectIn(own(readLine(run, fleet), row));
      if (!(effect in opposite) || (isLocal && (/^guard|block$/.test(effect) || meansAll(row)))) continue;
      const word = isLocal ? 'web01' : (line.target ?? '');
      const at = isLocal ? 'ssh '.length : line.at;
      const slipped = run.slice(0, at) + word.replace(/^(.)(.)/, '$2$1') + run.slice(at + word.length);
      if (slipped === run) continue;
      const { reads, finds } = readLine(slipped, fleet);
      const isTold =
        finds.some((found) => found.startsWith('unknown-name')) || reads.some((one) => one.includes(' ? '));
      assert.ok(isTold, `${slipped}: ${reads.join('; ')}`);
    }
  });

  it('tells an option that is spelled wrong', () => {
    for (const row of rows) {
      if (!['remove', 'restart', 'replace', 'scale-to'].includes(effectIn(own(readLine(row.run, fleet), row))))
        continue;
      for (const [, name = ''] of row.run.matchAll(/ (--?[a-z][\w-]{4,})(?= |$)/g)) {
        const slip = name.replace(/(.)(.)$/, '$2$1');
        if (slip === name) continue;
        const { reads } = readLine(row.run.replace(` ${name}`, ` ${slip}`), fleet);
        assert.ok(
          reads.some((one) => one.includes(' ? ')),
          `${name} as ${slip} in ${row.run}: ${reads.join('; ')}`,
        );
      }
    }
  });
});

/** Whether it names nothing, so that everything is meant. */
function meansAll({ usage: { usage } }: Row): boolean {
  return usage.allIf.length > 0 || usage.absent?.value === 'all' || usage.speed !== undefined;
}
