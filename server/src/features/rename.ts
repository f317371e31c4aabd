import type { Analysis, RunbookAnalysis } from '../lint/analysis.ts';
import { intersection, parseHosts } from '../model/hosts.ts';
import type { Edit } from '../rules/finding.ts';
import type { Span } from '../syntax/span.ts';
import { fleetsAround, fleetsOf, type PlacedName, placesOf } from './names/family.ts';
import { nameAt, namesIn } from './names/names.ts';
import { isSpelledOut, type NameKind, type Occurrence } from './names/occurrence.ts';

/** Why a name cannot be renamed, or not so: a whole sentence. */
interface Refusal {
  readonly why: string;
}

/** A name that can be renamed. */
interface Renameable {
  readonly span: Span;
  /** The name as it is now. */
  readonly written: string;
}

export interface PlacedEdit extends Edit {
  readonly uri: string;
}

const words: Readonly<Record<NameKind, string>> = {
  subsystem: 'subsystem',
  group: 'group or alias',
  host: 'host',
  zone: 'zone',
  label: 'label',
  labelKey: 'label',
  parameter: 'parameter',
  step: 'step',
  tool: 'tool',
  file: 'file',
};

/** What a rename at an offset would take the place of; undefined where there is no name. */
export function renameableAt(analysis: Analysis, offset: number): Renameable | Refusal | undefined {
  const name = nameAt(analysis, offset);
  if (name === undefined) return undefined;
  if (name.kind === 'file') return { why: 'A file is renamed where files are shown, not in the text that names it.' };
  if (name.kind === 'host' && !isPlain(name.name)) {
    return { why: `\`${name.name}\` names several hosts at once, so that one new name cannot stand for them.` };
  }
  if (name.kind === 'tool' && !toolsOf(analysis).has(name.name)) {
    return {
      why: `\`${name.name}\` is declared in no file of this fleet, and a command that is on the machines is not renamed here.`,
    };
  }
  if (!isSpelledOut(name, analysis.text)) {
    return { why: `\`${name.written}\` is not spelled out here. Rename it where it is.` };
  }
  return { span: name.span, written: name.written };
}

/** The tools that the user declares, by all their names. */
function toolsOf(analysis: Analysis): ReadonlySet<string | undefined> {
  const own = analysis.kind === 'commands' ? analysis.tools : fleetsOf(analysis).flatMap(({ tools }) => tools);
  return new Set(own.flatMap(({ tool, aliases }) => [tool.value, ...aliases.map(({ value }) => value)]));
}

/** The edits, in all its files, that give the name at an offset another. `others` are files that may have it too. */
export function renameAt(
  analysis: Analysis,
  offset: number,
  newName: string,
  others: readonly Analysis[],
): readonly PlacedEdit[] | Refusal | undefined {
  const name = nameAt(analysis, offset);
  const renameable = renameableAt(analysis, offset);
  if (name === undefined || renameable === undefined || 'why' in renameable) return renameable && refusal(renameable);
  if (newName === name.written) return [];
  const places = placesOf(analysis, name, others).filter((place) => place.written === name.written);
  const why =
    unfit(name.kind, newName) ?? taken(analysis, name, newName, others) ?? hidden(places, name, analysis, others);
  if (why !== undefined) return { why };
  const edits = places
    .filter((place) => isSpelledOut(place, place.file.text))
    .map(({ file, span }): PlacedEdit => ({ uri: file.uri, span, newText: newName }));
  return [...new Map(edits.map((edit) => [`${edit.uri} ${edit.span.start}`, edit])).values()];
}

function refusal(found: Renameable | Refusal): Refusal {
  return 'why' in found ? found : { why: 'It cannot be renamed.' };
}

/** Names that mean themselves in YAML, in a shell and in a list of hosts, whatever stands around them. */
function unfit(kind: NameKind, newName: string): string | undefined {
  if (kind === 'parameter' && !/^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u.test(newName)) {
    return `\`${newName}\` cannot be the name of a parameter: use letters, digits, \`-\` and \`_\`, beginning with a letter.`;
  }
  if (/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u.test(newName)) return undefined;
  return `\`${newName}\` would not mean the same everywhere: use letters, digits, \`-\`, \`_\` and \`.\`, beginning with a letter or a digit.`;
}

