import assert from 'node:assert/strict';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { signatureAt } from '../../../server/src/features/signature.ts';
import type { FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { marked } from '../../support/markers.ts';

const fleetText = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 40 }
groups:
  billing-only: { count: 12, serves: [billing] }
  core: { count: 60, serves: [billing, index] }
commands:
  - tool: ctl
    usages:
      - usage: "remove --group <group> [-n|--count <count>] [--batch <batch>] [--yes]"
        effect: remove
        absent: all
        guards: [pdb]
        undo: "ctl restore --group <group>"
      - usage: "restart <group> [--batch <batch>]"
        effect: restart
        speed: { batch: <batch>, absent: all-at-once }
      - usage: "restore --group <group>"
        effect: restore
      - usage: "status <target>"
        effect: none
`;
const fleet = fleetIn({ 'x.fleet.yaml': fleetText }) as FleetAnalysis;
const head = 'runbook: x\nsteps:\n';

function at(source: string) {
  const { text, cursor } = marked(`${head}${source}`);
  assert.ok(cursor !== undefined);
  return { analysis: checkText(text, fleet).analysis, cursor };
}

describe('signature help', () => {
  /** The usage that fits best, the word that is being typed between bars. */
  const help = (source: string) => {
    const { analysis, cursor } = at(source);
    const found = signatureAt(analysis, cursor);
    const best = found?.signatures[found.active];
    if (best === undefined) return undefined;
    const parameter = best.active === undefined ? undefined : best.parameters[best.active];
    if (parameter === undefined) return best.label;
    const { from, to } = parameter;
    return `${best.label.slice(0, from)}«${best.label.slice(from, to)}»${best.label.slice(to)}`;
  };
  const remove = 'ctl remove --group <group> [-n|--count <count>] [--batch <batch>] [--yes]';

  it('marks the option whose value is typed', () => {
    assert.equal(help('  - run: ctl remove --group ‸'), remove.replace('--group <group>', '«--group <group>»'));
    assert.equal(
      help('  - run: ctl remove --group core --count 4‸'),
      remove.replace('-n|--count <count>', '«-n|--count <count>»'),
    );
    assert.equal(
      help('  - run: ctl remove --group core --batch=‸'),
      remove.replace('--batch <batch>', '«--batch <batch>»'),
    );
  });
  it('marks the word that stands for something', () => {
    assert.equal(help('  - run: ctl restart ‸'), 'ctl restart «<group>» [--batch <batch>]');
    assert.equal(help('  - run: |\n      sudo ctl status co‸\n'), 'ctl status «<target>»');
  });
  it('marks nothing where nothing is left to say', () => {
    assert.equal(help('  - run: ctl restart core ‸'), 'ctl restart <group> [--batch <batch>]');
  });
  it('offers every usage while the verb is typed, and none while the tool is', () => {
    const { analysis, cursor } = at('  - run: ctl ‸');
    assert.equal(signatureAt(analysis, cursor)?.signatures.length, 4);
    assert.equal(help('  - run: ct‸'), undefined);
    assert.equal(help('  - wait: 1‸m'), undefined);
  });
  it('says what the usage does', () => {
    const { analysis, cursor } = at('  - run: ctl remove ‸');
    const found = signatureAt(analysis, cursor);
    assert.match(found?.signatures[found.active]?.documentation ?? '', /\*\*remove\*\*.*means \*\*all\*\*.*Undone by/s);
    assert.match(found?.signatures[found.active]?.parameters[0]?.documentation ?? '', /group of the fleet/);
  });
});

describe('inlay hints of commands', () => {
  const hints = (source: string) => {
    const text = `${head}${source}`;
    const { analysis } = checkText(text, fleet);
    return inlayHints(analysis, { start: 0, end: text.length }).map(
      ({ offset, label }) => `${text.slice(0, offset).split('\n').at(-1)?.trim()} ⟵ ${label}`,
    );
  };
  it('stand behind each line that changes something, how it was understood', () => {
    assert.deepEqual(
      hints(
        '  - run: |\n      ctl status core\n      ctl remove --group core -n 3 && ctl restore --group core\n      for g in core billing-only; do ctl remove --group $g -n 1; done\n      ctl remove --group $X -n 1\n',
      ),
      [
        '- run: | ⟵ billing 69/8  index 57/40',
        'ctl remove --group core -n 3 && ctl restore --group core ⟵ → remove 3 of core; restore 3 of core',
        'for g in core billing-only; do ctl remove --group $g -n 1; done ⟵ → remove 2 of core, billing-only',
        'ctl remove --group $X -n 1 ⟵ → cannot tell',
      ],
    );
  });
  it('tell the lowest moment where more is out in between than afterwards', () => {
    assert.deepEqual(
      hints('  - run: |\n      ctl remove --group core -n 9\n      ctl restart core --batch 5\n').slice(0, 1),
      ['- run: | ⟵ billing 58/8  index 46/40'],
    );
  });
  it('stand behind inner steps too', () => {
    assert.deepEqual(
      hints('  - repeat:\n      times: 2\n      steps:\n        - remove: { group: core, count: 1 }\n').slice(1),
      ['- remove: { group: core, count: 1 } ⟵ billing 70/8  index 58/40'],
    );
  });
});

describe('hover', () => {
  const hover = (source: string) => {
    const { analysis, cursor } = at(source);
    return hoverAt(analysis, cursor)?.markdown ?? '';
  };
  it('on a step shows every subsystem, those that change first', () => {
    const shown = hover('  - re‸move: { group: billing-only, count: 3 }');
    assert.match(shown, /\| billing \| 72 \| 69 \| 69 \| 8 \| 61 \|\n\| index \| 60 \| 60 \| 60 \| 40 \| 20 \|/);
  });
  it('on a command says what, how fast, what holds it back, and how to undo it', () => {
    const shown = hover('  - run: ctl re‸move --group core -n 3');
    assert.match(shown, /Understood as: \*\*remove\*\* 3 of core\./);
    assert.match(shown, /disruption budget/);
    assert.match(shown, /Undone by `ctl restore --group core`/);
    assert.match(hover('  - run: ctl res‸tart core --batch 2'), /\*\*restart\*\*.*In batches of 2 servers\./s);
    assert.match(hover('  - run: ctl res‸tart core'), /All at once\./);
    assert.match(hover('  - run: ctl sta‸tus core'), /no effect/);
    assert.match(hover('  - run: other‸ctl remove all'), /not declared.*effect: none/s);
    assert.match(
      hover('  - run: ctl remove --group $‸X -n 1'),
      /cannot be told what it does: `\$X` has no known value\./,
    );
  });
  it('on a rule in a suppression shows what the rule is about', () => {
    assert.match(
      hover('  # runbook-lint-disable-next-line below-‸minimum: a drill\n  - remove: { group: core, count: 30 }'),
      /\*\*below-minimum\*\*: Takes a subsystem below its minimum/,
    );
  });
  it('on a usage line explains its roles, and gives an example of it', () => {
    const usage = (words: string) => {
      const { text, cursor = 0 } = marked(fleetText.replace(words.replace('‸', ''), words));
      const one = fleetIn({ 'x.fleet.yaml': text });
      return one === undefined ? '' : (hoverAt(one, cursor)?.markdown ?? '');
    };
    assert.match(usage('[-n|--count <cou‸nt>]'), /A number of servers/);
    assert.match(usage('effect: rest‸art'), /\*\*restart\*\*/);
    assert.match(
      usage('"rem‸ove --group'),
      /For example: `ctl remove --group core-a --count 4`, which is understood as \*\*remove\*\*/,
    );
  });
});
