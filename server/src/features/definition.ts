import type { Analysis, FleetAnalysis } from '../lint/analysis.ts';
import { intersection, parseHosts } from '../model/hosts.ts';
import { fleetsAround, fleetsOf } from './names/family.ts';
import { nameAt, namesIn, type Occurrence } from './names/names.ts';
import type { Place } from './place.ts';

/** Where the name at an offset is declared. */
export function definitionAt(analysis: Analysis, offset: number): readonly Place[] {
  const name = nameAt(analysis, offset);
  return name === undefined ? [] : declarationsOf(analysis, name);
}

/** The places that declare a name: in the file itself, in its fleets, and in their commands files. */
function declarationsOf(analysis: Analysis, name: Occurrence): readonly Place[] {
  if (name.kind === 'file') return filePlaces(analysis, name.name);
  if (name.kind === 'host') return fleetsOf(analysis).flatMap((fleet) => hostPlaces(fleet, name.name));
  return reach(analysis).flatMap((file) =>
    namesIn(file)
      .filter(({ kind, name: other, declares }) => declares && kind === name.kind && other === name.name)
      .slice(0, name.kind === 'zone' ? 1 : undefined)
      .map(({ span }) => ({ uri: file.uri, span })),
  );
}

/** The file and everything that its names may be declared in. */
function reach(analysis: Analysis): readonly Analysis[] {
  const fleets = fleetsAround(analysis, [analysis]);
  const own = analysis.kind === 'fleet' ? [] : [analysis];
  return [...own, ...fleets, ...fleets.flatMap(({ commandFiles }) => commandFiles)];
}

/** The host lists that hold one of the hosts. */
function hostPlaces({ fleet, uri }: FleetAnalysis, word: string): readonly Place[] {
  const { set } = parseHosts([word]);
  return fleet.groups.flatMap(({ hosts = [] }) =>
    hosts
      .filter(({ value }) => value !== undefined && intersection(parseHosts([value]).set, set).size > 0)
      .map(({ span }) => ({ uri, span })),
  );
}

function filePlaces(analysis: Analysis, path: string): readonly Place[] {
  const tail = path.replace(/^(?:\.\/)+/, '').replace(/^(?:\.\.\/)+/, '');
  const files: readonly Analysis[] = analysis.kind === 'fleet' ? analysis.commandFiles : fleetsOf(analysis);
  return files
    .filter(({ uri }) => decodeURIComponent(uri).endsWith(`/${tail}`))
    .map(({ uri }) => ({ uri, span: { start: 0, end: 0 } }));
}
