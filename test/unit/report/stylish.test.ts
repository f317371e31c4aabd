import assert from 'node:assert/strict';
import { stylishReport } from '../../../server/src/report/stylish.ts';
import { checked, context, plain } from './files.ts';

describe('stylishReport', () => {
  it('shows each finding on a line of its own, under its file, and what it has to do with', () => {
    const fleet = checked('a.fleet.yaml', 'fleet: a\nminimum: ⟦8⟧\n', []);
    const file = checked('a.runbook.yaml', 'steps:\n  - remove: ⟦40⟧\n  - ⟦wait⟧: 5m\n', [
      {
        related: [{ uri: 'file:///here/a.fleet.yaml', span: { start: 18, end: 19 }, message: 'The minimum is here.' }],
      },
      { severity: 'warning', rule: 'no-effect', message: 'Nothing to wait for.' },
    ]);
    assert.equal(
      stylishReport([fleet, file], context, plain),
      [
        'a.runbook.yaml',
        '  2:13  error    This goes too far.  below-minimum',
        '        a.fleet.yaml:2:10  The minimum is here.',
        '   3:5  warning  Nothing to wait for.  no-effect',
        '',
        '1 error, 1 warning in 2 files',
        '',
      ].join('\n'),
    );
  });

  it('ends with the figures when nothing is wrong', () => {
    assert.equal(stylishReport([checked('a', '', [])], context, plain), '0 errors, 0 warnings in 1 file\n');
  });

  it('counts hints and information as notes', () => {
    const file = checked('a', '⟦x⟧⟦y⟧', [{ severity: 'hint' }, { severity: 'information' }]);
    assert.match(stylishReport([file], context, plain), /^0 errors, 0 warnings, 2 notes in 1 file$/m);
  });

  it('shows terminal codes out of a file, and does not obey them', () => {
    const report = stylishReport([checked('a', '⟦x⟧', [{ message: 'No `\u001b[31m`\nhere.' }])], context, plain);
    assert.match(report, /No `\\x1b\[31m`\\x0ahere\./);
  });

  it('says a related place that is in no file it knows without line and column', () => {
    const related = [{ uri: 'file:///here/b', span: { start: 0, end: 1 }, message: 'There.' }];
    assert.match(stylishReport([checked('a', '⟦x⟧', [{ related }])], context, plain), /^ +b {2}There\.$/m);
  });

  it('paints what is grave', () => {
    const painted = { ...plain, red: (text: string) => `<${text}>` };
    const report = stylishReport([checked('a', '⟦x⟧', [{}])], context, painted);
    assert.match(report, /<error>/);
    assert.match(report, /<1 error, 0 warnings in 1 file>/);
  });
});
