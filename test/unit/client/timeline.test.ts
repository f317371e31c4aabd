import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stepOfLine } from '../../../client/src/timeline/place.ts';
import { cellText } from '../../../client/webview/figures.ts';
import {
  bandPath,
  breachMarks,
  heightOf,
  linePath,
  middleOf,
  numbered,
  scaleOf,
  stepAt,
  stretchesOf,
  verdictMarks,
} from '../../../client/webview/geometry.ts';
import { stepFor } from '../../../client/webview/keys.ts';
import { markdownTable } from '../../../client/webview/markdown.ts';
import type { Figures, Step, Subsystem, Timeline } from '../../../client/webview/model.ts';
import { fallsOf, tightestFirst, tightestOf } from '../../../client/webview/tightness.ts';
import { unpack } from '../../../client/webview/unpack.ts';
import { english } from '../../../client/webview/words.ts';

const at = (worst: number, best = worst) => ({ worst, best });

/** The figures of steps that leave so much, one after the other, from `full` on. */
function steps(full: number, minimum: number, ...after: readonly (readonly [number, number])[]): readonly Figures[] {
  return after.map(([worst, best], i) => {
    const [w, b] = after[i - 1] ?? [full, full];
    return { before: at(w, b), lowest: at(Math.min(w, worst), Math.min(b, best)), after: at(worst, best), minimum };
  });
}

const index: Subsystem = {
  name: 'index',
  full: 120,
  figures: steps(120, 110, [120, 120], [80, 92], [80, 92], [120, 120]),
};
const billing: Subsystem = { name: 'billing', full: 72, figures: steps(72, 8, [72, 72], [32, 32], [32, 32], [72, 72]) };

function step(name: string, verdict: Step['verdict'], line: number, index = `${line}`): Step {
  return { index, line, endLine: line, name, verdict };
}

const timeline: Timeline = {
  uri: 'file:///x.runbook.yaml',
  runbook: 'Rotate',
  fleets: ['demo'],
  fleet: 0,
  steps: [
    step('Look', 'safe', 3, '0'),
    step('Take | out', 'unsafe', 5, '1.0'),
    step('Wait', 'unknown', 9, '1.1'),
    step('Back', 'safe', 11, '2'),
  ],
  subsystems: [billing, index],
};

const anySubsystem: fc.Arbitrary<Subsystem> = fc
  .record({
    full: fc.integer({ min: 1, max: 200 }),
    minimum: fc.integer({ min: 0, max: 200 }),
    changes: fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 })), {
      minLength: 1,
      maxLength: 400,
    }),
  })
  .map(({ full, minimum, changes }) => {
    const after = changes.map(([a, b]) => [Math.min(a, b, full), Math.min(Math.max(a, b), full)] as const);
    return { name: 'any', full, figures: steps(full, Math.min(minimum, full), ...after) };
  });
const anyWidth = fc.integer({ min: 1, max: 2000 });

