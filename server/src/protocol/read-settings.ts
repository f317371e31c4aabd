import type { Severities } from '../lint/lint.ts';

/** What a user can set for a folder, as far as the server heeds it. */
export interface FolderSettings {
  readonly rules: Severities;
  readonly hints: { readonly capacity: boolean; readonly commands: boolean };
  readonly lenses: boolean;
  readonly hover: boolean;
  readonly format: boolean;
}

/** Reads the section `runbookLint`; what is not set there, or not in the right form, is as by default. */
export function readSettings(given: unknown): FolderSettings {
  const isOn = (section: string, key = 'enable') => valueIn(valueIn(given, section), key) !== false;
  const hints = isOn('inlayHints');
  return {
    rules: readRules(valueIn(given, 'rules')),
    hints: { capacity: hints, commands: hints && isOn('inlayHints', 'commands') },
    lenses: isOn('codeLens'),
    hover: isOn('hover'),
    format: isOn('format'),
  };
}

/** Entries that say something else than a severity are left out. */
export function readRules(given: unknown): Severities {
  if (typeof given !== 'object' || given === null) return new Map();
  return new Map(Object.entries(given).flatMap(([rule, value]) => (isWish(value) ? [[rule, value] as const] : [])));
}

type Wish = Severities extends ReadonlyMap<string, infer Value> ? Value : never;

function isWish(value: unknown): value is Wish {
  return ['error', 'warning', 'information', 'hint', 'off'].some((word) => word === value);
}

export function valueIn(given: unknown, key: string): unknown {
  return typeof given === 'object' && given !== null
    ? Object.entries(given).find(([name]) => name === key)?.[1]
    : undefined;
}
