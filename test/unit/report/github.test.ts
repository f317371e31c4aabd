import assert from 'node:assert/strict';
import { githubReport } from '../../../server/src/report/github.ts';
import { checked } from './files.ts';

describe('githubReport', () => {
  it('annotates the words, a line each', () => {
    const files = [
      checked('a', 'x: ⟦1⟧\ny: ⟦2⟧', [{ severity: 'hint' }, { severity: 'warning' }]),
      checked('b', '', []),
    ];
    assert.equal(
      githubReport(files),
      '::notice file=a,line=1,endLine=1,col=4,endColumn=5,title=below-minimum::This goes too far.\n' +
        '::warning file=a,line=2,endLine=2,col=4,endColumn=5,title=below-minimum::This goes too far.\n',
    );
  });

  it('gives lines alone where a finding stands on several', () => {
    const report = githubReport([checked('a', '⟦x\ny⟧', [{}])]);
    assert.match(report, /^::error file=a,line=1,endLine=2,title=below-minimum::/);
  });

  it('lets nothing in a name or a message become a command', () => {
    const report = githubReport([checked('a,b:c', '⟦x⟧', [{ message: '100%\r\n::error::no' }])]);
    assert.equal(report.split('\n').length, 2);
    assert.match(report, /file=a%2Cb%3Ac,.*::100%25%0D%0A::error::no\n$/);
  });
});
