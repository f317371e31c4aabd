const serves = (i: number) => `{ s${i % 50}: 1, s${(i * 7 + 1) % 50}: ${1 + (i % 3)} }`;

/** 1 000 groups of unequal size, of which each serves two of 50 subsystems. */
export function large(keys: string, top = ''): string {
  const subsystems = Array.from({ length: 50 }, (_, i) => `  s${i}: { minimum: 60%${keys} }\n`);
  const groups = Array.from({ length: 1000 }, (_, i) => {
    const zone = `z${i % 3}`;
    return `  g${i}: { count: ${6 + ((i * 7) % 19)}, serves: ${serves(i)}, zone: ${zone}, warmup: 2m }\n`;
  });
  return `fleet: large\n${top}subsystems:\n${subsystems.join('')}groups:\n${groups.join('')}${commands}`;
}

const commands = `commands:
  - tool: ctl
    usages:
      - { usage: "stop <target> --count <count>", effect: remove }
`;

/** So many steps, each made of its number. */
export const many = (count: number, step: (i: number) => string) => Array.from({ length: count }, (_, i) => step(i));
/** Steps beside one another. */
export const side = (steps: readonly string[]) => `parallel: [${steps.map((step) => `{ ${step} }`).join(', ')}]`;

/** Every kind of step, single groups and whole subsystems. */
const ofGroups: readonly string[] = [
  ...many(30, (i) => `remove: { group: g${i * 3}, count: 2 }`),
  'restart: { group: g3, batch: 2, takes: 5m }',
  side(many(4, (i) => `restart: { group: g${100 + i}, batch: 2, takes: 5m }`)),
  side([...many(6, (i) => `remove: { group: g${200 + i}, count: 1 }`), 'wait: 10m', 'manual: Look']),
  '{ when: it is slow, remove: { group: g300, count: 3, batch: 1, pause: 5m } }',
  'repeat: { times: 12, steps: [{ restart: { group: g301, batch: 25%, takes: 3m } }, { wait: 10m }] }',
  'replace: { group: g302, batch: 2, surge: true, takes: 4m }',
  'scale: { group: g303, to: 9 }',
  'scale: { group: g304, to: 30 }',
  'check: { subsystem: s3, atLeast: 1 }',
  'run: for i in 1 2 3; do ctl stop "g31$i" --count 2; sleep 300; done',
  ...many(30, (i) => `restore: { group: g${i * 3} }`),
];

/** Removals of whole subsystems, and what brings them back. */
export const ofSubsystems: readonly string[] = [
  ...many(12, (i) => `remove: { subsystem: s${i * 2}, count: ${2 + (i % 4)} }`),
  ...many(12, (i) => `restore: { subsystem: s${i * 2} }`),
];

/** Several removals in one step, of servers unknown which. */
const several: readonly string[] = [
  side(many(4, (i) => `remove: { subsystem: s${i * 2}, count: 2 }`)),
  'run: ctl stop s10 --count 2; ctl stop s12 --count 3; sleep 600; ctl stop s14 --count 2',
  'remove: { subsystem: s20, count: 9, batch: 3, pause: 10m }',
  'repeat: { times: 3, steps: [{ remove: { subsystem: s30, count: 2 } }, { wait: 10m }] }',
];

const unequal =
  'fleet: x\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n' +
  many(3, (i) => `  g${i}: { count: ${12 + i * 4}, serves: [web], warmup: ${2 + i * 4}m }\n`).join('');

/** Groups of unequal size in three zones, with every rule that looks at zones and time. */
const inZones =
  'fleet: x\nremoval: { limit: 20%, window: 15m, zonesAtOnce: 1 }\nsubsystems:\n' +
  '  web: { minimum: 50%, minimumPerZone: 40, survives: { hosts: 1 } }\n  cache: { minimum: 50% }\ngroups:\n' +
  ['a', 'b', 'c']
    .map((zone, i) => `  web-${zone}: { count: ${120 - i * 7}, serves: [web], zone: ${zone}, warmup: 3m }\n`)
    .join('') +
  `  cache: { count: 40, serves: [cache], zone: a }\n${commands}`;

