import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const zones = ['a', 'b', 'c'];

/** Two subsystems over three zones, which share a group in each; the servers of some groups take longer to warm up. */
const fleet = (top: string, keys = '', servers = 20) => `fleet: demo
${top}subsystems:
  web: { minimum: 50%${keys} }
  api: { minimum: 50%${keys} }
groups:
${zones.map((zone) => `  web-${zone}: { count: ${servers}, serves: [web], zone: ${zone} }\n`).join('')}${zones
  .map((zone, i) => `  core-${zone}: { count: ${servers}, serves: [web, api], zone: ${zone}, warmup: ${i * 5}m }\n`)
  .join('')}`;

function verdicts(steps: string, one: string): readonly (string | undefined)[] {
  const { analysis } = checkText(`runbook: Roll through\nsteps:\n${steps}`, fleetIn({ 'x.fleet.yaml': one }));
  return analysis.runs[0]?.outcomes.map(({ verdict }) => verdict) ?? [];
}

describe('a large fleet', () => {
  it('is told of restarts one after the other, in which batches last unequally long, under a rate', () => {
    const steps = [
      '  - remove: { subsystem: api, count: 2 }',
      '  - restart: { subsystem: web, batch: 2, takes: 5m }',
      '  - restart: { subsystem: api, batch: 2, takes: 5m }',
      '  - restart: { zone: c, batch: 2, takes: 5m }',
      '  - remove: { group: web-a, count: 2 }\n',
    ];
    const told = verdicts(steps.join('\n'), fleet('removal: { limit: 30%, window: 30m }\n'));
    assert.deepEqual(told, ['safe', 'safe', 'safe', 'safe', 'safe']);
  });

  it('is told of a restart right after servers have joined that are not warm when it is over', () => {
    const steps = '  - scale: { group: core-c, to: 30 }\n  - restart: { subsystem: web, batch: 4 }\n';
    assert.deepEqual(verdicts(`${steps}  - restart: { subsystem: api, batch: 4 }\n`, fleet('')), [
      'safe',
      'safe',
      'safe',
    ]);
  });

  it('keeps open what a step between has only looked at', () => {
    const steps = [
      '  - remove: { subsystem: api, count: 25% }',
      '  - replace: { group: web-a, batch: 1 }',
      '  - restart: { subsystem: web, batch: 4 }\n',
    ];
    const told = verdicts(steps.join('\n'), fleet('', ', survives: { hosts: 1 }'));
    assert.deepEqual(told, ['safe', 'safe', 'safe']);
  });
});
