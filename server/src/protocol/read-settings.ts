import type { Severities } from '../lint/lint.ts';
import { type SeveritySetting, severitySettings } from '../model/severity.ts';

/** What a user can set for a folder, as far as the server heeds it. */
export interface FolderSettings {
  /** Whether files are checked at all. */
  readonly enable: boolean;
  /** Findings wait until the file is saved. */
  readonly onSave: boolean;
  readonly rules: Severities;
  /** Paths from the folder, as they are written. */
  readonly fleet: string | undefined;
  readonly config: string | undefined;
  /** Patterns. */
  readonly runbooks: readonly string[];
  readonly fleets: readonly string[];
  readonly exclude: readonly string[];
  /** Findings of one file that are shown at most. */
  readonly maxProblems: number;
  readonly hints: { readonly capacity: boolean; readonly commands: boolean };
  readonly lenses: boolean;
  readonly hover: boolean;
  readonly format: boolean;
}

const usualMost = 1000;

/** Reads the section `runbookLint`; what is not set there, or not in the right form, is as by default. */
export function readSettings(given: unknown): FolderSettings {
  const inSection = (section: string, key: string) => valueIn(valueIn(given, section), key);
  const isOn = (section: string, key = 'enable') => inSection(section, key) !== false;
  const hints = isOn('inlayHints');
  return {
    enable: valueIn(given, 'enable') !== false,
    onSave: valueIn(given, 'run') === 'onSave',
    rules: readRules(valueIn(given, 'rules')),
    fleet: textOf(inSection('fleet', 'path')),
    config: textOf(inSection('config', 'path')),
    runbooks: textsOf(inSection('files', 'runbooks')),
    fleets: textsOf(inSection('files', 'fleets')),
    exclude: textsOf(valueIn(given, 'exclude')),
    maxProblems: countOf(valueIn(given, 'maxProblems')) ?? usualMost,
    hints: { capacity: hints, commands: hints && isOn('inlayHints', 'commands') },
    lenses: isOn('codeLens'),
    hover: isOn('hover'),
    format: isOn('format'),
  };
}

/** Whether a file is read differently because of them. */
export function changesReading({ rules, fleet, config, runbooks, fleets }: FolderSettings): boolean {
  return rules.size + runbooks.length + fleets.length > 0 || fleet !== undefined || config !== undefined;
}

/** Entries that say something else than a severity are left out. */
export function readRules(given: unknown): Severities {
  if (typeof given !== 'object' || given === null) return new Map();
  return new Map(Object.entries(given).flatMap(([rule, value]) => (isSeverity(value) ? [[rule, value] as const] : [])));
}

function isSeverity(value: unknown): value is SeveritySetting {
  return severitySettings.some((word) => word === value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((item) => textOf(item) ?? []) : [];
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

/** The own value of a key of what may be an object; undefined where there is none. */
export function valueIn(given: unknown, key: string): unknown {
  return typeof given === 'object' && given !== null
    ? Object.entries(given).find(([name]) => name === key)?.[1]
    : undefined;
}
