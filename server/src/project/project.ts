import type { Analysis } from '../lint/analysis.ts';
import type { Severities } from '../lint/lint.ts';
import { createAnalyses } from './analyses.ts';
import { type EditorWishes, noWishes } from './editor-wishes.ts';
import { type Explanation, explainFile } from './explain.ts';
import type { FileSystem, ReadResult } from './file-system.ts';
import { createFiles } from './files.ts';
import { type FoundFiles, findFiles } from './find-files.ts';
import { createLooking } from './looking.ts';
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

export function createProject(fs: FileSystem, options: ProjectOptions = {}): Project {
  const files = createFiles(fs);
  let folders: readonly string[] = [];
  let wishesOf: (uri: string) => EditorWishes = () => noWishes;
  const editor = (uri: string) => wishesOf(uri);
  const chosen = options.fleet === undefined ? undefined : canonicalUri(options.fleet);
  const analyses = createAnalyses({ fleet: chosen, overrides: options.rules ?? noRules, editor });
  const looking = createLooking(files, analyses, editor);

  async function filesIn(places: readonly string[], cancelled?: () => boolean): Promise<FoundFiles> {
    const { uris, complete } = await findFiles(places, files, looking.kindByFile, cancelled);
    return { uris: [...new Set([...files.openUris(), ...uris])], complete };
  }

  return {
    open(uri, text) {
      files.open(canonicalUri(uri), text);
      looking.outdate();
    },
    change(given, text) {
      const uri = canonicalUri(given);
      files.open(uri, text);
      looking.edited(uri);
    },
    close(given) {
      const uri = canonicalUri(given);
      files.close(uri);
      files.forget([uri]);
      if (analyses.last(uri)?.kind === 'runbook') analyses.forget(uri);
      looking.forget(uri);
      looking.outdate();
    },
    changedOnDisk(uris) {
      files.forget(uris?.map(canonicalUri));
      looking.outdate();
    },
    useEditor(given) {
      wishesOf = given;
      looking.outdate();
    },
    analyse: (uri) => looking.analyse(canonicalUri(uri)),
    analyseNow: (uri) => looking.analyseNow(canonicalUri(uri)),
    peek: (uri) => analyses.last(canonicalUri(uri)),
    dependents(given) {
      const uri = canonicalUri(given);
      return looking.whoSaw(uri, uri);
    },
    neighbours(given) {
      const uri = canonicalUri(given);
      return looking.whoSaw(uri, uri, folderOf(uri));
    },
    useFolders(uris) {
      folders = [...new Set(uris.map(canonicalUri))];
      looking.outdate();
    },
    workspaceFiles: (cancelled) => filesIn(folders, cancelled),
    async filesAround(given, cancelled) {
      const uri = canonicalUri(given);
      const analysis = await looking.analyse(uri);
      const fleets = analysis?.kind === 'runbook' ? analysis.runs.map(({ fleet }) => fleet.uri) : [];
      const near = [uri, ...fleets].flatMap((one) => folderOf(one) ?? []);
      const { uris } = await filesIn([...new Set([...folders, ...near])], cancelled);
      return uris.filter((other) => other !== uri);
    },
    async explain(given) {
      const uri = canonicalUri(given);
      const last = await looking.analyse(uri);
      const found = await looking.finished(uri, (look) => explainFile(uri, look, last, { chosen, editor }));
      if (found === undefined) throw new Error(`${uri} needs more files than can be loaded.`);
      return found;
    },
    async read(given) {
      const uri = canonicalUri(given);
      return (await looking.finished(uri, (look) => look.text(uri))) ?? { why: 'unreadable' };
    },
    version: looking.version,
    isOpen: (uri) => files.isOpen(canonicalUri(uri)),
    openUris: files.openUris,
  };
}
