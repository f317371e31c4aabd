import { corpus } from '../corpus.ts';
import type { Folder } from '../lint-folder.ts';
import { at, type MemoryFiles } from '../memory-files.ts';
import { mutated, pick, type Random } from '../mutate.ts';
import { itemsOf, type Told } from './answers.ts';
import { type RawClient, rawClient } from './raw-client.ts';

export interface OpenText {
  text: string;
  version: number;
}

/** All that a server can come to know of; a new one knows the same at once. */
export interface World {
  readonly files: MemoryFiles;
  readonly open: ReadonlyMap<string, OpenText>;
  readonly folders: readonly string[];
  /** The answer to `workspace/configuration`. */
  readonly settings: { value: unknown };
}

const oddUris = [
  ...['untitled:Untitled-1', 'untitled:new.runbook.yaml', 'inmemory://model/1.runbook.yaml', 'not a uri', ''],
  ...[
    'file:///c%3A/ops/y.runbook.yaml',
    'git:/ops/y.runbook.yaml?%7B%22ref%22%3A%22~%22%7D',
    'file:///',
    'file:///ops/',
  ],
  ...['file://server/share/y.runbook.yaml', 'file:///ops/%zz.runbook.yaml', 'vscode-notebook-cell:/ops/n.ipynb#W0'],
  'file:///ops/Betriebs%C3%BCbung%20%231.runbook.yaml',
];
const oddTexts = [
  '',
  '\uFEFF',
  '\0',
  '\r',
  '\r\n\r',
  '👩‍🚀\u2028x',
  '---\n...\n---\nrunbook: x\nsteps: []\n',
  '- a\n- b',
  '"',
];
const allTexts = corpus.flatMap((files) => Object.values(files));

/** The names that are opened and written beside those of the folder. */
export function namesBeside(folder: Folder): readonly string[] {
  return [...Object.keys(folder), 'b.yaml', 'c.commands.yaml', 'deep/runbook.yml', '.runbook-lint.yaml'];
}

export function anyUri(names: readonly string[], random: Random): string {
  return random(5) === 0 ? pick(oddUris, random) : at(`ops/${pick(names, random)}`);
}

/** A file of the folder or another one, whole or damaged, with any line ends. */
export function anyText(folder: Folder, random: Random): string {
  if (random(12) === 0) return pick(oddTexts, random);
  const text = pick(random(4) === 0 ? allTexts : Object.values(folder), random);
  const now = random(2) === 0 ? text : mutated(text, pick(allTexts, random), random);
  return now.replaceAll('\n', pick(['\n', '\n', '\r\n', '\r'], random));
}

/** A few characters of some file. */
export function anyPiece(random: Random, length: number): string {
  const source = pick(allTexts, random);
  const from = random(source.length);
  return source.slice(from, from + random(length));
}

const features = [
  ...['codeAction', 'codeLens', 'definition', 'documentHighlight', 'documentLink', 'foldingRange', 'formatting'],
  ...['inlayHint', 'references', 'selectionRange', 'semanticTokens', 'signatureHelp'],
];

function capabilities(pulls: boolean): object {
  const findings = { relatedInformation: true, tagSupport: { valueSet: [1] } };
  const refresh = { refreshSupport: true };
  const asked = { dynamicRegistration: true };
  return {
    textDocument: {
      ...Object.fromEntries(features.map((name) => [name, {}])),
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      hover: { contentFormat: ['markdown'] },
      rename: { prepareSupport: true },
      completion: { completionItem: { snippetSupport: true, resolveSupport: { properties: ['documentation'] } } },
      publishDiagnostics: { ...findings, versionSupport: true },
      ...(pulls ? { diagnostic: findings } : {}),
    },
    workspace: {
      workspaceEdit: { documentChanges: true },
      configuration: true,
      workspaceFolders: true,
      symbol: {},
      fileOperations: { willRename: true },
      ...{ didChangeConfiguration: asked, didChangeWatchedFiles: asked },
      ...{ diagnostics: refresh, inlayHint: refresh, codeLens: refresh, semanticTokens: refresh },
    },
  };
}

/** A new server that knows the files, the folders and the settings; nothing is open in it. */
export function connected({ files, folders, settings }: World, pulls: boolean): Promise<RawClient> {
  const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
  return rawClient(files, { capabilities: capabilities(pulls), workspaceFolders }, (method, params) =>
    method === 'workspace/configuration' ? Object(params).items.map(() => settings.value) : null,
  );
}

/** A new server in which all is open. */
export async function fresh(world: World): Promise<RawClient> {
  const client = await connected(world, true);
  for (const [uri, { text, version }] of world.open) {
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
  }
  return client;
}

/** What a new server finds in one of the open documents, with another text in it perhaps. */
export async function findingsOf(world: World, uri: string, text?: string): Promise<readonly Told[]> {
  const open = text === undefined ? world.open : new Map([...world.open, [uri, { text, version: 1 }]]);
  const client = await fresh({ ...world, open });
  const answer = await client.request('textDocument/diagnostic', { textDocument: { uri } }).answer;
  client.dispose();
  return itemsOf(answer);
}
