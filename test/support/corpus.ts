import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../server/src/rules/index.ts';
import { type Folder, folderAt } from './lint-folder.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');

/** What the examples leave out: inner steps, parameters, choices, typed commands in loops. */
const more: Folder = {
  'x.runbook.yaml': [
    '# runbook-lint-disable-file shared-servers: a drill',
    'runbook: Everything at once',
    'environment: production',
    'window: { during: "Sat 02:00-06:00", timezone: America/Los_Angeles }',
    'parameters:',
    '  count: { default: 2, minimum: 1, maximum: 8, description: How many }',
    '  pool: { enum: [web-a, web-b] }',
    '  free: {}',
    'steps:',
    '  - name: "Take {{ count }} out"',
    '    id: out',
    '    remove: { subsystem: web, count: "{{ count }}", batch: 2, pause: 10m }',
    '    intent: { subsystem: web, count: 2 }',
    '  - parallel:',
    '      - restart: { group: web-a, batch: 25%, takes: 5m }',
    '      - name: Look',
    '        manual: Look at it',
    '      # runbook-lint-disable-next-line no-margin: looked at',
    '      - remove: { zone: b, count: 1 }',
    '  - repeat:',
    '      times: 3',
    '      steps:',
    '        - scale: { group: web-b, to: 9 }',
    '        - wait: 1h30m',
    '  - when: it is late',
    '    replace: { hosts: "web-c[1-2]", surge: true }',
    '  - run: |',
    '      for i in 1 2; do',
    '        ctl drop -n 1 web-a',
    '      done',
    '      ctl drop --count "$free" {{ pool }}',
    '  - check: { subsystem: web, atLeast: 12 }',
    '  - restore: out',
    '',
  ].join('\n'),
  'x.fleet.yaml': [
    'fleet: corpus',
    'environment: production',
    'subsystems:',
    '  web: { minimum: 60%, minimumPerZone: 1, survives: { zones: 1 }, recovery: 1h }',
    '  api:',
    '    minimum:',
    '      - { value: 4 }',
    '      - { value: 6, during: "Mon-Fri 06:00-18:00", timezone: America/Los_Angeles }',
    '    dependsOn: [web]',
    'groups:',
    '  web-a: { count: 10, serves: [web, api], zone: a, unavailable: 1, warmup: 5m }',
    '  web-b: { count: 10, serves: { web: 2 }, zone: b, aliases: [asg-b], labels: { role: web } }',
    '  web-c: { hosts: "web-c[1-4]", serves: [web], zone: c }',
    'removal: { limit: 20%, window: 10m, zonesAtOnce: 1 }',
    'commands:',
    '  - tool: ctl',
    '    usages:',
    '      - usage: "drop [-n|--count <count>] <group>"',
    '        effect: remove',
    '        absent: all',
    '      - usage: "back <group>"',
    '        effect: restore',
    'outside: ["test-*"]',
    '',
  ].join('\n'),
};

/** Folders of files to try things on: the examples, those of every rule, and one that has a bit of everything. */
export const corpus: readonly Folder[] = [
  ...readdirSync(examples).map((name) => folderAt(join(examples, name))),
  ...rules
    .flatMap(({ bad, good }) => [bad, good])
    .filter((files) => Object.values(files).every((text) => text.length < 5_000)),
  more,
];
