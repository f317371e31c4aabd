// Runs the suites of test/e2e/in-host inside an extension host, and gathers what became of each test.
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { screenshots } from './paths.mjs';
import { within } from './until.mjs';

const limit = 120_000;

/**
 * @typedef {{ title: string, ms?: number, error?: string }} Result
 * @param {string} name the host's, for messages and the picture of a failure
 * @param {string} url a workbench that was told where the tests are
 * @returns {Promise<Result[]>}
 */
export async function runInHost(name, url) {
  const { page, outside, close } = await openBrowser();
  /** @type {Result[]} */
  const results = [];
  try {
    await page.exposeFunction('codeAutomationLog', (_type, words) => {
      const line = words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' ');
      if (line.startsWith('@@e2e ')) results.push(JSON.parse(line.slice(6)));
      else if (line.startsWith('@@note ')) console.log(`${name}: ${line.slice(7)}`);
      else if (process.env.E2E_VERBOSE) console.log(`[${name}] ${line}`);
    });
    const ended = new Promise((done) => page.exposeFunction('codeAutomationExit', done));
    await page.goto(url);
    const code = await within(`the tests on the ${name} host end`, ended, limit);
    const failed = results.some(({ error }) => error !== undefined);
    if (results.length === 0)
      results.push({ title: 'The suites run', error: `No test ran; the host ended with ${code}.` });
    else if (code !== 0 && !failed) results.push({ title: 'The host ends well', error: `It ended with ${code}.` });
  } catch (error) {
    results.push({ title: 'The suites run to their end', error: String(error.stack ?? error) });
  }
  if (results.some(({ error }) => error !== undefined)) {
    await page.screenshot({ path: join(screenshots, `${name}-failed.png`) }).catch(() => {});
  }
  await close();
  if (outside.size > 0) results.push({ title: 'Nothing outside is asked', error: [...outside].join('\n') });
  return results;
}