describe('the timeline', () => {
  it('puts the tightest subsystem first, by its share of full strength', () => {
    assert.deepEqual(
      tightestFirst(timeline.subsystems).map(({ name }) => name),
      ['index', 'billing'],
    );
    assert.deepEqual(tightestOf(index), { step: 1, spare: -30, certain: true });
    assert.deepEqual(tightestOf(billing), { step: 1, spare: 24, certain: false });
    assert.deepEqual(fallsOf(timeline.subsystems), { count: 1, first: 1 });
  });

  it('draws before, lowest and after of each step, and joins what is equal', () => {
    const stretches = stretchesOf(index, 400);
    assert.deepEqual(
      stretches.map(({ from, to, worst, best }) => [from, to, worst, best]),
      [
        [0, 125, 120, 120],
        [125, 375, 80, 92],
        [375, 400, 120, 120],
      ],
    );
    const scale = { low: 70, high: 120, height: 50 };
    assert.equal(linePath(stretches, 'worst', scale), 'M0 0H125V40H375V0H400');
    assert.equal(bandPath(stretches, scale), 'M125 28H375V40H125Z');
  });

  it('marks a breach where it begins, by shape: filled where it is certain', () => {
    assert.deepEqual(breachMarks(index, 400), [{ step: 1, x: 150, certain: true }]);
    assert.deepEqual(breachMarks(billing, 400), []);
    const possible = { ...index, figures: steps(120, 110, [100, 120], [100, 120], [90, 100]) };
    assert.deepEqual(
      breachMarks(possible, 300).map(({ step, certain }) => [step, certain]),
      [
        [0, false],
        [2, true],
      ],
    );
  });

  it('loses no low figure, however narrow it is drawn', () => {
    fc.assert(
      fc.property(anySubsystem, anyWidth, (subsystem, width) => {
        const stretches = stretchesOf(subsystem, width);
        const lowest = Math.min(...subsystem.figures.map(({ lowest }) => lowest.worst));
        assert.equal(Math.min(...stretches.map(({ worst }) => worst)), lowest);
        assert.ok(stretches.length <= Math.max(3 * (width / 4), width / 2) + 3);
        for (const { worst, best } of stretches) assert.ok(worst <= best);
        assert.equal(stretches[0]?.from, 0);
        for (const [i, stretch] of stretches.entries()) {
          const next = stretches[i + 1];
          if (next !== undefined) assert.ok(Math.abs(stretch.to - next.from) < 1e-6);
        }
      }),
    );
  });

  it('keeps every line inside the chart', () => {
    fc.assert(
      fc.property(anySubsystem, (subsystem) => {
        const scale = scaleOf(subsystem, 40);
        for (const { lowest, minimum } of subsystem.figures) {
          for (const units of [lowest.worst, lowest.best, minimum, subsystem.full]) {
            assert.ok(heightOf(units, scale) >= 0 && heightOf(units, scale) <= 40);
          }
        }
      }),
    );
  });

  it('finds the step under the mouse where it is drawn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), anyWidth, (count, width) => {
        const wanted = Math.floor(count / 2);
        assert.equal(stepAt(middleOf(wanted, count, width), count, width), wanted);
        assert.equal(stepAt(-5, count, width), 0);
        assert.equal(stepAt(width + 5, count, width), count - 1);
      }),
    );
  });

  it('leaves room between marks and between numbers', () => {
    const many = Array.from({ length: 1000 }, (_, i) => step(`${i}`, 'unsafe', i));
    const marks = verdictMarks(many, 'unsafe', 600);
    assert.ok(marks.length > 30 && marks.length < 60);
    assert.ok(numbered(1000, 600, 4).length <= 17);
    assert.deepEqual(numbered(4, 600, 1), [0, 1, 2, 3]);
    assert.ok(numbered(20, 720, 7).length < numbered(20, 720, 2).length);
  });

  it('knows the step of a line', () => {
    assert.deepEqual(
      [0, 3, 4, 8, 11, 99].map((line) => stepOfLine(timeline.steps, line)),
      [undefined, 0, 0, 1, 3, 3],
    );
  });

  it('is a Markdown table too', () => {
    assert.equal(
      cellText({ before: at(9), lowest: at(5, 8), after: at(9), minimum: 7 }, english),
      '5–8, minimum 7, may be 2 below',
    );
    assert.equal(
      markdownTable(timeline, [index], english),
      [
        '| # | Step | Verdict | index |',
        '| --- | --- | --- | --- |',
        '| 1 | Look | safe | 120, minimum 110 |',
        '| 2.1 | Take \\| out | unsafe | 80–92, minimum 110, 30 below |',
        '| 2.2 | Wait | cannot be told | 80–92, minimum 110, 30 below |',
        '| 3 | Back | safe | 80–92, minimum 110, 30 below |',
        '',
      ].join('\n'),
    );
  });

  it('spreads the figures of the server over all steps, those that hold others left out', () => {
    const range = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 5 } });
    const one = (path: string, line: number) => ({
      path,
      range: range(line),
      name: path,
      kind: 'run',
      verdict: 'safe' as const,
      findings: [],
    });
    const unpacked = unpack({
      uri: 'u',
      version: 1,
      title: 'T',
      steps: [one('0', 1), one('1', 2), one('1.0', 3), one('1.1', 4), one('2', 5)],
      fleets: [
        {
          name: 'f',
          uri: 'file:///f',
          subsystems: [
            {
              name: 's',
              minimum: 5,
              tightest: undefined,
              full: 9,
              at: [0, 1, 2],
              figures: [9, 9, 9, 9, 9, 9, 9, 9, 4, 6, 4, 6, 9, 9, 4, 6, 4, 6],
            },
          ],
        },
      ],
    });
    assert.deepEqual(
      unpacked?.steps.map(({ index }) => index),
      ['0', '1.0', '1.1', '2'],
    );
    assert.deepEqual(
      unpacked?.subsystems[0]?.figures.map(({ before, lowest, after }) => [before.worst, lowest.worst, after.best]),
      [
        [9, 9, 9],
        [9, 4, 6],
        [4, 4, 6],
        [4, 4, 6],
      ],
    );
  });

  it('is about the fleet that is chosen, or the first', () => {
    const fleet = (name: string) => ({ name, uri: `file:///${name}`, subsystems: [] });
    const packed = { uri: 'u', version: 1, title: 'T', steps: [], fleets: [fleet('one'), fleet('two')] };
    assert.deepEqual(unpack(packed, 1)?.fleet, 1);
    assert.deepEqual(unpack(packed, 7)?.fleet, 0);
    assert.deepEqual(unpack(packed)?.fleets, ['one', 'two']);
  });

  it('is not there without a fleet', () => {
    assert.equal(unpack({ uri: 'u', version: 1, title: 'T', steps: [], fleets: [] }), undefined);
  });
});

describe('the keys of the timeline', () => {
  it('lead from step to step, and never beyond the first or the last', () => {
    assert.equal(stepFor('ArrowRight', undefined, 9), 0);
    assert.equal(stepFor('ArrowLeft', undefined, 9), 0);
    assert.equal(stepFor('ArrowDown', 3, 9), 4);
    assert.equal(stepFor('PageUp', 3, 9), 0);
    assert.equal(stepFor('PageDown', 3, 9), 9);
    assert.equal(stepFor('End', 3, 9), 9);
    assert.equal(stepFor('Home', 3, 9), 0);
    assert.equal(stepFor('a', 3, 9), undefined);
  });
});
