import type { FileKind } from '../model/file-kind.ts';
import type { ReadResult } from './file-system.ts';
import type { Files } from './files.ts';

/**
 * One look at the files: it notes what an analysis depends on, and what has to be loaded before the look can be finished.
 * Where something has to be loaded, an answer is undefined, and so is everything that is worked out from it.
 */
export interface Look {
  text(uri: string): ReadResult | undefined;
  names(folder: string): readonly string[] | undefined;
  /** What a file is: by its name, by what the editor says of it, by its text. */
  kindOf(uri: string, text: string): FileKind;
  /** Every file and folder that was asked about, whether it is there or not: its coming changes the outcome too. */
  readonly seen: Set<string>;
  readonly missingTexts: Set<string>;
  readonly missingFolders: Set<string>;
}

/** A new look, which has seen nothing yet. */
export function lookAt(files: Files, kindOf: Look['kindOf']): Look {
  const look: Look = {
    kindOf,
    seen: new Set(),
    missingTexts: new Set(),
    missingFolders: new Set(),
    text(uri) {
      look.seen.add(uri);
      const result = files.text(uri);
      if (result === undefined) look.missingTexts.add(uri);
      return result;
    },
    names(folder) {
      look.seen.add(folder);
      const names = files.names(folder);
      if (names === undefined) look.missingFolders.add(folder);
      return names;
    },
  };
  return look;
}

/** The values, or undefined where one has to be loaded first. */
export function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length === values.length ? there : undefined;
}
