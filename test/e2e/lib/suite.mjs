import { join } from 'node:path';
import { screenshots } from './paths.mjs';

/**
 * Runs tests one after the other, each in the state that the one before has left; after a failure the rest is not tried.
 * @param {Record<string, () => Promise<void> | void>} tests by title
 * @param {(file: string) => Promise<unknown>} [picture] takes a picture of a failure
 * @returns {Promise<import('./in-host.mjs').Result[]>}
 */
export async function runInOrder(name, tests, picture = async () => {}) {
  const results = [];
  for (const [title, test] of Object.entries(tests)) {
    const started = Date.now();
    try {
      await test();
      results.push({ title, ms: Date.now() - started });
    } catch (error) {
      results.push({ title, error: String(error.stack ?? error) });
      await picture(join(screenshots, `${name}-failed.png`)).catch(() => {});
      break;
    }
  }
  const left = Object.keys(tests).slice(results.length);
  return [...results, ...left.map((title) => ({ title, error: 'Not tried, after the failure before it.' }))];
}
