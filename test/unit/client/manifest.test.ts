import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { english } from '../../../client/webview/words.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { readSettings } from '../../../server/src/protocol/read-settings.ts';
import { rules } from '../../../server/src/rules/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { contributes } = manifest;
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));

function textsIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'));
}

const client = textsIn('client/src').join('\n');
const server = textsIn('server/src').join('\n');
const plain = JSON.stringify(manifest);

/** All that the pattern's first group finds, once each, sorted. */
function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

describe('the manifest', () => {
  const declared = contributes.commands.map(({ command }) => command).sort();

  it('declares the commands that the code registers, and no others', () => {
    const registered = found(client, /registerCommand\(\s*'(runbookLint\.[\w.]+)'/g);
    assert.deepEqual(
      registered.filter((id) => !id.startsWith('runbookLint._')),
      declared,
    );
  });

  it('speaks of no command that is not there', () => {
    const spoken = [...found(plain, /command:(runbookLint\.\w+)/g), ...found(plain, /"command":"(runbookLint\.\w+)"/g)];
    const events = [...found(plain, /onCommand:(runbookLint\.\w+)/g)];
    assert.deepEqual(
      [...spoken, ...events].filter((id) => !declared.includes(id)),
      [],
    );
    const executed = found(client, /(?:executeCommand\(|command: )'(runbookLint\.\w+)'/g);
    assert.deepEqual(
      executed.filter((id) => !declared.includes(id)),
      [],
    );
  });

  it('lets the server put only commands of the client into what it offers', () => {
    const offered = found(server, /'(runbookLint\._\w+)'/g);
    for (const id of offered)
      assert.ok(client.includes(`registerCommand('${id}'`) || client.includes(`'${id}',\n`), id);
  });

  it('declares the views that the code fills, and the reverse', () => {
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(found(client, /'(runbookLint\.timeline)'/g), views);
    assert.deepEqual(
      Object.keys(contributes.views),
      contributes.viewsContainers.panel.map(({ id }) => id),
    );
  });

  const settings = Object.entries(contributes.configuration.properties);
  /** A value that the setting may have, and does not have of itself. */
  const otherValue = ({ type, default: usual }: { type: string; default: unknown }): unknown => {
    if (type === 'boolean') return usual !== true;
    if (type === 'integer') return 7;
    if (type === 'array') return ['*.yaml'];
    return type === 'object' ? { 'no-margin': 'off' } : 'onSave';
  };
  const nested = (id: string, value: unknown) =>
    id
      .split('.')
      .slice(1)
      .reduceRight((inner, part) => ({ [part]: inner }), value);
  const ofClient = ['runbookLint.timeline.autoReveal', 'runbookLint.trace.server'];

  it('declares the settings that are read, each with a default and what it is for', () => {
    for (const [id, setting] of settings) {
      assert.ok('default' in setting && setting.markdownDescription.length > 0, id);
      if (id === 'runbookLint.trace.server') continue;
      if (ofClient.includes(id)) assert.ok(client.includes(`'${id.replace('runbookLint.', '')}'`), id);
      else {
        assert.notDeepEqual(readSettings(nested(id, otherValue(setting))), readSettings({}), `${id} is read nowhere`);
        assert.deepEqual(readSettings(nested(id, setting.default)), readSettings(undefined), `${id} by default`);
      }
    }
  });

  it('has every setting that the server reads', () => {
    const file = readFileSync(join(root, 'server/src/protocol/read-settings.ts'), 'utf8');
    const body = /function readSettings[\s\S]*?\n}\n/.exec(file)?.[0] ?? '';
    const declaredWords = new Set([...settings.flatMap(([id]) => id.split('.')), 'onSave']);
    const words = found(body, /'([A-Za-z.]+)'/g);
    assert.ok(words.length > 8);
    assert.deepEqual(
      words.filter((word) => !declaredWords.has(word)),
      [],
    );
  });

  it('lets its menus depend on nothing that is not told', () => {
    const whens = Object.values(contributes.menus).flatMap((items) =>
      items.map((item) => ('when' in item ? String(item.when) : '')),
    );
    const keys = found([...whens, plain].join('\n'), /(?:^|(?<!==)\s|onContext:|"when":")(runbookLint\.\w+)/g);
    const told = found(client, /'setContext', '(runbookLint\.\w+)'/g);
    assert.deepEqual(keys, told);
  });

  it('knows every rule by its id', () => {
    const known = Object.keys(contributes.configuration.properties['runbookLint.rules'].properties);
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !known.includes(id)),
      [],
    );
  });

  it('declares the colours that the timeline uses, for every kind of theme', () => {
    const style = readFileSync(join(root, 'client/webview/timeline.css'), 'utf8');
    const ids = contributes.colors.map(({ id }) => id).sort();
    assert.deepEqual(
      found(style, /--vscode-(runbookLint-timeline\\\.\w+)/g).map((name) => name.replace('-timeline\\', '.timeline')),
      ids,
    );
    for (const { id, defaults } of contributes.colors)
      assert.deepEqual(Object.keys(defaults), ['dark', 'light', 'highContrast', 'highContrastLight'], id);
  });

  it('has every string that it names, and names every string that it has', () => {
    assert.deepEqual(found(plain, /"%([\w.]+)%"/g), Object.keys(strings).sort());
  });

  it('names only files that are there', () => {
    const files = found(plain, /"(?:\.\/)?((?:client|schemas)\/[^"*]+\.\w+)"/g);
    assert.ok(files.length > 10);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });

  it('starts the extension for runbooks only', () => {
    assert.ok(manifest.activationEvents.every((event) => /runbook/.test(event)));
  });
});

describe('what is to be translated', () => {
  it('is in the bundle, and nothing else', () => {
    const bundle = JSON.parse(readFileSync(join(root, 'client/l10n/bundle.l10n.json'), 'utf8'));
    const said = found(client, /l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g).map((text) => text.replace(/\\'/g, "'"));
    const all = [...new Set([...said, ...Object.values(english)])].sort();
    assert.deepEqual(Object.keys(bundle).sort(), all, 'npm run l10n writes it');
  });
});

describe('the problem matcher', () => {
  it('reads the annotations that the task prints', () => {
    const [matcher] = contributes.problemMatchers;
    const line =
      '::error file=a/x.runbook.yaml,line=3,endLine=3,col=35,endColumn=37,title=below-minimum::Too many: 20, of 60.';
    const found = new RegExp(matcher?.pattern.regexp ?? '').exec(line);
    assert.deepEqual(found?.slice(1), [
      'error',
      'a/x.runbook.yaml',
      '3',
      '3',
      '35',
      '37',
      'below-minimum',
      'Too many: 20, of 60.',
    ]);
  });
});
