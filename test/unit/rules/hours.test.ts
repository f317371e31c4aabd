import assert from 'node:assert/strict';
import { fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  web:
    capacity: 12
    minimum:
      - { value: 6 }
      - { value: 10, during: "Mon-Fri 06:00-18:00", timezone: America/Los_Angeles }
`;

/** A removal of four of twelve, and when it may run. */
function within(window: string, mark: readonly [string, string] = ['', '']): Record<string, string> {
  const text = `runbook: x\n${window}steps:\n  - remove: { subsystem: web, count: ${mark[0]}4${mark[1]} }\n`;
  return { 'x.runbook.yaml': text, 'x.fleet.yaml': fleet };
}

describe('a minimum that depends on the hour', () => {
  it('is the strictest of all where the runbook may run at any time', async () => {
    const [finding] = await reports('below-minimum', within('', ['⟦', '⟧']));
    assert.match(finding?.message ?? '', /minimum of 10/);
  });
  it('is the strictest that the window may touch', async () => {
    await reports('below-minimum', within('window: { during: "Sat 02:00-06:00" }\n'));
    await reports('below-minimum', within('window: { during: "Mon-Fri 13:00-14:00" }\n', ['⟦', '⟧']));
    // Noon in Berlin is three or four in the morning in Los Angeles.
    await reports('below-minimum', within('window: { during: "Mon 12:00-13:00", timezone: Europe/Berlin }\n'));
    await reports(
      'below-minimum',
      within('window: { during: "Mon 14:00-15:00", timezone: Europe/Berlin }\n', ['⟦', '⟧']),
    );
  });
  it('says nothing of hours that cannot be read, but that they cannot', async () => {
    const files = within('window: { during: "Sat 02:00-06:00", timezone: ⟦Europe/Berln⟧ }\n');
    await reports('schema', files);
    const text = files['x.runbook.yaml']?.replace(/[⟦⟧]/g, '') ?? '';
    assert.match(await fixed('schema', { ...files, 'x.runbook.yaml': text }), /timezone: Europe\/Berlin/);
    await reports('schema', within('window: { during: ⟦Sat 02:00-02:00⟧ }\n'));
    await reports('schema', within('window: { during: ⟦Sat 2-6⟧ }\n'));
    await reports('schema', {
      'x.fleet.yaml':
        'fleet: x\nsubsystems:\n  web:\n    capacity: 4\n    minimum:\n      - { value: 1, during: ⟦Mon-Fru⟧ }\n      - { value: 2, during: Sat, timezone: ⟦Nowhere⟧ }\n',
    });
  });
  it('is nothing where no entry applies', async () => {
    const only = fleet.replace('      - { value: 6 }\n', '');
    await reports('below-minimum', { ...within('window: { during: Sun }\n'), 'x.fleet.yaml': only });
  });
});
