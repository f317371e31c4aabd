import type { Connection } from 'vscode-languageserver';
import { type EditorWishes, noWishes } from '../project/editor-wishes.ts';
import { canonicalUri, resolvePath } from '../project/uri.ts';
import type { ClientTraits } from './client-traits.ts';
import type { Folders } from './folders.ts';
import { coversGlob, matchesGlob } from './glob.ts';
import { changesReading, type FolderSettings, readRules, readSettings, valueIn } from './read-settings.ts';

/** The editor's settings. They may differ from folder to folder, so each document has its own. */
export interface Settings {
  /** As they are known now; where the document has none of its own, those of its folder, else those that hold for everything. */
  of(uri: string): FolderSettings;
  /** What they say of how a file is read. */
  wishesOf(uri: string): EditorWishes;
  /** Why a file is not checked, as a sentence; undefined where it is. */
  whyNot(uri: string): string | undefined;
  isKnown(uri: string): boolean;
  /** Asks the client for a document's settings, once. Never rejects; a client that does not answer in time has none. */
  know(uri: string): Promise<void>;
  /** Settings have changed; a client that cannot be asked sends them along. */
  changed(sent: unknown): void;
  forget(uri: string): void;
}

const section = 'runbookLint';
/** In milliseconds; diagnostics wait for the settings, but not for ever. */
const patience = 2000;

/** `learned` is called when it turns out that files are to be read differently. */
export function createSettings(
  connection: Connection,
  traits: ClientTraits,
  folders: Folders,
  learned: () => void,
): Settings {
  let general: FolderSettings = { ...readSettings(undefined), rules: readRules(traits.initialRules) };
  const own = new Map<string, FolderSettings>();
  const ofFolder = new Map<string, FolderSettings>();
  const wishes = new Map<string, EditorWishes>();
  const asking = new Map<string, Promise<void>>();
  /** Grows when settings change: answers to earlier questions no longer hold. */
  let age = 0;

  function note(uri: string, settings: FolderSettings): void {
    own.set(canonicalUri(uri), settings);
    ofFolder.set(folders.of(uri) ?? '', settings);
    wishes.clear();
  }

  if (traits.asksSettings) {
    for (const { uri, settings } of traits.initialSettings) note(uri, readSettings(settings));
  }

  async function ask(uri: string): Promise<void> {
    const asked = age;
    const answer = connection.workspace.getConfiguration({ scopeUri: uri, section }).then(
      (given: unknown) => (typeof given === 'object' && given !== null ? readSettings(given) : undefined),
      (error) => {
        connection.console.warn(`The settings of ${uri} are not known: ${String(error)}`);
        return undefined;
      },
    );
    const settings = (await Promise.race([answer, later(patience)])) ?? general;
    if (age !== asked) return;
    const before = settingsOf(uri);
    note(uri, settings);
    if (changesReading(settings) || changesReading(before)) learned();
  }

  const settingsOf = (uri: string) => own.get(canonicalUri(uri)) ?? ofFolder.get(folders.of(uri) ?? '') ?? general;

  return {
    of: settingsOf,
    wishesOf(given) {
      const uri = canonicalUri(given);
      const before = wishes.get(uri);
      if (before !== undefined) return before;
      const now = wishesIn(settingsOf(uri), uri, folders);
      wishes.set(uri, now);
      return now;
    },
    whyNot(uri) {
      const { enable, exclude } = settingsOf(uri);
      if (!enable) return 'It is not checked: the setting `runbookLint.enable` is off.';
      const pattern = exclude.find((one) => coversGlob(one, folders.pathOf(uri)));
      return pattern && `It is not checked: \`${pattern}\` of the setting \`runbookLint.exclude\` covers it.`;
    },
    isKnown: (uri) => !traits.asksSettings || own.has(canonicalUri(uri)),
    async know(given) {
      const uri = canonicalUri(given);
      if (!traits.asksSettings || own.has(uri)) return;
      const asked = asking.get(uri) ?? ask(given);
      asking.set(uri, asked);
      await asked;
      if (asking.get(uri) === asked) asking.delete(uri);
    },
    changed(sent) {
      age += 1;
      own.clear();
      ofFolder.clear();
      wishes.clear();
      asking.clear();
      const given = valueIn(sent, section);
      if (typeof given === 'object' && given !== null && !traits.asksSettings) general = readSettings(given);
    },
    forget(given) {
      own.delete(canonicalUri(given));
    },
  };
}

/** What the settings of a file say of how it is read. */
function wishesIn(settings: FolderSettings, uri: string, folders: Folders): EditorWishes {
  if (!changesReading(settings)) return noWishes;
  const path = folders.pathOf(uri);
  const isAmong = (patterns: readonly string[]) => patterns.some((pattern) => matchesGlob(pattern, path));
  const resolved = (given: string | undefined) => given && resolvePath(folders.root(uri), given);
  const kind = isAmong(settings.runbooks) ? 'runbook' : isAmong(settings.fleets) ? 'fleet' : undefined;
  return { rules: settings.rules, fleet: resolved(settings.fleet), config: resolved(settings.config), kind };
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
