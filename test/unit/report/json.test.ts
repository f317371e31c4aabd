import assert from 'node:assert/strict';
import { jsonReport } from '../../../server/src/report/json.ts';
import { checked, context } from './files.ts';

describe('jsonReport', () => {
  it('lists every file, the clean ones too', () => {
    const report = JSON.parse(jsonReport([checked('a', '', []), checked('b', '', [])], context));
    assert.deepEqual(report, {
      version: 1,
      files: [
        { path: 'a', problems: [] },
        { path: 'b', problems: [] },
      ],
    });
  });

  it('counts lines and columns from 1, the end exclusive, and leaves out what does not apply', () => {
    const report = JSON.parse(jsonReport([checked('a', 'x:\n  y: ⟦40⟧\n', [{}])], context));
    assert.deepEqual(report.files[0].problems, [
      {
        rule: 'below-minimum',
        severity: 'error',
        message: 'This goes too far.',
        range: { start: { line: 2, column: 6 }, end: { line: 2, column: 8 } },
        related: [],
        fixes: [],
      },
    ]);
  });

  it('gives the step, the subsystems and the related places, in the file itself where no other is named', () => {
    const finding = {
      step: '4.1',
      subsystems: ['index'],
      related: [{ uri: '', span: { start: 0, end: 1 }, message: 'Here.' }],
    };
    const report = JSON.parse(jsonReport([checked('a', 'x: ⟦1⟧', [finding])], context));
    const [problem] = report.files[0].problems;
    assert.equal(problem.step, '4.1');
    assert.deepEqual(problem.subsystems, ['index']);
    assert.deepEqual(problem.related, [
      { path: 'a', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }, message: 'Here.' },
    ]);
  });
});
