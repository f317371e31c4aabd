import type { Analysis } from '../lint/analysis.ts';
import type { Severities } from '../lint/lint.ts';
import { type FileKind, fileKind } from '../model/file-kind.ts';
import { createAnalyses } from './analyses.ts';
import { type EditorWishes, noWishes } from './editor-wishes.ts';
import { type Explanation, explainFile } from './explain.ts';
import type { FileSystem, ReadResult } from './file-system.ts';
import { createFiles } from './files.ts';
import { type FoundFiles, findFiles } from './find-files.ts';
import { type Look, lookAt } from './look.ts';
import { canonicalUri, folderOf } from './uri.ts';

export interface ProjectOptions {
  /** The one fleet for every runbook, as a URI; without it each runbook's own, or the nearest up the tree. */
  readonly fleet?: string | undefined;
  /** Severities that win over every other wish, as `--rule` gives them. */
  readonly rules?: Severities | undefined;
}

/**
 * The files that belong together, and what is known of them.
 * URIs may come in any spelling; those that come out are canonical. Open documents shadow the disk.
 */
export interface Project {
  open(uri: string, text: string): void;
  change(uri: string, text: string): void;
  close(uri: string): void;
  /** Files that came, went or changed on disk; without a list, anything may have. */
  changedOnDisk(uris?: readonly string[]): void;
  /** What the editor's settings say of each file. Called again whenever that has changed. */
  useEditor(wishesOf: (uri: string) => EditorWishes): void;
  /** Everything known of a file; undefined where it is none of ours or cannot be read. Never rejects because of a file's content. */
  analyse(uri: string): Promise<Analysis | undefined>;
  /** The same at once; undefined where a file has to be loaded first, or the file is none of ours. */
  analyseNow(uri: string): Analysis | undefined;
  /** The last analysis, which may be of an earlier version. */
  peek(uri: string): Analysis | undefined;
  /** Analysed files whose findings depend on the text of that file, itself left out. */
  dependents(uri: string): readonly string[];
  /** Analysed files whose findings depend on whether that file is there, or on its text. */
  neighbours(uri: string): readonly string[];
  /** The folders that the user works in. */
  useFolders(uris: readonly string[]): void;
  /** The files of those folders, and all open documents. Never rejects. */
  workspaceFiles(cancelled?: () => boolean): Promise<FoundFiles>;
  /** Files that may have names in common with a file: those of the workspace, and those in the folders of its fleets. */
  filesAround(uri: string, cancelled?: () => boolean): Promise<readonly string[]>;
  /** Why the file is checked, or is not, and against what. */
  explain(uri: string): Promise<Explanation>;
  /** The file as the project sees it. Never rejects. */
  read(uri: string): Promise<ReadResult>;
  /** Grows with everything that may make an analysis another. */
  version(): number;
  isOpen(uri: string): boolean;
  openUris(): readonly string[];
}

const noRules: Severities = new Map();
/** A file is looked at again when what it needs has been loaded; each look may find more that is needed. */
const mostLooks = 1000;
/** No state of the world: the look has to be taken again. */
const unfinished = -1;

