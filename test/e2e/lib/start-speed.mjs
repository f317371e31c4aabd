// How long it takes from the extension's activation to the first findings, in a workbench that opens on the example's runbook.
import assert from 'node:assert/strict';
import { openBrowser } from './browser.mjs';
import { runInOrder } from './suite.mjs';
import { workbenchPage } from './workbench-page.mjs';

/** Starts of the workbench; the middle one counts. */
const starts = 5;
/** Milliseconds, as they are promised for a machine with nothing else to do; the browser and the editor work beside it here. */
const promised = 500;

/**
 * @param {string} url a workbench that has the runbook open from the first
 * @returns {Promise<import('./in-host.mjs').Result[]>}
 */
export async function runStartSpeed(name, url) {
  const { page, close } = await openBrowser();
  const workbench = workbenchPage(page);
  const tests = {
    [`The first findings are there ${promised} ms after the activation`]: async () => {
      const found = [];
      for (let i = 0; i < starts; i++) {
        await workbench.open(url);
        await page.locator('.squiggly-error').first().waitFor();
        await workbench.run('Collect Troubleshooting Information');
        const line = page.locator('.view-line', { hasText: 'first findings after' }).first();
        await line.waitFor();
        // The editor draws spaces as such that do not break.
        const text = ((await page.locator('.view-lines').first().textContent()) ?? '')
          .replaceAll('\u00a0', ' ')
          .replaceAll('\n', ' ');
        const split = /Start: (.*first findings after (\d+) ms)/.exec(text);
        assert.ok(split, text);
        console.log(`${name}: ${split[1]}`);
        found.push(Number(split[2]));
      }
      const median = found.toSorted((a, b) => a - b)[Math.floor(starts / 2)];
      console.log(`${name}: first findings after ${median} ms, the middle of ${starts} starts`);
      assert.ok(median <= promised, `${median} ms`);
    },
  };
  try {
    return await runInOrder(name, tests);
  } finally {
    await close();
  }
}
