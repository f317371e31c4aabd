import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

/** Where findings of a rule stand, and how grave they are. */
function told(rule: string, fleet: string, steps: string): readonly string[] {
  const folder = { 'x.fleet.yaml': fleet };
  const { analysis } = checkText(`runbook: x\nsteps:\n${steps}`, fleetIn(folder));
  return analysis.findings.flatMap((one) => (one.rule === rule ? [`${one.step} ${one.severity}`] : []));
}

describe('of steps in a step', () => {
  const unequal = `fleet: demo
subsystems:
  s: { minimum: 2 }
groups:
  a: { count: 1, serves: { s: 1 } }
  b: { count: 1, serves: { s: 2 } }
`;

  it('the one is certain to break a minimum that is, and the other is not, as without the step around them', () => {
    const two = '- remove: { subsystem: s, count: 1 }\n- remove: { subsystem: s, count: 1 }\n';
    assert.deepEqual(told('below-minimum', unequal, two.replace(/^/gm, '  ')), ['0 warning', '1 error']);
    const inside = two.trimEnd().replace(/^/gm, '        ');
    assert.deepEqual(told('below-minimum', unequal, `  - repeat:\n      times: 1\n      steps:\n${inside}\n`), [
      '0.0 warning',
      '0.1 error',
    ]);
  });

  it('each is that may be the one, where it is certain that one of them is', () => {
    const fleet =
      'fleet: demo\nsubsystems:\n  s: { minimum: 3 }\n  t: { minimum: 0 }\ngroups:\n  a: { count: 4, serves: [s] }\n';
    const beside = '  - parallel:\n      - remove: { group: a, count: 1 }\n      - remove: { group: a, count: 1 }\n';
    assert.deepEqual(told('below-minimum', fleet, beside), ['0.0 error', '0.1 error']);
  });
});

describe('a step beside another', () => {
  it('breaks the minimum of no zone in which it takes nothing', () => {
    const zones = `fleet: demo
subsystems:
  s: { minimum: 10, minimumPerZone: 5 }
groups:
  s-a: { count: 8, serves: [s], zone: a, warmup: 3m }
  s-b: { count: 8, serves: [s], zone: b, warmup: 3m }
`;
    const beside = (two: string) =>
      `  - parallel:\n      - restart: { group: s-a, batch: 2, takes: 4m }\n      - restart: { ${two}, batch: 4, takes: 4m }\n`;
    assert.deepEqual(told('below-minimum', zones, beside('group: s-b')), ['0.1 error']);
    assert.deepEqual(told('below-minimum', zones, beside('group: s-a')), ['0.0 warning', '0.1 error']);
  });
});

describe('a repeat in a repeat', () => {
  const again = (steps: string) =>
    `  - repeat:\n      times: 2\n      steps:\n        - repeat:\n            times: 2\n            steps:\n${steps}`;

  it('is not certain to break what was broken before it, and need not be lowered in any round', () => {
    const low =
      'fleet: demo\nsubsystems:\n  s: { minimum: 18 }\ngroups:\n  g: { count: 3, serves: { s: 1 }, unavailable: 1 }\n  h: { count: 5, serves: { s: 3 } }\n';
    const steps = `              - scale: { group: g, to: 5 }
              - remove: { subsystem: s, count: 1 }
`;
    assert.deepEqual(told('below-minimum', low, again(steps)), ['0.0.1 warning']);
  });

  it('is not certain to break what it would have broken on ways alone that what goes beside it rules out', () => {
    const few = `fleet: demo
subsystems:
  s: { minimum: 2 }
  t: { minimum: 6 }
groups:
  g: { hosts: [g-1, g-2], serves: { t: 1, s: 1 } }
  h: { hosts: [h-1, h-2], serves: { t: 3, s: 1 } }
`;
    // One server of g is left, which each of the two wants.
    const steps = `  - remove: { hosts: [h-1, g-1] }
  - parallel:
      - scale: { group: h, to: 4 }
        when: it is slow
      - remove: { group: g, count: 1 }
      - repeat:
          times: 1
          steps:
            - remove: { group: g, count: 1 }
              when: it is slow
`;
    assert.deepEqual(
      told('below-minimum', few, steps).filter((one) => one.startsWith('1.2')),
      ['1.2.0 warning'],
    );
  });

  it('is certain to take too much at once, where one round can do without and all cannot', () => {
    // Of all that serve t only k does not serve s, and it goes once.
    const hasty = `fleet: demo
subsystems:
  s: { minimum: 0, removal: { limit: 1%, window: 5m } }
  t: { minimum: 0 }
groups:
  g: { count: 2, serves: { s: 5 } }
  h: { count: 2, serves: { s: 1, t: 5 }, unavailable: 1 }
  i: { count: 3, serves: { s: 2, t: 1 } }
  j: { count: 1, serves: { s: 5 } }
  k: { count: 1, serves: { t: 5 } }
  l: { count: 1, serves: { s: 2, t: 3 } }
`;
    const twice = `  - repeat:
      times: 2
      steps:
        - remove: { subsystem: t, count: 1 }
        - remove: { subsystem: s, count: 2 }
`;
    assert.deepEqual(told('removal-rate', hasty, twice), ['0.0 error', '0.1 error']);
  });
});

describe('a step that is repeated', () => {
  it('says what there is in the round in which it asks for more', () => {
    const fleet = 'fleet: demo\nsubsystems:\n  s: { minimum: 0 }\ngroups:\n  a: { count: 3, serves: [s] }\n';
    const twice = 'runbook: x\nsteps:\n  - repeat: { times: 2, steps: [{ remove: { subsystem: s, count: 2 } }] }\n';
    const { findings } = checkText(twice, fleetIn({ 'x.fleet.yaml': fleet })).analysis;
    const [over] = findings.filter(({ rule }) => rule === 'exceeds-target');
    assert.match(over?.message ?? '', /^This removes 2 servers of s, of which only 1 is in service at this step\./);
  });
});

describe('what a step takes', () => {
  const paced =
    'fleet: demo\nsubsystems:\n  s: { minimum: 0 }\ngroups:\n  a: { count: 9, serves: [s] }\nremoval: { limit: 1, window: 20m }\ncommands:\n  - { tool: ctl, usages: [{ usage: "remove <group> [-n <count>]", effect: remove }] }\n';
  const second = '  - remove: { group: a, count: 1 }\n';
  const ways = {
    'a pause of its script': '  - { run: ctl remove a -n 1; sleep 10m, takes: 10m }\n',
    'what waits beside its change':
      '  - parallel:\n      - remove: { group: a, count: 1 }\n      - wait: 10m\n    takes: 10m\n',
    'what waits in it':
      '  - repeat: { times: 1, steps: [{ remove: { group: a, count: 1 } }, { wait: 10m }] }\n    takes: 10m\n',
    'what it waits for': '  - remove: { group: a, count: 1 }\n  - { wait: 10m, takes: 10m }\n',
  };
  for (const [name, step] of Object.entries(ways))
    it(`holds ${name}, and is not added to it`, () => {
      const last = `${step.match(/^ {2}- /gm)?.length ?? 0}`;
      assert.deepEqual(told('removal-rate', paced, step + second), [`${last} error`]);
      const enough = step.replace(/takes: 10m/, 'takes: 20m');
      assert.deepEqual(told('removal-rate', paced, enough + second), []);
    });
});
