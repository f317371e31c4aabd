import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import {
  circlesIn,
  importsOf,
  packagesOf,
  type SourceFile,
  sourceFiles,
  targetsOf,
  withoutComments,
} from '../../support/source-files.ts';

interface Allowed {
  readonly layers: readonly string[];
  readonly packages: readonly string[];
}

/** What each layer may import: layers of its own project, and packages. A star stands for any package of that beginning. */
const allowed: Readonly<Record<string, Allowed>> = {
  syntax: { layers: [], packages: ['yaml'] },
  model: { layers: ['syntax'], packages: ['fastest-levenshtein'] },
  commands: { layers: ['syntax', 'model'], packages: ['unbash'] },
  simulation: { layers: ['syntax', 'model', 'commands'], packages: [] },
  rules: { layers: ['syntax', 'model', 'commands', 'simulation'], packages: [] },
  lint: { layers: ['syntax', 'model', 'commands', 'simulation', 'rules'], packages: [] },
  features: { layers: ['syntax', 'model', 'commands', 'simulation', 'rules', 'lint'], packages: [] },
  project: { layers: ['syntax', 'model', 'rules', 'lint'], packages: ['vscode-uri'] },
  report: { layers: ['syntax', 'model', 'commands', 'simulation', 'rules', 'lint', 'features'], packages: [] },
  protocol: {
    layers: ['syntax', 'model', 'simulation', 'rules', 'lint', 'features', 'project'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  main: {
    layers: ['model', 'rules', 'lint', 'project', 'protocol', 'report'],
    packages: ['node:*', 'vscode-languageserver/*', 'picocolors', 'tinyglobby'],
  },
};

/** Folders with rooms, each of which looks only at those before it; of the files beside them, those that are for all. */
const houses: Readonly<Record<string, { readonly rooms: readonly string[]; readonly forAll: RegExp }>> = {
  syntax: { rooms: ['decoding', 'quick', 'build', 'steps'], forAll: /./ },
  commands: {
    rooms: ['usage', 'shell', 'match', 'meaning', 'reading', 'complete'],
    forAll: /^(?:action|hosts-notation|table)\.ts$/,
  },
  'commands/shell': { rooms: ['words', 'expansion', 'state', 'wrappers', 'streams', 'script'], forAll: /^$/ },
  simulation: {
    rooms: ['fleet', 'worlds', 'plan', 'paths', 'judgement', 'steps'],
    forAll: /^(?:outcome|limits|work)\.ts$/,
  },
};

/** Two packages are shut off behind one adapter each. */
const adapters: Readonly<Record<string, RegExp>> = {
  unbash: /^commands\/shell\//,
  yaml: /^syntax\//,
};

const longest = 300;
interface LayerFile extends SourceFile {
  readonly layer: string;
}

const files: readonly LayerFile[] = sourceFiles('server/src').map((file) => ({
  ...file,
  layer: file.path.split('/')[0] ?? '',
}));

function isWithin(folder: string, outer: string): boolean {
  return folder.startsWith(`${outer}/`);
}

/** The layers that a file looks into; what leads out of server/src (schemas, package.json) is none. */
function layersOf(file: LayerFile): readonly string[] {
  const within = targetsOf(file).filter((target) => !target.startsWith('../'));
  return within.map((target) => target.split('/')[0] ?? '').filter((layer) => layer !== file.layer);
}

function fits(specifier: string, pattern: string): boolean {
  return pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier === pattern;
}

describe('architecture', () => {
  it('has source to look at', () => assert.ok(files.length > 50));

  it('knows every layer', () => {
    const unknown = files.filter(({ layer }) => allowed[layer] === undefined).map(({ path }) => path);
    assert.deepEqual(unknown, []);
  });

  it('lets imports run one way: no layer looks up', () => {
    const wrong = files.flatMap((file) =>
      layersOf(file)
        .filter((layer) => !allowed[file.layer]?.layers.includes(layer))
        .map((layer) => `${file.path} imports ${layer}/`),
    );
    assert.deepEqual(wrong, []);
  });

  for (const [house, { rooms, forAll }] of Object.entries(houses))
    it(`lets imports run one way between the rooms of ${house} too`, () => {
      const inside = (path: string) => path.slice(house.length + 1).split('/');
      const roomOf = (path: string) => rooms.indexOf(inside(path)[0] ?? '');
      const isForAll = (path: string) => inside(path).length === 1 && forAll.test(inside(path).join());
      const inRooms = files.filter(({ path }) => isWithin(dirname(path), house));
      const wrong = inRooms.flatMap((file) =>
        targetsOf(file)
          .filter((target) => isWithin(target, house) && !isForAll(target))
          .filter((target) => roomOf(target) < 0 || roomOf(target) > roomOf(file.path))
          .map((target) => `${file.path} imports ${target}`),
      );
      assert.deepEqual([...new Set(inRooms.map(({ path }) => rooms[roomOf(path)]))].sort(), [...rooms].sort());
      assert.deepEqual(wrong, []);
    });

  it('lets imports run in no circle from file to file, in types neither', () => {
    assert.deepEqual(circlesIn(new Map(files.map((file) => [file.path, targetsOf(file)]))), []);
  });

  it('lets imports run in no circle from folder to folder', () => {
    const targets = new Map<string, string[]>();
    for (const file of files) {
      const folder = dirname(file.path);
      const isBeside = (other: string) => other !== folder && !isWithin(other, folder) && !isWithin(folder, other);
      targets.set(folder, [...(targets.get(folder) ?? []), ...targetsOf(file).map(dirname).filter(isBeside)]);
    }
    assert.deepEqual(circlesIn(targets), []);
  });

  it('lets each layer use its own packages only', () => {
    const wrong = files.flatMap((file) =>
      packagesOf(file)
        .filter((specifier) => !allowed[file.layer]?.packages.some((pattern) => fits(specifier, pattern)))
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('keeps YAML and shell readers behind their adapters', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => adapters[specifier]?.test(file.path) === false)
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    assert.deepEqual(wrong, []);
  });

  it(`keeps files to one room each: at most ${longest} lines`, () => {
    const long = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    assert.deepEqual(
      long.filter(({ lines }) => lines > longest),
      [],
    );
  });

  it('reads no clock, draws no lots and keeps no globals below main', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|globalThis|process\.|setTimeout|setInterval)/;
    const pure = ['syntax', 'model', 'commands', 'simulation', 'rules', 'lint', 'features', 'report'];
    const wrong = files.filter(({ layer, text }) => pure.includes(layer) && impure.test(withoutComments(text)));
    assert.deepEqual(
      wrong.map(({ path }) => path),
      [],
    );
  });
});
