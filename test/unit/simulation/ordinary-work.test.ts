import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const zones = ['a', 'b', 'c'];

/** A group in each zone for each of some services; `carries`: what each serves. */
function inZones(
  count: number,
  carries: Readonly<Record<string, string>>,
  top = '',
  warmups: Record<string, string> = {},
) {
  const subsystems = Object.keys(carries).map((name) => `  ${name}: { minimum: 50% }\n`);
  const groups = Object.entries(carries).flatMap(([name, serves]) =>
    zones.map((zone) => {
      const warmup = warmups[name] === undefined ? '' : `, warmup: ${warmups[name]}`;
      return `  ${name}-${zone}: { count: ${count}, serves: ${serves}, zone: ${zone}${warmup} }\n`;
    }),
  );
  return `fleet: x\n${top}subsystems:\n${subsystems.join('')}groups:\n${groups.join('')}`;
}

const shared = { web: '[web]', api: '[api, web]', db: '[db, api]' };
const slow = { api: '5m', db: '2m' };
const rate = (limit: string, window: string) => `removal: { limit: ${limit}, window: ${window} }\n`;

/** What it is, the fleet, and its steps. */
type Work = readonly [string, string, readonly string[]];

/** Work of a kind that teams do every week; each could not be told once. */
const works: readonly Work[] = [
  [
    'one server first, and all of them half an hour later, though some warm up more slowly than others',
    inZones(20, shared, rate('10%', '1h'), slow),
    [
      'restart: { subsystem: web, count: 1, takes: 5m }',
      'wait: 30m',
      'restart: { subsystem: web, batch: 1, takes: 1m }',
      'restart: { subsystem: db, batch: 2, takes: 1m }',
    ],
  ],
  [
    'one service after the other, each in batches that take no time',
    inZones(50, shared, rate('20%', '1h'), slow),
    [
      'restart: { group: api-b, batch: 2, takes: 2m }',
      'replace: { subsystem: api, batch: 1 }',
      'replace: { subsystem: db, batch: 3 }',
    ],
  ],
  ...['', ', some of which warm up'].map(
    (which): Work => [
      `a restart of a service of which some have just come back${which}, and one zone by zone`,
      inZones(100, { web: '[web]', api: '[api, web]' }, '', which === '' ? { web: '2m', api: '2m' } : { web: '2m' }),
      [
        '{ id: out, remove: { subsystem: web, count: 5% } }',
        'wait: 10m',
        'restore: out',
        'restart: { subsystem: web, batch: 10, takes: 2m }',
        'restart: { subsystem: web, zone: b, batch: 10%, takes: 2m }',
      ],
    ],
  ),
  [
    'a restart beside a wait',
    inZones(20, shared, rate('10%', '10m'), slow),
    ['parallel: [{ restart: { subsystem: api, batch: 10% } }, { wait: 15m }]'],
  ],
  [
    'a restart beside a wait, while another service warms up and after some of its own have gone',
    inZones(20, { web: '[web]', cache: '[cache]' }, '', { web: '10m', cache: '5m' }),
    [
      'repeat: { times: 5, steps: [{ remove: { subsystem: cache, count: 1 } }, { wait: 5m }] }',
      '{ id: out, remove: { group: web-b, count: 5% } }',
      'restore: out',
      'parallel: [{ replace: { subsystem: cache, batch: 25%, pause: 5m } }, { wait: 15m }]',
    ],
  ],
  [
    'a removal from one group while it is open what has left of all of them, and one more when it is back',
    inZones(100, shared, 'removal: { zonesAtOnce: 1 }\n'),
    [
      'remove: { subsystem: web, count: 10% }',
      '{ id: out, remove: { group: web-a, count: 3 } }',
      'restore: out',
      'repeat: { times: 4, steps: [{ remove: { subsystem: web, zone: a, count: 1 } }, { wait: 5m }] }',
      'remove: { subsystem: db, count: 1 }',
      'remove: { subsystem: db, count: 5% }',
    ],
  ],
  [
    'two services beside one another, after a restart of a third',
    inZones(20, { web: '[web]', queue: '[queue, cache]', cache: '[cache]' }, rate('25%', '1h'), {
      cache: '2m',
      queue: '10m',
    }),
    [
      'restart: { subsystem: cache, batch: 4, takes: 5m }',
      'parallel: [{ restart: { subsystem: queue, batch: 10% } }, { restart: { group: web-c, batch: 1, takes: 5m } }]',
    ],
  ],
  [
    'a scale after restarts',
    inZones(20, shared, rate('25%', '1h'), slow),
    [
      'remove: { subsystem: web, count: 1 }',
      'replace: { subsystem: web, batch: 2, takes: 5m }',
      'scale: { group: web-a, to: 30 }',
      'scale: { group: db-a, to: 18 }',
      'scale: { group: db-a, to: 24 }',
    ],
  ],
  [
    'the zones of a service one after the other, and another service again and again',
    inZones(100, shared, 'removal: { limit: 20%, window: 1h, zonesAtOnce: 1 }\n', { api: '2m' }),
    [
      'remove: { subsystem: db, zone: a, count: 2 }',
      'replace: { subsystem: api, zone: a, batch: 1, takes: 5m }',
      'wait: 10m',
      'restart: { subsystem: api, zone: b, batch: 3 }',
      'wait: 30m',
      'replace: { subsystem: api, zone: c, batch: 25%, takes: 5m, pause: 5m }',
      'wait: 30m',
      'repeat: { times: 3, steps: [{ restart: { subsystem: web, zone: a, batch: 3, takes: 2m } }, { wait: 5m }] }',
    ],
  ],
  [
    'a restart that takes no time and a removal, while some of another service warm up',
    inZones(50, { web: '[web]', api: '[api, web]' }, '', { api: '5m' }).replace(
      'api: { minimum: 50%',
      'api: { minimum: 50%, survives: { zones: 1 }',
    ),
    [
      'remove: { subsystem: api, count: 1 }',
      'remove: { subsystem: api, count: 10% }',
      '{ id: out, remove: { subsystem: api, count: 10% } }',
      'restore: out',
      'replace: { group: web-b, batch: 1 }',
      'remove: { subsystem: web, count: 10% }',
    ],
  ],
  [
    'all of a zone, zone by zone, after a restart under a rate',
    inZones(100, { web: '[web]', api: '[api, web]' }, rate('20%', '1h'), { web: '10m' }),
    [
      'restart: { subsystem: web, zone: a, batch: 2 }',
      'wait: 10m',
      '{ id: out, remove: { subsystem: web, zone: a, count: all } }',
      'wait: 5m',
      'restore: out',
      'wait: 15m',
      'remove: { subsystem: web, zone: b, count: all }',
    ],
  ],
  [
    'a restart beside a removal, after restarts of both',
    inZones(20, { web: '[web]', api: '[api, web]' }, rate('20%', '1h'), { web: '10m', api: '5m' }),
    [
      'replace: { subsystem: web, batch: 10%, takes: 1m }',
      'restart: { group: api-b, batch: 1, takes: 2m }',
      'parallel: [{ restart: { subsystem: api, batch: 1 } }, { remove: { subsystem: web, count: 3 } }]',
    ],
  ],
  [
    'two restarts of a percentage each, of services that share servers',
    inZones(20, shared, 'removal: { zonesAtOnce: 1 }\n'),
    ['parallel: [{ restart: { subsystem: web, batch: 10%, takes: 1m } }, { restart: { subsystem: api, batch: 10% } }]'],
  ],
];

describe('ordinary work on fleets of some size', () => {
  for (const [name, fleet, steps] of works)
    it(`is told: ${name}`, () => {
      const runbook = `runbook: x\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
      const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
      const outcomes = analysis.runs[0]?.outcomes ?? [];
      assert.equal(outcomes.length, steps.length);
      const untold = steps.filter((_, i) => outcomes[i]?.obstacle !== undefined || outcomes[i]?.verdict === 'unknown');
      assert.deepEqual(untold, []);
    });
});
