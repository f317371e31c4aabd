import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = (more = '') => `fleet: demo
subsystems:
  redis: { minimum: 5 }
  kafka: { minimum: 2 }
  old: { capacity: 2, minimum: 2 }
groups:
  redis: { count: 6, serves: [redis]${more} }
  kafka: { hosts: "kafka-[0-2]", serves: [kafka] }
outside: ["old-*"]
`;

function told(run: string, more?: string, minimum = 5): readonly string[] {
  const text = `runbook: x\nsteps:\n${run.replace(/^/gm, '  - ')}\n`;
  const { analysis } = checkText(
    text,
    fleetIn({ 'x.fleet.yaml': fleet(more).replace('minimum: 5', `minimum: ${minimum}`) }),
  );
  return analysis.findings
    .map(({ rule, severity }) => `${severity} ${rule}`)
    .filter((said) => !said.startsWith('hint'));
}

describe('pods of a stateful set, of which the fleet says only how many there are', () => {
  it('are one server each, and the same one twice is one', () => {
    assert.deepEqual(told('run: kubectl delete pod redis-0'), []);
    assert.deepEqual(told('run: kubectl delete pod redis-0 redis-0'), []);
    assert.deepEqual(told('run: kubectl delete pod redis-0 redis-5'), ['error below-minimum']);
    assert.deepEqual(told('run: for i in 0 1 2; do kubectl delete pod redis-$i & done; wait'), ['error below-minimum']);
    assert.deepEqual(told('run: kubectl delete pod redis-{0..5}', '', 0), []);
  });

  it('are told apart from those of another one, and from hosts', () => {
    assert.deepEqual(told('run: kubectl delete pod redis-0 kafka-0'), []);
    assert.deepEqual(told('run: kubectl delete pod redis-0 kafka-0 kafka-1'), ['error below-minimum']);
    assert.deepEqual(told('run: kubectl drain redis-0'), ['information cannot-tell']);
  });

  it('are not of this fleet where it has not so many', () => {
    assert.deepEqual(told('run: kubectl delete pod redis-6'), ['information cannot-tell']);
    assert.deepEqual(told('run: kubectl scale sts/redis --replicas=8\nrun: kubectl delete pod redis-6 redis-7'), [
      'information cannot-tell',
    ]);
    assert.deepEqual(told('run: kubectl delete pod redis-99999999999999999999'), ['information cannot-tell']);
  });

  it('are not known of a group that goes by several names, nor where they belong to something else', () => {
    const two = ', aliases: [redis-master, redis-replicas]';
    for (const pod of ['redis-0', 'redis-master-0', 'redis-replicas-0'])
      assert.deepEqual(told(`run: kubectl delete pod ${pod}`, two), ['information cannot-tell']);
    const one = ', aliases: [redis-master]';
    assert.deepEqual(told('run: kubectl delete pod redis-0', one), ['information cannot-tell']);
    assert.deepEqual(told('run: kubectl delete pod redis-master-0 redis-master-1', one), ['error below-minimum']);
    assert.deepEqual(told('run: kubectl delete pod redis-0 redis-1', ', aliases: [prod/redis]'), [
      'error below-minimum',
    ]);
    assert.deepEqual(told('run: kubectl delete pod old-0'), []);
  });

  it('may be among those that are out already', () => {
    assert.deepEqual(told('run: kubectl delete pod redis-0', ', unavailable: 1'), ['warning below-minimum']);
    assert.deepEqual(told('remove: { group: redis, count: 1 }\nrun: kubectl delete pod redis-3'), [
      'warning below-minimum',
    ]);
    // The fleet has a mistake, and what it means is counted all the same.
    assert.deepEqual(told('run: kubectl delete pod redis-0', ', unavailable: [redis-5]'), ['warning below-minimum']);
  });

  it('leave the others without names, and what is added too', () => {
    const scaled = 'run: kubectl scale sts/redis --replicas=8\nrun: kubectl delete pod redis-0 redis-1 redis-2';
    assert.deepEqual(told(scaled), []);
    const old =
      'run: kubectl scale sts/redis --replicas=8\nrun: kubectl delete pod redis-0 redis-1 redis-2 redis-3 redis-4 redis-5';
    assert.deepEqual(told(old, '', 2), []);
    assert.deepEqual(told(old, '', 3), ['error below-minimum']);
    const all = 'run: kubectl scale sts/redis --replicas=8\nrun: kubectl delete pod redis-{0..5}';
    assert.deepEqual(told(all), ['error below-minimum']);
    const rest =
      'run: kubectl delete pod redis-{0..2}\nrun: kubectl delete pod redis-{3..5}\nremove: { group: redis, count: 6 }';
    assert.deepEqual(told(rest, '', 1), ['error below-minimum']);
  });
});
