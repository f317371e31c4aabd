import type { Analysis, CommandsAnalysis, ConfigAnalysis, FleetAnalysis, RunbookAnalysis } from '../lint/analysis.ts';
import {
  checkCommandsFile,
  checkConfigFile,
  checkFleetFile,
  type FleetDocument,
  type FleetInputs,
  type RunbookDocument,
  type RunbookInputs,
  readFleetFile,
  type Severities,
} from '../lint/lint.ts';
import { sameItems } from '../syntax/changed-range.ts';
import type { EditorWishes } from './editor-wishes.ts';
import { findCommandFiles } from './find-commands.ts';
import { findConfig } from './find-config.ts';
import { findFleets } from './find-fleet.ts';
import { allOf, type Look } from './look.ts';
import { createRunbooks } from './runbooks.ts';
import { createMerger } from './severities.ts';

interface Wants {
  /** The one fleet for every runbook; undefined: as each runbook says. */
  readonly fleet: string | undefined;
  readonly overrides: Severities;
  editor(uri: string): EditorWishes;
}

/**
 * Works out what there is to know of a file, and remembers it: the same texts give the same object again.
 * Every function gives undefined where files have to be loaded first.
 */
export interface Analyses {
  runbook(uri: string, text: string, look: Look): RunbookAnalysis | undefined;
  /** The next version of a runbook whose surroundings have not changed since the last look; undefined where that cannot be used. */
  nextVersion(uri: string, text: string): RunbookAnalysis | undefined;
  fleet(uri: string, text: string, look: Look): FleetAnalysis | undefined;
  commands(uri: string, text: string, look: Look): CommandsAnalysis | undefined;
  config(uri: string, text: string): ConfigAnalysis;
  last(uri: string): Analysis | undefined;
  forget(uri: string): void;
}

interface KnownFleet {
  readonly document: FleetDocument;
  readonly inputs: FleetInputs | undefined;
  readonly analysis: FleetAnalysis | undefined;
}

interface KnownCommands {
  readonly severities: Severities;
  readonly analysis: CommandsAnalysis;
}

export function createAnalyses(wants: Wants): Analyses {
  const runbooks = createRunbooks(runbookInputs);
  const fleets = new Map<string, KnownFleet>();
  const commandFiles = new Map<string, KnownCommands>();
  const configs = new Map<string, ConfigAnalysis>();
  const merged = createMerger();

  function config(uri: string, text: string): ConfigAnalysis {
    const before = configs.get(uri);
    if (before?.text === text) return before;
    const analysis = checkConfigFile(uri, text);
    configs.set(uri, analysis);
    return analysis;
  }

  function severitiesOf(uri: string, look: Look): Severities | undefined {
    const { rules, config: given } = wants.editor(uri);
    const file = findConfig(uri, look, given);
    if (file === undefined) return undefined;
    const found = file === 'none' ? undefined : config(file.uri, file.text);
    return merged(uri, { overrides: wants.overrides, config: found, editor: rules });
  }

  function commands(uri: string, text: string, look: Look): CommandsAnalysis | undefined {
    const severities = severitiesOf(uri, look);
    if (severities === undefined) return undefined;
    const before = commandFiles.get(uri);
    if (before?.analysis.text === text && before.severities === severities) return before.analysis;
    const analysis = checkCommandsFile(uri, text, severities);
    commandFiles.set(uri, { severities, analysis });
    return analysis;
  }

  function fleet(uri: string, text: string, look: Look): FleetAnalysis | undefined {
    const before = fleets.get(uri);
    const document = before?.document.text === text ? before.document : readFleetFile(uri, text);
    const severities = severitiesOf(uri, look);
    const found = findCommandFiles(document, look);
    const files = found && allOf(found.files.map((file) => commands(file.uri, file.text, look)));
    fleets.set(uri, { document, inputs: before?.inputs, analysis: before?.analysis });
    if (severities === undefined || found === undefined || files === undefined) return undefined;
    const inputs = { commandFiles: files, unreadable: found.unreadable, severities };
    if (before?.analysis?.text === text && sameFleetInputs(before.inputs, inputs)) return before.analysis;
    const analysis = checkFleetFile(document, inputs);
    fleets.set(uri, { document, inputs, analysis });
    return analysis;
  }

  function runbookInputs(document: RunbookDocument, look: Look): RunbookInputs | undefined {
    const { uri, head } = document;
    const severities = severitiesOf(uri, look);
    const found = findFleets(uri, head.fleets, look, { chosen: wants.fleet, wished: wants.editor(uri).fleet });
    const analyses = found && allOf(found.uris.map((one) => fleetAt(one, look)));
    if (severities === undefined || found === undefined || analyses === undefined) return undefined;
    return { fleets: analyses, lookup: found.lookup, severities };
  }

  function fleetAt(uri: string, look: Look): FleetAnalysis | undefined {
    const result = look.text(uri);
    return result && 'text' in result ? fleet(uri, result.text, look) : undefined;
  }

  return {
    config,
    commands,
    fleet,
    runbook: runbooks.read,
    nextVersion: runbooks.nextVersion,
    last: (uri) =>
      runbooks.last(uri) ?? fleets.get(uri)?.analysis ?? commandFiles.get(uri)?.analysis ?? configs.get(uri),
    forget(uri) {
      for (const known of [fleets, commandFiles, configs]) known.delete(uri);
      runbooks.forget(uri);
    },
  };
}

function sameFleetInputs(a: FleetInputs | undefined, b: FleetInputs): boolean {
  return (
    a?.severities === b.severities &&
    sameItems(a.commandFiles, b.commandFiles) &&
    JSON.stringify(a.unreadable) === JSON.stringify(b.unreadable)
  );
}
