import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { sourceFiles } from '../../support/source-files.ts';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');

/** The cells of the table under a head that begins like this, row by row. */
function rowsUnder(head: string, text = page): readonly (readonly string[])[] {
  const [, table = ''] = text.split(`\n${head}`);
  const [, , ...rows] = (table.split('\n\n')[0] ?? '').split('\n');
  return rows.map((row) => row.split('|').slice(1, -1));
}

function namesIn(text = ''): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

describe('the page on the architecture', () => {
  it('names folders and files that are there', () => {
    const named = namesIn(page).filter((name) => /^[\w-]+\/[\w./-]+$/.test(name) && !name.startsWith('dist/'));
    assert.ok(named.length > 15);
    for (const name of named) {
      const places = ['', 'server/src/'].map((folder) => new URL(folder + name, root));
      assert.ok(places.some(existsSync), `There is no ${name}.`);
    }
  });

  for (const [section, house] of [
    ['## How YAML is read', 'syntax'],
    ['## How a command is read', 'commands'],
    ['### The shell around it', 'commands/shell'],
    ['## How the simulation thinks', 'simulation'],
  ] as const)
    it(`names every room of ${house}, and files that are in it`, () => {
      const folder = new URL(`server/src/${house}/`, root);
      const rows = rowsUnder('| room | what is in it |', page.split(`\n${section}\n`)[1]);
      const folders = readdirSync(folder, { withFileTypes: true }).filter(
        (entry) => entry.isDirectory() && entry.name !== 'generated',
      );
      assert.deepEqual(rows.flatMap(([room]) => namesIn(room)).toSorted(), folders.map(({ name }) => name).toSorted());
      for (const [room, , files] of rows) {
        for (const file of namesIn(files)) {
          const path = `${namesIn(room).join()}/${file}`;
          assert.ok(existsSync(new URL(path, folder)), `There is no ${path}.`);
        }
      }
    });

  it('speaks of scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    const spoken = [...page.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    assert.ok(spoken.length > 5);
    for (const name of spoken) assert.ok(Object.hasOwn(scripts, name), `There is no script ${name}.`);
  });

  it('says of every package why it is used', () => {
    const said = rowsUnder('| for | we use |').flatMap(([, packages]) => namesIn(packages));
    const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    const used = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/'));
    assert.deepEqual([...said].sort(), used.sort());
  });
});

describe('comments', () => {
  it('speak of pages, and of rules on them, that are there', () => {
    const spoken = sourceFiles('server/src').flatMap(({ text }) => [
      ...text.matchAll(/\b(docs\/[\w/-]+\.md)(?: §(\d+))?/g),
    ]);
    assert.ok(spoken.length > 40);
    for (const [all, file = '', number] of spoken) {
      const text = readFileSync(new URL(file, root), 'utf8');
      assert.ok(number === undefined || text.includes(`\n${number}. `), `There is no ${all}.`);
    }
  });
});
