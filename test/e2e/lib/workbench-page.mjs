import { until } from './until.mjs';

/** What a person does in the workbench, for tests. Each function ends once what it does is to be seen. */
export function workbenchPage(page) {
  const rows = '.quick-input-list .monaco-list-row';
  const quickInput = page.locator('.quick-input-widget input.input').first();

  /** Opens the quick input by a key. Pressed again: a key that comes before the workbench listens is lost. */
  async function ask(key, text) {
    await until(`the quick input opens on ${key}`, async () => {
      if (await quickInput.isVisible()) return true;
      await page.keyboard.press(key);
      return appears(quickInput);
    });
    await quickInput.fill(text);
  }

  function appears(locator) {
    return locator.waitFor({ timeout: 1500 }).then(
      () => true,
      () => false,
    );
  }

  /** Moves down to a row; the one that was sought need not be the first. */
  async function moveTo(row) {
    await row.waitFor();
    await until('the row has the focus', async () => {
      if (/\bfocused\b/.test((await row.getAttribute('class')) ?? '')) return true;
      await page.keyboard.press('ArrowDown');
      return false;
    });
  }

  /** Enter on what the quick input offers; again where the input was not ready for it. */
  async function accept() {
    const widget = page.locator('.quick-input-widget');
    await until('the quick input closes', async () => {
      if (!(await widget.isVisible())) return true;
      await page.keyboard.press('Enter');
      return widget.waitFor({ state: 'hidden', timeout: 1500 }).then(
        () => true,
        () => false,
      );
    });
  }

  const fixes = page.locator('.action-widget .monaco-list-row.action');

  return {
    async open(url) {
      await page.goto(url);
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 });
    },
    async openFile(name) {
      await ask('Control+p', name);
      await moveTo(page.locator(rows, { hasText: name }).first());
      await accept();
      await page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor();
    },
    async run(command) {
      await ask('F1', `>${command}`);
      await moveTo(page.locator(rows, { hasText: command }).first());
      await accept();
    },
    /** Runs a command that asks for one of a list, and answers it. */
    async choose(command, answer) {
      await ask('F1', `>${command}`);
      await moveTo(page.locator(rows, { hasText: command }).first());
      await page.keyboard.press('Enter');
      await until(`the list of ${command} is open`, async () => !(await quickInput.inputValue()).startsWith('>'));
      await quickInput.fill(answer);
      await moveTo(page.locator(rows, { hasText: answer }).first());
      await accept();
    },
    /** Gives the keyboard to the active editor. */
    async focusEditor() {
      await this.run('View: Focus Active Editor Group');
    },
    /** Puts the cursor of the active editor; lines and columns from 1. */
    async goTo(line, column) {
      await ask('Control+g', `:${line}:${column}`);
      await accept();
    },
    /** Opens the list of completions, again while what is waited for is not in it. */
    async complete(label) {
      const entry = page.locator('.suggest-widget .monaco-list-row', { hasText: label }).first();
      await until(`the completion ${label} is offered`, async () => {
        await page.keyboard.press('Control+Space');
        if (await appears(entry)) return true;
        await page.keyboard.press('Escape');
        return false;
      });
    },
    /** Opens the menu of fixes at the cursor, again while the one that is waited for is not in it. */
    async openFixes(title) {
      await until(`the fix ${title} is offered`, async () => {
        await page.keyboard.press('Control+.');
        if (await appears(fixes.filter({ hasText: title }).first())) return true;
        await page.keyboard.press('Escape');
        return false;
      });
    },
    /** By keyboard: the workbench may swallow a click on the menu until the mouse has moved. */
    async applyFix(title) {
      const row = fixes.filter({ hasText: title }).first();
      await until(`the fix ${title} has the focus`, async () => {
        if (/\bfocused\b/.test((await row.getAttribute('class')) ?? '')) return true;
        await page.keyboard.press('ArrowDown');
        return false;
      });
      await page.keyboard.press('Enter');
      await fixes.first().waitFor({ state: 'hidden' });
    },
    /** The entries of the Problems view, as they are read out. */
    async problems() {
      const panel = page.locator('.markers-panel');
      await until('the Problems view opens', async () => {
        if (await panel.isVisible()) return true;
        await page.keyboard.press('Control+Shift+M');
        return appears(panel);
      });
      const entries = panel.locator('.monaco-list-row[aria-level="2"]');
      await entries.first().waitFor();
      return entries.evaluateAll((found) => found.map((row) => row.getAttribute('aria-label') ?? row.textContent));
    },
  };
}
