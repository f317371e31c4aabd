// The capacity timeline in a workbench: drawn, in step with the cursor both ways, in four themes, and without a fault for axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { screenshots } from './paths.mjs';
import { runInOrder } from './suite.mjs';
import { until } from './until.mjs';
import { workbenchPage } from './workbench-page.mjs';

const runbook = 'debug-slow-billing.runbook.yaml';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
};

/** Walks through the timeline of the example in a workbench that shows it. */
export async function runTimelineUi(name, url) {
  const { page, outside, close } = await openBrowser();
  const workbench = workbenchPage(page);
  const picture = (what) => page.screenshot({ path: join(screenshots, `${name}-${what}.png`) });
  const view = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  const where = view.locator('.where');
  const cursorLine = () => page.locator('.line-numbers.active-line-number').first().textContent();
  const tests = {
    'Without a runbook it offers the sample': async () => {
      await workbench.open(url);
      await workbench.run('Show Capacity Timeline');
      await view.getByRole('button', { name: 'Open Sample' }).waitFor();
      await picture('0-empty');
      assert.deepEqual(await faultsIn(page), []);
    },
    'It shows every subsystem, and which fall': async () => {
      await workbench.openFile(runbook);
      await workbench.run('Show Capacity Timeline');
      await view.locator('.row').nth(2).waitFor();
      await view.locator('.row .chart svg').nth(2).waitFor();
      assert.match(await view.locator('.summary').textContent(), /2 of 3 subsystems fall below their minimum/);
      assert.equal(await view.locator('.row.falls').count(), 2);
      assert.equal(await view.locator('.row.falls .mark').count(), 2);
      await picture('1-timeline');
    },
    'It marks the step that the cursor is in': async () => {
      await workbench.openFile(runbook);
      await workbench.goTo(18, 5);
      await where.filter({ hasText: 'Step 4 of 7: Take four billing servers out: unsafe' }).waitFor();
      await picture('2-cursor');
    },
    'Arrow keys, Home and End move the cursor of the editor, and Enter goes there': async () => {
      const slider = view.getByRole('slider');
      await slider.focus();
      await page.keyboard.press('ArrowRight');
      await until('the cursor is in the step that waits', async () => (await cursorLine()) === '20');
      await page.keyboard.press('Home');
      await until('the cursor is in the first step', async () => (await cursorLine()) === '7');
      await page.keyboard.press('End');
      await until('the cursor is in the last step', async () => (await cursorLine()) === '24');
      await page.keyboard.press('Enter');
      await until('the editor has the focus', () =>
        page.evaluate(() => document.activeElement?.closest('.editor-instance') !== null),
      );
    },
    'A click on a chart goes to the step': async () => {
      const box = await view.locator('.row .chart').first().boundingBox();
      assert.ok(box);
      await page.mouse.click(box.x + (box.width * 3.5) / 7, box.y + box.height / 2);
      await until('the cursor is in the step that removes', async () => (await cursorLine()) === '16');
    },
    'The mouse over a chart tells the figures': async () => {
      const box = await view.locator('.row .chart').first().boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + (box.width * 3.6) / 7, box.y + box.height / 2);
      await view.locator('.tip', { hasText: 'before 120' }).waitFor();
      await picture('3-tip');
      await page.mouse.move(10, 10);
    },
    'The table says the same': async () => {
      await view.getByRole('button', { name: 'Table' }).click();
      await view
        .getByRole('cell', { name: /▼ 80–92, minimum 110, 30 below/ })
        .first()
        .waitFor();
      await picture('4-table');
    },
    'It is copied as Markdown': async () => {
      await view.getByRole('button', { name: 'Copy' }).click();
      await until('the clipboard has the table', async () =>
        (await page.evaluate(() => navigator.clipboard.readText())).startsWith('| # | Step | Verdict | index |'),
      );
      await view.getByRole('button', { name: 'Table' }).click();
    },
    ...Object.fromEntries(
      Object.entries(themes).map(([id, label]) => [
        `axe finds nothing wrong in the theme ${label}`,
        async () => {
          await workbench.choose('Preferences: Color Theme', label);
          await view.locator('.row .chart svg').first().waitFor();
          await picture(`5-${id}`);
          const faults = await faultsIn(page);
          await view.getByRole('button', { name: 'Table' }).click();
          faults.push(...(await faultsIn(page)));
          await picture(`6-${id}-table`);
          await view.getByRole('button', { name: 'Table' }).click();
          assert.deepEqual(faults, []);
        },
      ]),
    ),
    'It keeps to the colours that the system forces, and axe finds nothing wrong': async () => {
      await page.emulateMedia({ forcedColors: 'active' });
      try {
        const frame = await frameOfView(page);
        await picture('7-forced-colours');
        assert.deepEqual(await frame.evaluate(foreignColours), []);
        assert.deepEqual(await faultsIn(page), []);
      } finally {
        await page.emulateMedia({ forcedColors: 'none' });
      }
    },
    'It is redrawn when the slip is mended': async () => {
      await workbench.choose('Preferences: Color Theme', themes.dark);
      await workbench.openFile(runbook);
      await workbench.goTo(18, 51);
      await workbench.openFixes('Did you mean 4?');
      await workbench.applyFix('Did you mean 4?');
      await view.locator('.summary', { hasText: 'Every subsystem keeps its minimum.' }).waitFor();
      await picture('8-mended');
    },
    'Nothing outside this machine is asked': () => assert.deepEqual([...outside], []),
  };
  try {
    return await runInOrder(name, tests, (file) => page.screenshot({ path: file }));
  } finally {
    await close();
  }
}

/** What axe has to say against the page inside the view. */
async function faultsIn(page) {
  const frame = page.frames().find((candidate) => /fake\.html|active-frame/.test(candidate.url()));
  const found = frame ?? (await frameOfView(page));
  await found.evaluate(axe);
  const { violations } = await found.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const first = (nodes) => `${nodes.length} times, first ${nodes[0]?.html}: ${nodes[0]?.failureSummary}`;
  return violations.map(({ id, nodes }) => `${id} ${first(nodes)}`);
}

/** In the page: the parts of the drawings whose colour is none of the system's. */
function foreignColours() {
  const sample = document.createElement('i');
  document.body.append(sample);
  const colourOf = (name) => {
    sample.style.color = name;
    return getComputedStyle(sample).color;
  };
  const allowed = new Set(['CanvasText', 'Canvas', 'GrayText', 'Highlight'].map(colourOf));
  sample.remove();
  const isForeign = (paint) => paint !== 'none' && !paint.startsWith('url(') && !allowed.has(paint);
  return [...document.querySelectorAll('svg path, svg text')].flatMap((part) => {
    const { fill, stroke } = getComputedStyle(part);
    return [fill, stroke].filter(isForeign).map((paint) => `${part.getAttribute('class')}: ${paint}`);
  });
}

async function frameOfView(page) {
  for (const frame of page.frames()) {
    if (
      (await frame
        .locator('.rows')
        .count()
        .catch(() => 0)) > 0
    )
      return frame;
  }
  throw new Error('The view has no frame.');
}
