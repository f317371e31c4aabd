import assert from 'node:assert/strict';
import { hoverAt } from '../../../server/src/features/hover.ts';
import type { FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { marked } from '../../support/markers.ts';

const fleet = fleetIn({
  'x.fleet.yaml':
    'fleet: demo\nsubsystems:\n  web: { minimum: 6, recovery: 3h, removal: { limit: 1, window: 10m } }\ngroups:\n  web: { count: 10, serves: [web] }\n',
}) as FleetAnalysis;

function hover(source: string): string | undefined {
  const { text, cursor = 0 } = marked(source);
  return hoverAt(checkText(text, fleet).analysis, cursor)?.markdown;
}

const head = 'runbook: Rotate\nenvironment: production\nsteps:\n';

describe('hover on a value', () => {
  it('tells of the key where the value says nothing by itself', () => {
    assert.match(hover(`${head}  - wait: 1‸5m\n`) ?? '', /^\*\*wait\*\*/);
    assert.match(hover('runbook: x\nenvironment: prod‸uction\nsteps: []\n') ?? '', /^\*\*environment\*\*/);
    assert.equal(hover('runbook: Rot‸ate\nsteps: []\n'), undefined);
    assert.equal(hover(`${head}  - manual: Lo‸ok at it\n`), undefined);
  });

  it('tells of the step that an id belongs to', () => {
    const text = hover(`${head}  - id: out\n    remove: { group: web, count: 2 }\n  - restore: o‸ut\n`);
    assert.match(
      text ?? '',
      /^\*\*Step 1\*\*: remove \{ group: web, count: 2 \}\n\n.*\| web \| 10 \| 8 \| 8 \| 6 \| 2 \|$/s,
    );
  });

  it('tells of lengths of time as people say them', () => {
    const text = hover(`${head}  - remove: { subsystem: w‸eb, count: 1 }\n`) ?? '';
    assert.match(text, /At most 1 unit may go within 10 minutes\.\n\nA full restart takes 3 hours\.$/);
    const days = fleetIn({
      'x.fleet.yaml': 'fleet: x\nsubsystems:\n  web: { capacity: 4, minimum: 1, recovery: 5d }\n',
    });
    const { analysis } = checkText(`${head}  - remove: { subsystem: web, count: 1 }\n`, days as FleetAnalysis);
    assert.match(hoverAt(analysis, analysis.text.indexOf('web'))?.markdown ?? '', /takes 5 days\.$/);
  });

  it('tells of a name all that is declared of it', () => {
    const own = fleetIn({
      'x.fleet.yaml':
        'fleet: demo\nsubsystems:\n  web: { minimum: 6, minimumPerZone: 25%, survives: { hosts: 2 } }\ngroups:\n  a: { count: 10, serves: [web], zone: a, warmup: 90s, labels: { role: web, tier: front } }\n  b: { count: 8, serves: [web], zone: b }\nremoval: { zonesAtOnce: 1 }\n',
    }) as FleetAnalysis;
    const said = (source: string) => {
      const { text, cursor = 0 } = marked(`${head}  - remove: ${source}\n`);
      return hoverAt(checkText(text, own).analysis, cursor)?.markdown ?? '';
    };
    assert.match(
      said('{ subsystem: we‸b, count: 1 }'),
      /Must keep 3 in zone a and 2 in zone b\.\n\nMust survive the loss of 2 hosts\.\n\nMay be out in 1 zone at once\.$/,
    );
    assert.match(
      said('{ group: ‸a, count: 1 }'),
      /In zone a\.\n\nCounts 90 seconds after its return\.\n\nLabelled role=web, tier=front\.$/,
    );
  });
});
