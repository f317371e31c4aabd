import type { Connection } from 'vscode-languageserver';
import type { Severities } from '../lint/lint.ts';
import { canonicalUri } from '../project/uri.ts';
import type { ClientTraits } from './capabilities.ts';

/** The editor's settings. They may differ from folder to folder, so each document has its own. */
export interface Settings {
  /** Severities as they are known now; those that hold for everything where the document has none of its own. */
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
  let general = readRules(traits.initialRules);
  const own = new Map<string, Severities>();
  const asking = new Map<string, Promise<void>>();
  /** Grows when settings change: answers to earlier questions no longer hold. */
  let age = 0;

  async function ask(uri: string): Promise<void> {
    const asked = age;
    const answer = connection.workspace.getConfiguration({ scopeUri: uri, section }).then(rulesIn, (error) => {
      connection.console.warn(`The settings of ${uri} are not known: ${String(error)}`);
      return undefined;
    });
    const rules = (await Promise.race([answer, later(patience)])) ?? general;
    if (age !== asked) return;
    own.set(canonicalUri(uri), rules);
    if (rules.size + general.size > 0) learned();
  }

  return {
    rulesOf: (uri) => own.get(canonicalUri(uri)) ?? general,
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
      const rules = rulesIn(valueIn(sent, section));
      if (rules !== undefined && !traits.asksSettings) general = rules;
    },
    forget(given) {
      own.delete(canonicalUri(given));
    },
  };
}

function rulesIn(settings: unknown): Severities | undefined {
  const rules = valueIn(settings, 'rules');
  return rules === undefined ? undefined : readRules(rules);
}

/** Entries that say something else than a severity are left out. */
function readRules(given: unknown): Severities {
  if (typeof given !== 'object' || given === null) return new Map();
  return new Map(Object.entries(given).flatMap(([rule, value]) => (isWish(value) ? [[rule, value] as const] : [])));
}

type Wish = Severities extends ReadonlyMap<string, infer Value> ? Value : never;

function isWish(value: unknown): value is Wish {
  return ['error', 'warning', 'information', 'hint', 'off'].some((word) => word === value);
}

function valueIn(given: unknown, key: string): unknown {
  return typeof given === 'object' && given !== null
    ? Object.entries(given).find(([name]) => name === key)?.[1]
    : undefined;
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
