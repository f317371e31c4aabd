import assert from 'node:assert/strict';
import { outcomesBy } from '../../support/by-few-ways.ts';

describe('a step that breaks one of two minimums whatever goes', () => {
  it('is certain to, though either can be kept, in many ways to go before it', () => {
    const fleet = `fleet: demo
subsystems:
  web: { minimum: 1%, minimumPerZone: 99.999% }
  api: { minimum: 30% }
groups:
  a: { count: 2, serves: { web: 5, api: 1 }, zone: b }
  b: { count: 2, serves: { web: 1, api: 1 } }
  c: { count: 3, serves: { web: 1, api: 5 } }
  d: { count: 3, serves: { web: 5, api: 1 }, warmup: 5m }
  e: { count: 1, serves: { web: 5, api: 1 }, zone: b }
`;
    const runbook = `runbook: Too many at once
steps:
  - remove: { subsystem: api, count: 4 }
  - restore: { zone: b, count: 2 }
  - remove: { subsystem: api, count: 3 }
  - restore: { subsystem: web, count: 1 }
  - parallel:
      - remove: { subsystem: web, count: 10%, batch: 3 }
      - remove: { subsystem: api, count: 4, batch: 4 }
`;
    const [, last] = outcomesBy({}, runbook, fleet).at(-1)?.steps ?? [];
    assert.equal(last?.actions[0]?.certain, true);
  });
});
