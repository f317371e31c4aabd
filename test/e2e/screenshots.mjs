// Takes the pictures of the documentation from the real thing: `npm run screenshots`. The package must be built.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './lib/browser.mjs';
import { startCodeServer } from './lib/code-server.mjs';
import { root } from './lib/paths.mjs';
import { gifOf, smallPng } from './lib/pictures.mjs';
import { installTools } from './lib/setup.mjs';
import { workbenchPage } from './lib/workbench-page.mjs';

const images = join(root, 'docs/images');
const vsix = join(root, 'runbook-lint.vsix');
const size = { width: 1200, height: 800 };
/** Without the title, which names a folder that nobody knows. */
const untitled = { x: 0, y: 30, width: size.width, height: size.height - 30 };
const settings = {
  'workbench.colorTheme': 'Light Modern',
  'workbench.activityBar.location': 'default',
  'window.commandCenter': false,
  'editor.wordWrap': 'off',
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.selectionHighlight': false,
  'breadcrumbs.enabled': false,
};

async function takeAll() {
  if (!existsSync(vsix)) throw new Error('runbook-lint.vsix is not there; npm run package makes it.');
  installTools();
  mkdirSync(images, { recursive: true });
  const empty = mkdtempSync(join(tmpdir(), 'runbook-lint-empty-'));
  const server = await startCodeServer({ vsix, settings });
  const { page, close } = await openBrowser();
  await page.setViewportSize(size);
  const workbench = workbenchPage(page);
  const view = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  const picture = async (name, clip) =>
    writeFileSync(join(images, `${name}.png`), smallPng(await page.screenshot({ clip })));
  const errors = page.locator('.squiggly-error');
  /** Text inside a page of the workbench, whichever of its frames that is in. */
  const frameWith = (text) =>
    page.frameLocator('iframe.webview').frameLocator('iframe#active-frame').getByText(text).first();
  const settle = () => page.waitForTimeout(400);
  try {
    await page.goto(server.url(empty));
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    // What is installed, as one finds it after *Install from VSIX*.
    await workbench.run('Extensions: Show Installed Extensions');
    await page.locator('.extension-list-item', { hasText: 'Runbook Lint' }).first().waitFor();
    await page.locator('.extension-list-item', { hasText: 'Runbook Lint' }).first().click();
    await page.locator('.extension-editor', { hasText: 'Runbook Lint' }).first().waitFor();
    await frameWith('reads the runbooks').waitFor();
    await settle();
    await picture('installed', untitled);
    await workbench.run('View: Close All Editors');
    await workbench.run('View: Toggle Primary Side Bar Visibility');
    await workbench.run('Runbook Lint: Open Walkthrough');
    await page.locator('.getting-started-step').nth(3).waitFor();
    await frameWith('s3-us-east-1').waitFor();
    await settle();
    await picture('walkthrough', untitled);
    await workbench.run('View: Close All Editors');
    await workbench.run('Runbook Lint: Open Sample');
    await errors.first().waitFor();
    await page.locator('.view-lines', { hasText: '80–92/110' }).first().waitFor();
    await settle();
    await picture('sample', untitled);
    await workbench.run('View: Close Editors in Other Groups');
    await workbench.run('Runbook Lint: Show Capacity Timeline');
    await view.locator('.row.falls .chart svg').nth(1).waitFor();
    await workbench.focusEditor();
    await workbench.goTo(18, 51);
    await workbench.run('Show or Focus Hover');
    const hover = page.locator('.monaco-hover', { hasText: 'index below its minimum' }).first();
    await hover.waitFor();
    await settle();
    await picture('warning', untitled);
    // The step and what is said of it first; small, since it is packed too.
    const box = await hover.boundingBox();
    if (box !== null) await picture('slip', { x: 56, y: box.y - 66, width: box.x + box.width - 50, height: 66 + 102 });
    await page.keyboard.press('Escape');
    await workbench.goTo(18, 51);
    await workbench.openFixes('the largest safe count');
    await settle();
    await picture('fixes', untitled);
    const frames = [];
    const frame = async (delay) => {
      await settle();
      frames.push({ png: await page.screenshot({ clip: untitled }), delay });
    };
    await page.keyboard.press('Escape');
    await workbench.openFixes('Did you mean 4?');
    await workbench.applyFix('Did you mean 4?');
    await view.locator('.summary', { hasText: 'Every subsystem keeps its minimum.' }).waitFor();
    await settle();
    await picture('mended', untitled);
    // The animation: the right count, the slip as it is typed, the menu, the count that was meant.
    await workbench.goTo(18, 52);
    await frame(1600);
    await page.keyboard.type('0');
    await errors.first().waitFor();
    await view.locator('.row.falls').first().waitFor();
    await frame(2600);
    await workbench.goTo(18, 51);
    await workbench.openFixes('Did you mean 4?');
    await frame(2200);
    await workbench.applyFix('Did you mean 4?');
    await view.locator('.summary', { hasText: 'Every subsystem keeps its minimum.' }).waitFor();
    await frame(2600);
    writeFileSync(join(images, 'slip.gif'), gifOf(frames));
  } finally {
    await close();
    await server.stop();
    rmSync(empty, { recursive: true, force: true });
  }
}

await takeAll();
