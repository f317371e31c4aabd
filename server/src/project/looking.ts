import type { Analysis } from '../lint/analysis.ts';
import type { FileKind } from '../model/file-kind.ts';
import type { Analyses } from './analyses.ts';
import type { EditorWishes } from './editor-wishes.ts';
import type { Files } from './files.ts';
import { kindOf } from './kind.ts';
import { type Look, lookAt } from './look.ts';

/** Looks at files until nothing has to be loaded any more, and remembers what each analysis has seen. All URIs are canonical. */
interface Looking {
  analyse(uri: string): Promise<Analysis | undefined>;
  /** Undefined where a file has to be loaded first, too. */
  analyseNow(uri: string): Analysis | undefined;
  /** What a look gives once nothing has to be loaded for it. */
  finished<T>(uri: string, take: (look: Look) => T): Promise<T>;
  /** What a file is as far as it says so itself, or the editor. */
  kindByFile(uri: string, text: string): FileKind;
  /** Other analysed files that have looked for one of these files and folders. */
  whoSaw(uri: string, ...places: readonly (string | undefined)[]): readonly string[];
  /** An open file has another text. */
  edited(uri: string): void;
  /** Anything may have become another. */
  outdate(): void;
  forget(uri: string): void;
  /** Grows with everything that may make an analysis another. */
  version(): number;
}

/** A file is looked at again when what it needs has been loaded; each look may find more that is needed. */
const mostLooks = 1000;
/** No state of the world: the look has to be taken again. */
const unfinished = -1;

export function createLooking(files: Files, analyses: Analyses, editor: (uri: string) => EditorWishes): Looking {
  /** What each analysed file depends on, and the state of the world in which that was found out. */
  const looks = new Map<string, { readonly seen: ReadonlySet<string>; readonly world: number }>();
  /** Grows with every change on which more than one file's findings may depend. */
  let world = 0;
  let edits = 0;

  function kindByFile(uri: string, text: string): FileKind {
    return kindOf(uri, text, editor).kind;
  }

  function analysed(uri: string, look: Look): Analysis | undefined {
    return nextVersion(uri) ?? lookOnce(uri, look);
  }

  /** Quick path: the runbook's text has changed and nothing else has. */
  function nextVersion(uri: string): Analysis | undefined {
    const result = files.text(uri);
    if (looks.get(uri)?.world !== world || result === undefined || !('text' in result)) return undefined;
    if (kindByFile(uri, result.text) !== 'runbook') return undefined;
    return analyses.nextVersion(uri, result.text);
  }

  function lookOnce(uri: string, look: Look): Analysis | undefined {
    const result = look.text(uri);
    const analysis = result && 'text' in result ? withText(uri, result.text, look) : undefined;
    looks.set(uri, { seen: look.seen, world: isFinished(look) ? world : unfinished });
    return analysis;
  }

  function withText(uri: string, text: string, look: Look): Analysis | undefined {
    const last = analyses.last(uri);
    const { kind } = kindOf(uri, text, editor, last);
    // What was read of a file whose fleet is still on its way is kept, too.
    if (last !== undefined && last.kind !== kind) analyses.forget(uri);
    return kind === 'other' ? undefined : analyses[kind](uri, text, look);
  }

  async function finished<T>(uri: string, take: (look: Look) => T): Promise<T> {
    for (let i = 0; i < mostLooks; i++) {
      const look = lookAt(files, kindByFile);
      const found = take(look);
      if (isFinished(look)) return found;
      await files.load(look.missingTexts, look.missingFolders);
    }
    throw new Error(`${uri} needs more files than can be loaded.`);
  }

  function whoSaw(uri: string, ...places: readonly (string | undefined)[]): readonly string[] {
    const saw = ({ seen }: { seen: ReadonlySet<string> }) =>
      places.some((place) => place !== undefined && seen.has(place));
    return [...looks].flatMap(([other, look]) => (other !== uri && saw(look) ? other : []));
  }

  return {
    analyse: (uri) => finished(uri, (look) => analysed(uri, look)),
    analyseNow(uri) {
      const look = lookAt(files, kindByFile);
      const analysis = analysed(uri, look);
      return isFinished(look) ? analysis : undefined;
    },
    finished,
    kindByFile,
    whoSaw,
    edited(uri) {
      edits += 1;
      if (whoSaw(uri, uri).length > 0) world += 1;
    },
    outdate() {
      world += 1;
    },
    forget(uri) {
      looks.delete(uri);
    },
    version: () => world + edits,
  };
}

function isFinished(look: Look): boolean {
  return look.missingTexts.size === 0 && look.missingFolders.size === 0;
}
