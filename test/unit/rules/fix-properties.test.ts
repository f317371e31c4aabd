import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixesOf, withEdits } from '../../../server/src/lint/lint.ts';
import type { Finding } from '../../../server/src/rules/finding.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleets = [
  `fleet: one
subsystems:
  a: { minimum: 6, survives: { hosts: 1 } }
  b: { minimum: 50%, minimumPerZone: 2 }
groups:
  x: { count: 6, serves: [a], zone: p }
  y: { count: 8, serves: [a, b], zone: q, warmup: 10m }
  z: { count: 4, serves: { b: 2 }, zone: p }
removal: { limit: 3, window: 10m, zonesAtOnce: 1 }
`,
  `fleet: two
subsystems:
  a: { minimum: 8 }
  b: { minimum: 4, dependsOn: [a] }
groups:
  x: { hosts: "x[01-12]", serves: [a] }
  y: { count: 8, serves: [a, b] }
  z: { count: 2, serves: [b] }
removal: { limit: 25%, window: 15m }
`,
].map(
  (fleet) => `${fleet}commands:
  - tool: ctl
    usages:
      - { usage: "stop <target> [-n|--count <count>] [--group <group>]", effect: remove, absent: all }
      - { usage: "start <target> [-n|--count <count>]", effect: restore }
      - { usage: "bounce <target> [--batch <batch>]", effect: restart, speed: { batch: <batch>, absent: all-at-once } }
      - { usage: "size <group> <count>", effect: scale-to }
`,
);

const count = fc.integer({ min: 1, max: 14 });
const target = fc.constantFrom('subsystem: a', 'subsystem: b', 'group: x', 'group: y', 'group: z');
const name = fc.constantFrom('a', 'b', 'x', 'y', 'z');
const group = fc.constantFrom('x', 'y', 'z');
const comment = fc.constantFrom('', '', ' # why not');

/** One step in one of the ways of writing it; `i` makes its id. */
const step = fc.oneof(
  fc.tuple(target, count, comment).map(
    ([where, n, why]) =>
      (i: number) =>
        `  - id: s${i}\n    remove: { ${where}, count: ${n} }${why}\n`,
  ),
  fc.tuple(target, count).map(
    ([where, n]) =>
      (i: number) =>
        `  # careful\n  - id: s${i}\n    remove:\n      ${where}\n      count: ${n} # so many\n`,
  ),
  fc.tuple(target, count).map(
    ([where, n]) =>
      () =>
        `  - restart: { ${where}, batch: ${n}, takes: 2m }\n`,
  ),
  fc.tuple(target).map(
    ([where]) =>
      () =>
        `  - restart:\n      ${where}\n`,
  ),
  fc.tuple(group, count).map(
    ([where, n]) =>
      () =>
        `  - scale: { group: ${where}, to: ${n} }\n`,
  ),
  fc.nat(4).map((n) => () => `  - restore: s${n}\n`),
  target.map((where) => () => `  - restore: { ${where} }\n`),
  fc.integer({ min: 1, max: 12 }).map((n) => () => `\n  - wait: ${n}m\n`),
  fc.tuple(name, count).map(
    ([where, n]) =>
      (i: number) =>
        `  - run: ctl stop ${where} --count=${n}\n    id: s${i}\n`,
  ),
  fc.tuple(name, count).map(
    ([where, n]) =>
      (i: number) =>
        `  - id: s${i}\n    run: |\n      # first\n      ctl stop ${where} -n ${n}\n`,
  ),
  fc.tuple(name).map(
    ([where]) =>
      () =>
        `  - run: ctl stop ${where}\n`,
  ),
  fc.tuple(name).map(
    ([where]) =>
      () =>
        `  - run: ctl bounce ${where}\n`,
  ),
  fc.tuple(group, count).map(
    ([where, n]) =>
      () =>
        `  - run: "ctl size ${where} ${n}"\n`,
  ),
);

const runbook = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([steps, spaced]) => `runbook: x\nsteps:\n${steps.map((one, i) => one(i)).join(spaced ? '\n' : '')}`);

/** How often each rule speaks up. */
function loud(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings)
    if (severity === 'error' || severity === 'warning') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function comments(text: string): readonly string[] {
  return (text.match(/#[^\n]*/g) ?? []).toSorted();
}

describe('every fix', () => {
  it('leaves a text that is read, without the finding, and with every comment', () => {
    fc.assert(
      fc.property(runbook, fc.constantFrom(...fleets), (text, fleetText) => {
        const fleet = fleetIn({ 'x.fleet.yaml': fleetText });
        const { analysis } = checkText(text, fleet);
        for (const finding of analysis.findings) {
          for (const fix of fixesOf(analysis, finding)) {
            const next = withEdits(text, fix.edits);
            const { analysis: after } = checkText(next, fleet);
            const [was, is] = [loud(analysis.findings), loud(after.findings)];
            const told = `${finding.rule}: ${fix.title}\n${text}\n→\n${next}\n${after.findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n')}`;
            assert.equal(is.get('syntax') ?? is.get('schema') ?? is.get('duplicate-key'), undefined, told);
            if (/^(?:Use|Did you mean)/.test(fix.title)) {
              // A smaller figure leaves what would be said without the step too, perhaps of a later one for the first time.
              const same = (one: Finding) => one.rule === finding.rule && one.step === finding.step;
              assert.ok(!after.findings.some(same), told);
            } else {
              assert.ok((is.get(finding.rule) ?? 0) < (was.get(finding.rule) ?? 0), told);
              for (const [rule, times] of is) assert.ok(times <= (was.get(rule) ?? 0), `${rule}\n${told}`);
            }
            assert.deepEqual(comments(next), comments(text), told);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
