import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetAnalysis, RunbookAnalysis } from '../../server/src/lint/analysis.ts';
import {
  checkCommandsFile,
  checkFleetFile,
  checkRunbook,
  type RunbookDocument,
  readFleetFile,
  readRunbook,
} from '../../server/src/lint/lint.ts';

/** Files by name. */
export type Folder = Readonly<Record<string, string>>;

/** The YAML files of a folder on disk. */
export function folderAt(path: string): Folder {
  const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

const severities = new Map();

/** The fleet of a folder with its commands files, checked without a file system. */
export function fleetIn(folder: Folder): FleetAnalysis | undefined {
  const name = Object.keys(folder).find((file) => file.includes('.fleet.'));
  if (name === undefined) return undefined;
  const document = readFleetFile(`file:///${name}`, folder[name] ?? '');
  const commandFiles = document.fleet.commandFiles.map(({ value }) => {
    const file = (value ?? '').replace('./', '');
    return checkCommandsFile(`file:///${file}`, folder[file] ?? '', severities);
  });
  return checkFleetFile(document, { commandFiles, unreadable: [], severities });
}

/** A runbook checked against a fleet, and what it takes to check its next version. */
export interface Checked {
  readonly document: RunbookDocument;
  readonly analysis: RunbookAnalysis;
}

export function checkText(text: string, fleet: FleetAnalysis | undefined, previous?: Checked): Checked {
  const document = readRunbook('file:///x.runbook.yaml', text, previous?.document);
  const inputs = {
    fleets: fleet === undefined ? [] : [fleet],
    lookup: { unreadable: [], nearby: fleet === undefined ? [] : undefined },
    severities,
  };
  return { document, analysis: checkRunbook(document, inputs, previous?.analysis) };
}
