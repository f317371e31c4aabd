import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readCorpus, readLine } from './corpus.ts';

const here = new URL('./', import.meta.url);
const files = readdirSync(here).filter((name) => name.endsWith('.yaml') && !name.endsWith('.fleet.yaml'));

const list = (value: string | readonly string[] | undefined) =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

for (const name of files.sort()) {
  describe(`commands as operators type them: ${name.replace('.yaml', '')}`, () => {
    const { fleet, lines } = readCorpus(new URL(name, here));

    it('are read against a fleet without mistakes', () => {
      assert.deepEqual(
        fleet.findings.map(({ message }) => message),
        [],
      );
    });

    it('are undone by commands that are understood too', () => {
      for (const { run, first } of lines) {
        const { undo } = readLine(run, fleet, first);
        if (undo === undefined) continue;
        const { reads } = readLine(undo, fleet, run);
        assert.ok(reads.length > 0 && !reads.some((one) => one.endsWith(' unread')), `${undo}: ${reads.join('; ')}`);
      }
    });

    for (const { run, reads, first, undo, finds, slip } of lines) {
      it(run.trim(), () => {
        const found = readLine(run, fleet, first);
        assert.deepEqual(found.reads, list(reads));
        assert.deepEqual(found.finds, list(finds));
        if (undo !== undefined) assert.equal(found.undo, undo);
        if (slip !== undefined) assert.deepEqual(readLine(slip.run, fleet, first).finds, list(slip.finds));
      });
    }
  });
}
