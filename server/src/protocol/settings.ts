import type { Connection } from 'vscode-languageserver';
import type { Severities } from '../lint/lint.ts';
import { canonicalUri } from '../project/uri.ts';
import type { ClientTraits } from './capabilities.ts';
import { type FolderSettings, readRules, readSettings, valueIn } from './read-settings.ts';

/** The editor's settings. They may differ from folder to folder, so each document has its own. */
export interface Settings {
  /** As they are known now; those that hold for everything where the document has none of its own. */
  of(uri: string): FolderSettings;
  rulesOf(uri: string): Severities;
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

/** `learned` is called when a document turns out to have settings of its own. */
export function createSettings(connection: Connection, traits: ClientTraits, learned: () => void): Settings {
  let general: FolderSettings = { ...readSettings(undefined), rules: readRules(traits.initialRules) };
  const own = new Map<string, FolderSettings>();
  const asking = new Map<string, Promise<void>>();
  /** Grows when settings change: answers to earlier questions no longer hold. */
  let age = 0;

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
    own.set(canonicalUri(uri), settings);
    if (settings.rules.size + general.rules.size > 0) learned();
  }

  const settingsOf = (uri: string) => own.get(canonicalUri(uri)) ?? general;
  return {
    of: settingsOf,
    rulesOf: (uri) => settingsOf(uri).rules,
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
      asking.clear();
      const given = valueIn(sent, section);
      if (typeof given === 'object' && given !== null && !traits.asksSettings) general = readSettings(given);
    },
    forget(given) {
      own.delete(canonicalUri(given));
    },
  };
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