const inFile: ReadonlySet<NameKind> = new Set(['parameter', 'step']);

/** A name that means something else already. */
function taken(analysis: Analysis, name: Occurrence, newName: string, others: readonly Analysis[]): string | undefined {
  const isThere = `There is a ${words[name.kind]} \`${newName}\` already. Choose another name.`;
  if (inFile.has(name.kind) || name.kind === 'tool') {
    const declared = namesIn(analysis).some((one) => one.declares && one.kind === name.kind && one.written === newName);
    return declared ? isThere : undefined;
  }
  const key = name.name.slice(0, name.name.indexOf('='));
  for (const { capacity } of fleetsAround(analysis, [analysis, ...others])) {
    if (name.kind === 'zone') {
      if (capacity.zones.includes(newName)) return isThere;
      continue;
    }
    if (name.kind === 'label' || name.kind === 'labelKey') {
      const labels = capacity.groups.flatMap((group) => [...group.labels]);
      const same = ([one, value]: readonly [string, string]) =>
        name.kind === 'labelKey' ? one === newName : one === key && value === newName;
      if (labels.some(same)) return isThere;
      continue;
    }
    const { set } = parseHosts([newName]);
    const hosts = capacity.groups.some((group) => group.hosts && intersection(group.hosts, set).size > 0);
    if (capacity.groupByName.has(newName) || capacity.subsystemByName.has(newName) || hosts) {
      return `The fleet has something called \`${newName}\` already. Choose another name.`;
    }
  }
  return undefined;
}

/** A place that means the name and does not spell it, so that no edit can follow the rename there. */
function hidden(
  places: readonly PlacedName[],
  name: Occurrence,
  analysis: Analysis,
  others: readonly Analysis[],
): string | undefined {
  const place =
    places.find((one) => !isSpelledOut(one, one.file.text) && !isGiven(one)) ??
    (name.kind === 'host' ? inRange(analysis, name, others) : undefined);
  if (place === undefined) return undefined;
  const { file, span } = place;
  const line = file.text.slice(0, span.start).split(/\r\n|\n|\r/).length;
  const fileName = decodeURIComponent(file.uri.slice(file.uri.lastIndexOf('/') + 1));
  const source = file.text.slice(span.start, span.end);
  return `\`${name.written}\` comes out of \`${source}\` in line ${line} of ${fileName}, which cannot be rewritten. Spell it out there first.`;
}

/** `{{ pool }}` says the name by a parameter whose default is renamed itself. */
function isGiven({ file, span, written }: PlacedName): boolean {
  const source = file.text.slice(span.start, span.end);
  const parameter = /^(?:\{\{\s*([\p{L}\p{M}\p{N}_-]+)\s*\}\}|\$\{?(\w+)\}?)$/u.exec(source);
  const name = parameter?.[1] ?? parameter?.[2];
  if (file.kind !== 'runbook' || name === undefined) return false;
  return defaultOf(file, name) === written;
}

function defaultOf({ head }: RunbookAnalysis, name: string): string | undefined {
  return head.parameters.find((parameter) => parameter.name.value === name)?.default?.value;
}

function isPlain(host: string): boolean {
  return /^[\p{L}\p{M}\p{N}_.-]+$/u.test(host);
}

/** A list that holds the host among others. */
function inRange(analysis: Analysis, name: Occurrence, others: readonly Analysis[]): PlacedName | undefined {
  const { set } = parseHosts([name.name]);
  const files = [analysis, ...others].flatMap((file) => [file, ...fleetsOf(file)]);
  for (const file of files) {
    for (const one of namesIn(file)) {
      if (one.kind !== 'host' || isPlain(one.name)) continue;
      if (intersection(parseHosts([one.name]).set, set).size > 0) return { ...one, file };
    }
  }
  return undefined;
}