export function createProject(fs: FileSystem, options: ProjectOptions = {}): Project {
  const files = createFiles(fs);
  let folders: readonly string[] = [];
  let editor: (uri: string) => EditorWishes = () => noWishes;
  const chosen = options.fleet === undefined ? undefined : canonicalUri(options.fleet);
  const analyses = createAnalyses({
    fleet: chosen,
    overrides: options.rules ?? noRules,
    editor: (uri) => editor(uri),
  });
  /** What each analysed file depends on, and the state of the world in which that was found out. */
  const looks = new Map<string, { readonly seen: ReadonlySet<string>; readonly world: number }>();
  /** Grows with every change on which more than one file's findings may depend. */
  let world = 0;
  let edits = 0;

  /** Quick path: the runbook's text has changed and nothing else has. */
  function again(uri: string): Analysis | undefined {
    const result = files.text(uri);
    if (looks.get(uri)?.world !== world || result === undefined || !('text' in result)) return undefined;
    if (kindByFile(uri, result.text) !== 'runbook') return undefined;
    return analyses.nextVersion(uri, result.text);
  }

  function lookOnce(uri: string, look: Look): Analysis | undefined {
    const result = look.text(uri);
    const analysis = result && 'text' in result ? analysed(uri, result.text, look) : undefined;
    looks.set(uri, { seen: look.seen, world: isFinished(look) ? world : unfinished });
    return analysis;
  }

  function analysed(uri: string, text: string, look: Look): Analysis | undefined {
    const kind = kindOf(uri, text);
    const last = analyses.last(uri);
    // What was read of a file whose fleet is still on its way is kept, too.
    if (last !== undefined && last.kind !== kind) analyses.forget(uri);
    return kind === 'other' ? undefined : analyses[kind](uri, text, look);
  }

  function kindByFile(uri: string, text: string): FileKind {
    const byName = fileKind(uri, '');
    return byName === 'other' ? (editor(uri).kind ?? fileKind(uri, text)) : byName;
  }

  function kindOf(uri: string, text: string): FileKind {
    const kind = kindByFile(uri, text);
    return kind === 'other' && analyses.last(uri)?.kind === 'commands' ? 'commands' : kind;
  }

  /** What a look gives once nothing has to be loaded for it any more. */
  async function finished<T>(uri: string, take: (look: Look) => T): Promise<T> {
    for (let i = 0; i < mostLooks; i++) {
      const look = lookAt(files, kindByFile);
      const found = take(look);
      if (isFinished(look)) return found;
      await files.load(look.missingTexts, look.missingFolders);
    }
    throw new Error(`${uri} needs more files than can be loaded.`);
  }

  function analyse(given: string): Promise<Analysis | undefined> {
    const uri = canonicalUri(given);
    return finished(uri, (look) => again(uri) ?? lookOnce(uri, look));
  }

  function whoSaw(uri: string, ...places: readonly (string | undefined)[]): readonly string[] {
    const saw = ({ seen }: { seen: ReadonlySet<string> }) =>
      places.some((place) => place !== undefined && seen.has(place));
    return [...looks].flatMap(([other, look]) => (other !== uri && saw(look) ? other : []));
  }

  return {
    open(given, text) {
      files.open(canonicalUri(given), text);
      world += 1;
    },
    change(given, text) {
      const uri = canonicalUri(given);
      files.open(uri, text);
      edits += 1;
      if (whoSaw(uri, uri).length > 0) world += 1;
    },
    close(given) {
      const uri = canonicalUri(given);
      files.close(uri);
      files.forget([uri]);
      if (analyses.last(uri)?.kind === 'runbook') analyses.forget(uri);
      looks.delete(uri);
      world += 1;
    },
    changedOnDisk(uris) {
      files.forget(uris?.map(canonicalUri));
      world += 1;
    },
    useEditor(wishesOf) {
      editor = wishesOf;
      world += 1;
    },
    analyse,
    analyseNow(given) {
      const uri = canonicalUri(given);
      const look = lookAt(files, kindByFile);
      const analysis = again(uri) ?? lookOnce(uri, look);
      return isFinished(look) ? analysis : undefined;
    },
    peek: (uri) => analyses.last(canonicalUri(uri)),
    dependents(given) {
      const uri = canonicalUri(given);
      return whoSaw(uri, uri);
    },
    neighbours(given) {
      const uri = canonicalUri(given);
      return whoSaw(uri, uri, folderOf(uri));
    },
    useFolders(uris) {
      folders = [...new Set(uris.map(canonicalUri))];
      world += 1;
    },
    async workspaceFiles(cancelled) {
      const { uris, complete } = await findFiles(folders, files, kindByFile, cancelled);
      return { uris: [...new Set([...files.openUris(), ...uris])], complete };
    },
    async filesAround(given, cancelled) {
      const uri = canonicalUri(given);
      const analysis = await analyse(uri);
      const fleets = analysis?.kind === 'runbook' ? analysis.runs.map(({ fleet }) => fleet.uri) : [];
      const near = [uri, ...fleets].flatMap((one) => folderOf(one) ?? []);
      const { uris } = await findFiles([...new Set([...folders, ...near])], files, kindByFile, cancelled);
      return [...new Set([...files.openUris(), ...uris])].filter((other) => other !== uri);
    },
    async explain(given) {
      const uri = canonicalUri(given);
      const last = await analyse(uri);
      const found = await finished(uri, (look) => explainFile(uri, look, last, { chosen, editor: editor(uri) }));
      if (found === undefined) throw new Error(`${uri} needs more files than can be loaded.`);
      return found;
    },
    async read(given) {
      const uri = canonicalUri(given);
      return (await finished(uri, (look) => look.text(uri))) ?? { why: 'unreadable' };
    },
    version: () => world + edits,
    isOpen: (uri) => files.isOpen(canonicalUri(uri)),
    openUris: files.openUris,
  };
}

function isFinished(look: Look): boolean {
  return look.missingTexts.size === 0 && look.missingFolders.size === 0;
}
