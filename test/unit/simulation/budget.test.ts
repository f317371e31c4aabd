import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workOf } from '../../../server/src/lint/check-runbook.ts';
import { beyondLimits, mostChanges } from '../../../server/src/simulation/limits.ts';
import type { StepOutcome } from '../../../server/src/simulation/outcome.ts';
import { simulate, simulateWith } from '../../../server/src/simulation/simulate.ts';
import { corpus } from '../../support/corpus.ts';
import { costly, large, many, ofSubsystems, side } from '../../support/costly-steps.ts';
import { checkText, type Folder, fleetIn, folderAt } from '../../support/lint-folder.ts';

/** Fleets and runbooks of the tests: replayed incidents, and first files of different companies. */
const told = ['incidents/pairs.yaml', 'incidents/told.yaml', 'lint/first-runbooks.yaml'];

/** No two groups are alike. */
const odd =
  'fleet: odd\nsubsystems:\n  web: { minimum: 60% }\ngroups:\n' +
  many(12, (i) => `  g${i}: { count: ${5 + i}, serves: { web: ${1 + i} } }\n`).join('');

/** Orders and choices multiply. */
const endless = (more: number) =>
  side(many(5, (i) => `when: it is slow, restart: { subsystem: web, batch: ${3 + i + more}, takes: 1m }`));

function saidOf({ verdict, obstacle, figures }: StepOutcome): unknown {
  return [verdict, obstacle?.why, figures.map(({ before, lowest, after }) => [before, lowest, after])];
}

function allOf(outcomes: readonly StepOutcome[]): readonly StepOutcome[] {
  return outcomes.flatMap((outcome) => [outcome, ...allOf(outcome.steps)]);
}

function beyond(folder: Folder): number {
  const fleet = fleetIn(folder);
  const runbooks = Object.entries(folder).filter(([path]) => path.endsWith('.runbook.yaml'));
  const outcomes = runbooks.flatMap(([, text]) =>
    checkText(text, fleet).analysis.runs.flatMap((run) => allOf(run.outcomes)),
  );
  return outcomes.filter(({ obstacle }) => obstacle?.why === beyondLimits).length;
}

function runbookOf(steps: readonly string[]): string {
  return `runbook: x\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
}

/** The fleets of a file of cases, each with the runbooks for it. */
function foldersIn(file: string): readonly Folder[] {
  const read = parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
  const cases: readonly Record<string, unknown>[] = Array.isArray(read) ? read : read.pairs;
  return cases.flatMap(({ fleet = '', runbook = '', head = '', steps = '' }): readonly Folder[] => {
    const text = runbook === '' ? `runbook: x\n${head}steps:\n${steps}` : `${runbook}`;
    const own = { 'x.fleet.yaml': `${read.fleets?.[`${fleet}`] ?? fleet}` };
    return ['$1', '$2'].map((which) => ({
      ...own,
      'x.runbook.yaml': text.replaceAll(/⟦([^|⟧]*)\|([^⟧]*)⟧/g, which),
    }));
  });
}

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');

describe('the budget of a step', () => {
  for (const name of readdirSync(examples))
    it(`is enough for the example ${name}`, () => assert.equal(beyond(folderAt(join(examples, name))), 0));

  it('is enough for every runbook of the tests', () => {
    const folders = [...corpus, ...told.flatMap(foldersIn)];
    assert.ok(folders.length > 200, `${folders.length} folders`);
    for (const folder of folders) assert.equal(beyond(folder), 0, folder['x.runbook.yaml']);
  });

  for (const [name, fleet, steps] of costly)
    it(`is enough for ${name}`, () => {
      const files = { 'x.fleet.yaml': fleet, 'x.runbook.yaml': runbookOf(steps) };
      const { analysis } = checkText(files['x.runbook.yaml'], fleetIn(files));
      const outcomes = analysis.runs[0]?.outcomes ?? [];
      assert.equal(outcomes.length, steps.length);
      assert.deepEqual(
        steps.filter((_, i) => outcomes[i]?.obstacle !== undefined),
        [],
      );
    });

  it('is reached where a dozen open choices are told apart by their zone, and what comes back may be any of them', () => {
    const steps = [...ofSubsystems.slice(0, 12), 'remove: { zone: z1, count: 5 }', ...ofSubsystems.slice(12)];
    const { analysis } = checkText(runbookOf(steps), fleetIn({ 'x.fleet.yaml': large('') }));
    const outcomes = analysis.runs[0]?.outcomes ?? [];
    assert.deepEqual(
      outcomes.slice(13).map(({ obstacle }) => obstacle?.why),
      many(12, () => beyondLimits),
    );
  });

  it('is the less for a step the more the steps before it were, and the same after an edit as in a file that is opened', () => {
    const folder = { 'x.fleet.yaml': odd, 'x.runbook.yaml': runbookOf(many(30, (i) => endless(i % 3))) };
    const { analysis } = checkText(folder['x.runbook.yaml'], fleetIn(folder));
    const walk = workOf(analysis)?.runs[0]?.walk;
    assert.ok(walk !== undefined);
    const { steps, around } = walk;
    const purse = { left: 100 * mostChanges };
    simulateWith(walk, 0, { ...(steps[0] ?? assert.fail()) }, purse);
    assert.ok(100 * mostChanges - purse.left < 6 * mostChanges, `${100 * mostChanges - purse.left} changes`);
    const plain = checkText(runbookOf(['remove: { group: g11, count: 1 }']), fleetIn(folder));
    const [other] = workOf(plain.analysis)?.runs[0]?.walk?.steps ?? [];
    assert.ok(other !== undefined);
    for (const at of [0, 1, 14, 29]) {
      const edited = simulateWith(walk, at, other);
      const opened = simulate(steps.with(at, other), around.world.capacity, { outside: [] });
      assert.deepEqual(edited.heavy, opened.heavy);
      assert.deepEqual(edited.outcomes.map(saidOf), opened.outcomes.map(saidOf));
    }
  });

  it('is reached where orders and choices multiply without end, and then little more is done', () => {
    const folder = { 'x.fleet.yaml': odd, 'x.runbook.yaml': runbookOf([endless(0)]) };
    const { analysis } = checkText(folder['x.runbook.yaml'], fleetIn(folder));
    const walk = workOf(analysis)?.runs[0]?.walk;
    const [outcome] = walk?.outcomes ?? [];
    assert.equal(outcome?.verdict, 'unknown');
    assert.equal(outcome.obstacle?.why, beyondLimits);
    const said = analysis.findings.filter(({ rule }) => rule === 'cannot-tell').map(({ message }) => message);
    assert.equal(said.length, 1);
    assert.match(said.join(), /it can go in more ways than are followed/);
    const [step] = walk?.steps ?? [];
    assert.ok(walk !== undefined && step !== undefined);
    const purse = { left: 10 * mostChanges };
    simulateWith(walk, 0, { ...step }, purse);
    assert.ok(9 * mostChanges - purse.left < 1000, `${10 * mostChanges - purse.left} changes`);
  });
});
