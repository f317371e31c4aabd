import type { Analysis, FleetAnalysis } from '../../lint/analysis.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { type NameKind, namesIn, type Occurrence } from './names.ts';

/** Names that mean something in their own file only. */
const local: ReadonlySet<NameKind> = new Set(['parameter', 'step']);

/** A name in a file. */
export interface PlacedName extends Occurrence {
  readonly file: Analysis;
}

/** The fleets that a file speaks of: a fleet itself, and those that a runbook is checked against. */
export function fleetsOf(analysis: Analysis): readonly FleetAnalysis[] {
  if (analysis.kind === 'fleet') return [analysis];
  return analysis.kind === 'runbook' ? analysis.runs.map(({ fleet }) => fleet) : [];
}

/**
 * Every place at which a name means what it means in `analysis`: in its fleets, their commands files, and the runbooks of those fleets.
 * Where a runbook is checked against several fleets that know the name, it is one name in all of them.
 * `others` are the files that may belong to it; a file of another fleet is not asked.
 */
export function placesOf(analysis: Analysis, name: Occurrence, others: readonly Analysis[]): readonly PlacedName[] {
  return filesOf(analysis, name, others).flatMap(({ file, capacities }) =>
    namesIn(file, capacities)
      .filter(({ kind, name: other }) => kind === name.kind && other === name.name)
      .map((one) => ({ ...one, file })),
  );
}

interface FileOfFamily {
  readonly file: Analysis;
  readonly capacities: readonly Capacity[];
}

function filesOf(analysis: Analysis, name: Occurrence, others: readonly Analysis[]): readonly FileOfFamily[] {
  if (local.has(name.kind)) return [{ file: analysis, capacities: [] }];
  const all = [analysis, ...others];
  const fleets = new Map(fleetsAround(analysis, all).map((fleet) => [fleet.uri, fleet]));
  const runbooks = new Map<string, Analysis>();
  for (let grown = -1; grown !== fleets.size + runbooks.size; ) {
    grown = fleets.size + runbooks.size;
    for (const file of all) {
      if (file.kind !== 'runbook' || runbooks.has(file.uri)) continue;
      const own = fleetsOf(file);
      if (!own.some(({ uri }) => fleets.has(uri))) continue;
      runbooks.set(file.uri, file);
      if (!mentions(file, name)) continue;
      for (const fleet of own) if (mentions(fleet, name)) fleets.set(fleet.uri, fleet);
    }
  }
  const commands = new Map<string, { file: Analysis; capacities: Capacity[] }>();
  if (analysis.kind === 'commands') commands.set(analysis.uri, { file: analysis, capacities: [] });
  for (const { commandFiles, capacity } of fleets.values()) {
    for (const file of commandFiles) {
      const known = commands.get(file.uri) ?? { file, capacities: [] };
      commands.set(file.uri, known);
      known.capacities.push(capacity);
    }
  }
  return [...runbooks.values(), ...fleets.values()]
    .map((file) => ({ file, capacities: noCapacities as readonly Capacity[] }))
    .concat([...commands.values()]);
}

const noCapacities: readonly Capacity[] = [];

/** The fleets that a file belongs to; a commands file belongs to those that name it. */
export function fleetsAround(analysis: Analysis, all: readonly Analysis[]): readonly FleetAnalysis[] {
  if (analysis.kind !== 'commands') return fleetsOf(analysis);
  return all.flatMap(fleetsOf).filter(({ commandFiles }) => commandFiles.some(({ uri }) => uri === analysis.uri));
}

function mentions(file: Analysis, { kind, name }: Occurrence): boolean {
  return namesIn(file).some((one) => one.kind === kind && one.name === name);
}