/** Steps that go in many ways and are told all the same: what it is, the fleet, and the steps. */
export const costly: readonly (readonly [name: string, fleet: string, steps: readonly string[]])[] = [
  ['groups of a large fleet', large(''), ofGroups],
  ['groups of a large fleet under a rate', large('', 'removal: { limit: 10%, window: 10m }\n'), ofGroups],
  [
    'groups of a large fleet that is to survive',
    large(', survives: { hosts: 2 }, minimumPerZone: 2', 'removal: { zonesAtOnce: 2 }\n'),
    ofGroups,
  ],
  ['subsystems of a large fleet', large(''), ofSubsystems],
  ['several removals in one step', large(''), several],
  [
    'several removals in one step under a rate, of what is to survive',
    large(', survives: { hosts: 1 }, minimumPerZone: 2', 'removal: { limit: 10%, window: 10m, zonesAtOnce: 2 }\n'),
    several,
  ],
  [
    'a subsystem under a rate whose groups warm up unequally',
    `${unequal}removal: { limit: 20%, window: 15m }\n`,
    [
      'restart: { subsystem: web, batch: 3, takes: 5m }',
      'replace: { subsystem: web, batch: 2, takes: 5m, surge: true }',
      'wait: 20m',
      'remove: { subsystem: web, count: 3 }',
      'restart: { subsystem: web, batch: 1, takes: 1m }',
      'restore: { subsystem: web }',
    ],
  ],
  [
    'a subsystem whose groups warm up unequally, beside other steps',
    unequal,
    [side(['restart: { subsystem: web, batch: 4, takes: 5m }', 'wait: 10m', 'manual: Look'])],
  ],
  [
    'restarts of a whole subsystem beside one another, and beside a removal from it',
    large(', survives: { hosts: 1 }', 'removal: { zonesAtOnce: 2 }\n'),
    [
      side(many(5, (i) => `restart: { subsystem: s3, batch: ${3 + i}, takes: 1m }`)),
      side(['restart: { subsystem: s4, batch: 2, takes: 5m }', 'remove: { subsystem: s4, count: 2 }']),
      'restart: { zone: z1, batch: 2 }',
    ],
  ],
  [
    'loops over whole subsystems',
    unequal.replaceAll(/count: /g, 'count: 10'),
    [
      'repeat: { times: 52, steps: [{ restart: { subsystem: web, batch: 10%, takes: 5m } }, { wait: 7d }] }',
      'repeat: { times: 1000000, steps: [{ remove: { subsystem: web, count: 2 } }, { restart: { subsystem: web, batch: 5 } }, { restore: { subsystem: web } }, { wait: 1h }] }',
    ],
  ],
  [
    'what is left of a subsystem after a removal from it',
    unequal.replaceAll(/count: /g, 'count: 10'),
    [
      'remove: { subsystem: web, count: 10%, batch: 1, pause: 10m }',
      'restart: { subsystem: web, batch: 5%, takes: 5m }',
      'restore: { subsystem: web, count: 50% }',
      'wait: 20m',
      '{ when: it is slow, restart: { subsystem: web, batch: 10, takes: 5m } }',
      'restore: { subsystem: web }',
      'wait: 20m',
      'repeat: { times: 4, steps: [{ remove: { subsystem: web, count: 5% } }, { restart: { subsystem: web, batch: 7% } }, { restore: { subsystem: web } }, { wait: 1h }] }',
    ],
  ],
  [
    'a subsystem that is restarted while servers that came for it warm up',
    unequal.replaceAll(/count: /g, 'count: 10'),
    [
      'scale: { group: g0, to: 1100 }',
      'restart: { subsystem: web, batch: 10%, takes: 15m }',
      'scale: { group: g0, to: 1012 }',
    ],
  ],
  [
    'groups of which single hosts are named, when all are rolled, each group by its own rule',
    'fleet: x\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n' +
      many(3, (i) => `  g${i}: { hosts: "g${i}-[1-20]", serves: [web] }\n`).join(''),
    [
      ...many(24, (i) => `remove: { hosts: [g${i % 3}-${1 + i}] }`).slice(0, 18),
      'run: kubectl rollout restart deployments',
      'restart: { subsystem: web, batch: 3, takes: 5m }',
    ],
  ],
  [
    'a subsystem of a group in each zone that is restarted beside other steps',
    inZones,
    [
      side(['restart: { subsystem: web, batch: 10%, takes: 2m }', 'remove: { group: cache, count: 2 }']),
      side(['restart: { subsystem: web, batch: 10, takes: 2m }', 'restart: { group: cache, batch: 2, takes: 5m }']),
      side(['restart: { subsystem: web, batch: 25%, takes: 2m }', 'wait: 10m', 'restore: { group: cache }']),
    ],
  ],
  [
    'a subsystem of a group in each zone of which servers go in many batches, and a zone is restarted then',
    inZones,
    [
      'remove: { subsystem: web, count: 90, batch: 1, pause: 5m }',
      'run: for i in $(seq 40); do ctl stop web --count 2; sleep 300; done',
      'repeat: { times: 30, steps: [{ remove: { subsystem: web, count: 1 } }, { wait: 5m }] }',
      'restart: { subsystem: web, zone: b, batch: 10%, takes: 2m }',
    ],
  ],
  [
    'percentages of subsystems that share their servers, one after another',
    'fleet: x\nsubsystems:\n' +
      many(6, (i) => `  s${i}: { minimum: 60% }\n`).join('') +
      'groups:\n' +
      many(6, (i) => `  g${i}: { count: 50, serves: [s${i}, s${(i + 1) % 6}] }\n`).join(''),
    many(5, (i) => `remove: { subsystem: s${i}, count: 10% }`),
  ],
  [
    'a group of 100 000 hosts of which several branches take some',
    'fleet: x\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n  web: { count: 100000, serves: [web] }\n',
    [
      side(['restart: { group: web, batch: 10%, takes: 5m }', 'remove: { group: web, count: 400 }']),
      side(many(3, (i) => `restart: { group: web, batch: ${i + 1}%, takes: 5m }`)),
    ],
  ],
];
