import assert from 'node:assert/strict';
import type { RulePage, Status, Timeline, Why } from '../../../server/src/protocol/messages.ts';
import { at, memoryFiles } from '../../support/memory-files.ts';
import { connect, rangeOfWords, type TestClient } from '../../support/protocol-client.ts';

const fleet = `fleet: demo
subsystems:
  billing: { minimum: 8 }
groups:
  core: { count: 12, serves: [billing] }
`;
const runbook = `runbook: Debug
steps:
  - name: Take out
    remove: { subsystem: billing, count: 5 }
`;
const book = at('ops/x.runbook.yaml');
const demo = at('ops/a.fleet.yaml');

describe("the server's own requests", () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await connect({
      files: memoryFiles({ 'ops/a.fleet.yaml': fleet, 'ops/.runbook-lint.yaml': 'rules: {}\n', 'ops/notes.txt': 'x' }),
    });
    await client.open(book, runbook);
  });
  afterEach(() => client.dispose());

  it('timeline gives plain data with ranges', async () => {
    const timeline = await client.request<Timeline>('runbookLint/timeline', { uri: book });
    assert.equal(timeline.uri, book);
    assert.equal(timeline.version, 1);
    assert.equal(timeline.title, 'Debug');
    const [step] = timeline.steps;
    assert.deepEqual(
      step?.range,
      rangeOfWords(runbook, 'name: Take out\n    remove: { subsystem: billing, count: 5 }'),
    );
    assert.equal(step?.verdict, 'unsafe');
    assert.deepEqual(timeline.fleets, [
      {
        name: 'demo',
        uri: demo,
        subsystems: [
          {
            name: 'billing',
            minimum: 8,
            full: 12,
            at: [0],
            figures: [12, 12, 7, 7, 7, 7],
            tightest: { step: 0, margin: -1 },
          },
        ],
      },
    ]);
  });

  it('timeline of what is no runbook is null', async () => {
    await client.open(demo, fleet);
    assert.equal(await client.request('runbookLint/timeline', { uri: demo }), null);
    assert.equal(await client.request('runbookLint/timeline', { uri: at('ops/none.runbook.yaml') }), null);
  });

  it('status names the fleet, the tightest point and the counts', async () => {
    const status = await client.request<Status>('runbookLint/status', { uri: book });
    assert.deepEqual(status.fleets, [{ name: 'demo', uri: demo }]);
    assert.equal(status.tightest?.margin, -1);
    assert.equal(status.tightest?.step.name, 'Take out');
    assert.deepEqual(status.verdicts, { safe: 0, unsafe: 1, unknown: 0 });
    assert.equal(status.problems.error, 1);
  });

  it('why says what a file is taken for, and against what it is checked', async () => {
    const why = await client.request<Why>('runbookLint/why', { uri: book });
    assert.equal(why.kind, 'runbook');
    assert.equal(why.by, 'name');
    assert.equal(why.config, at('ops/.runbook-lint.yaml'));
    assert.deepEqual(
      why.fleets.map(({ uri, name }) => ({ uri, name })),
      [{ uri: demo, name: 'demo' }],
    );
    assert.match(why.sentences.join(' '), /only one in the nearest folder/);
    const other = await client.request<Why>('runbookLint/why', { uri: at('ops/notes.txt') });
    assert.equal(other.checked, false);
    assert.match(other.sentences.join(' '), /none of the files that are/);
    const missing = await client.request<Why>('runbookLint/why', { uri: at('ops/none.yaml') });
    assert.match(missing.sentences.join(' '), /there is no such file/);
  });

  it('rulePage gives Markdown, examples and what is said of them included', async () => {
    const page = await client.request<RulePage>('runbookLint/rulePage', { rule: 'below-minimum' });
    assert.match(page.markdown, /^# below-minimum/);
    assert.match(page.markdown, /Says:/);
    assert.equal(await client.request('runbookLint/rulePage', { rule: 'none' }), null);
  });
});
