// How fast the timeline follows the cursor, measured in the page: 1 000 steps, 50 subsystems.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { root, screenshots } from './paths.mjs';
import { runInOrder } from './suite.mjs';

const steps = 1000;
const subsystems = 50;
/** Milliseconds of a frame at 60 a second. */
const frame = 1000 / 60;

/** In the page: a runbook that takes servers out and puts them back, again and again; some subsystems fall below their minimum. */
function large({ steps, subsystems }) {
  const full = 100;
  const best = (units) => Math.min(full, units + 3);
  const figures = (which) => {
    let worst = full;
    return Array.from({ length: steps }, (_, step) => {
      const before = worst;
      worst = step % 7 === 3 ? full - ((which * 13 + step) % 40) : step % 7 === 6 ? full : worst;
      const lowest = Math.min(before, worst);
      return [before, best(before), lowest, best(lowest), worst, best(worst)];
    }).flat();
  };
  globalThis.timeline = {
    uri: 'file:///large.runbook.yaml',
    version: 1,
    title: 'Large',
    steps: Array.from({ length: steps }, (_, i) => ({
      path: `${i}`,
      range: { start: { line: i * 4, character: 0 }, end: { line: i * 4 + 2, character: 0 } },
      name: `Step ${i + 1} of many`,
      verdict: i % 50 === 3 ? 'unsafe' : i % 90 === 5 ? 'unknown' : 'safe',
    })),
    fleets: [
      {
        name: 'large',
        uri: 'file:///large.fleet.yaml',
        subsystems: Array.from({ length: subsystems }, (_, i) => ({
          name: `subsystem-${i + 1}`,
          full,
          minimum: 65,
          at: Array.from({ length: steps }, (_, step) => step),
          figures: figures(i),
        })),
      },
    ],
  };
}

/** @returns {Promise<import('./in-host.mjs').Result[]>} */
export async function runTimelineSpeed(name) {
  const { page, close } = await openBrowser();
  const read = (file) => readFileSync(join(root, 'dist/webview', file), 'utf8');
  const tests = {
    [`${steps} steps of ${subsystems} subsystems are drawn`]: async () => {
      await page.setContent('<!DOCTYPE html><html lang="en"><head><title>Timeline</title></head><body></body></html>');
      await page.addStyleTag({
        content: `${read('timeline.css')}\n:root { --capacity: #36c; --range: #36c4; --minimum: #333; --breach: #b22; --cursor: #333; }`,
      });
      await page.evaluate(() => {
        globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });
      });
      await page.addScriptTag({ content: read('timeline.js') });
      await page.evaluate(large, { steps, subsystems });
      const took = await page.evaluate(async () => {
        const { timeline } = globalThis;
        const from = performance.now();
        dispatchEvent(
          new MessageEvent('message', { data: { type: 'timeline', timeline, fleet: 0, step: 0, lacks: 'runbook' } }),
        );
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        return performance.now() - from;
      });
      console.log(`timeline: ${steps} steps of ${subsystems} subsystems drawn in ${took.toFixed(0)} ms`);
      assert.ok(took < 500, `${took} ms`);
      await page.screenshot({ path: join(screenshots, `${name}-1.png`) });
    },
    'Every move of the cursor is shown within one frame': async () => {
      // Each move is made in every round, and its quickest counts: what another process takes away in one is not the page's doing.
      const times = await page.evaluate(
        async ({ count, moves, rounds }) => {
          const quickest = Array(moves).fill(Number.POSITIVE_INFINITY);
          for (let round = 0; round < rounds; round++) {
            for (let i = 0; i < moves; i++) {
              await new Promise((next) => requestAnimationFrame(next));
              const from = performance.now();
              dispatchEvent(new MessageEvent('message', { data: { type: 'cursor', step: (i * 37) % count } }));
              // Asking for a place makes the browser lay the page out, which is the rest of a frame's work but for the painting.
              document.querySelector('.cursor').getBoundingClientRect();
              quickest[i] = Math.min(quickest[i], performance.now() - from);
            }
          }
          return quickest.toSorted((a, b) => a - b);
        },
        { count: steps, moves: 60, rounds: 3 },
      );
      const [median, worst] = [times[Math.floor(times.length / 2)], times.at(-1)];
      console.log(
        `timeline: a move takes ${median.toFixed(1)} ms, the slowest ${worst.toFixed(1)} ms of the ${frame.toFixed(1)} ms of a frame`,
      );
      assert.ok(worst < frame, `${worst} ms`);
    },
  };
  try {
    return await runInOrder(name, tests, (file) => page.screenshot({ path: file }));
  } finally {
    await close();
  }
}
