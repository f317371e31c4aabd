import type { Analysis } from '../lint/analysis.ts';
import { readFleetFile, readRunbook } from '../lint/lint.ts';
import type { FileKind } from '../model/file-kind.ts';
import type { EditorWishes } from './editor-wishes.ts';
import { configNames, findConfig } from './find-config.ts';
import { type FoundFleets, findFleets } from './find-fleet.ts';
import { type Decided, kindOf } from './kind.ts';
import type { Look } from './look.ts';
import { whyNot } from './unreadable.ts';
import { relativePath } from './uri.ts';

/** Why a file is checked, or is not, and against what. URIs are canonical. */
export interface Explanation {
  readonly kind: FileKind;
  readonly by: Decided;
  readonly fleets: readonly { readonly uri: string; readonly name: string; readonly because: string }[];
  /** The configuration that applies. */
  readonly config: string | undefined;
  /** All of it, for people to read. */
  readonly sentences: readonly string[];
}

/** What is said of the file from outside. */
interface Guidance {
  /** The one fleet for every runbook. */
  readonly chosen: string | undefined;
  editor(uri: string): EditorWishes;
}

/** What the file is taken for, found out anew; undefined where files have to be loaded first. */
export function explainFile(
  uri: string,
  look: Look,
  last: Analysis | undefined,
  guidance: Guidance,
): Explanation | undefined {
  const result = look.text(uri);
  if (result === undefined) return undefined;
  if (!('text' in result)) {
    return { ...nothing, sentences: [`It is not checked: ${whyNot(result.why)}.`] };
  }
  const { kind, by } = kindOf(uri, result.text, guidance.editor, last);
  if (kind === 'other') return nothing;
  const config = findConfig(uri, look, guidance.editor(uri).config);
  const found = kind === 'runbook' ? fleetsOf(uri, result.text, look, guidance) : noFleets;
  if (config === undefined || found === undefined) return undefined;
  const configUri = config === 'none' ? undefined : config.uri;
  const sentences = [kindSentence(kind, by), ...found.sentences, configSentence(uri, configUri)];
  return { kind, by, fleets: found.fleets, config: configUri, sentences };
}

const nothing: Explanation = {
  kind: 'other',
  by: 'nothing',
  fleets: [],
  config: undefined,
  sentences: [
    'It is not checked: it is none of the files that are.',
    'A runbook is called `*.runbook.yaml`, `*.runbook.yml`, `runbook.yaml` or `runbook.yml`, or has a key `runbook:` at its first column.',
    'A fleet is called `*.fleet.yaml` or `*.fleet.yml`, or has the keys `fleet:` and `subsystems:` at its first column.',
    'A commands file is called `*.commands.yaml` or `*.commands.yml`, or a fleet names it under `commandFiles`.',
  ],
};

const kindWords = { runbook: 'a runbook', fleet: 'a fleet', commands: 'a commands file', config: 'a configuration' };
const contentKeys = { runbook: '`runbook:`', fleet: '`fleet:` and `subsystems:`', commands: '', config: '' };

function kindSentence(kind: Exclude<FileKind, 'other'>, by: Decided): string {
  const what = `It is checked as ${kindWords[kind]}`;
  if (by === 'name') return `${what}, because of its name.`;
  if (by === 'setting') return `${what}, because the setting \`runbookLint.files.${kind}s\` says so.`;
  if (by === 'content') return `${what}, because ${contentKeys[kind]} stands at its first column.`;
  return `${what}, because a fleet names it under \`commandFiles\`.`;
}

function configSentence(uri: string, config: string | undefined): string {
  if (config === undefined)
    return `There is no \`${configNames[0]}\` in its folder or above: severities are the defaults.`;
  return `Severities are those of \`${relativePath(uri, config)}\`.`;
}

interface Fleets {
  readonly fleets: Explanation['fleets'];
  readonly sentences: readonly string[];
}

const noFleets: Fleets = { fleets: [], sentences: [] };

function fleetsOf(uri: string, text: string, look: Look, { chosen, editor }: Guidance): Fleets | undefined {
  const { head } = readRunbook(uri, text);
  const wished = editor(uri).fleet;
  const found = findFleets(uri, head.fleets, look, { chosen, wished });
  if (found === undefined) return undefined;
  const because =
    chosen !== undefined
      ? 'it was chosen for every runbook'
      : head.fleets.length > 0
        ? 'the runbook names it under `fleet`'
        : wished !== undefined
          ? 'the setting `runbookLint.fleet.path` names it'
          : 'it is the only one in the nearest folder that has any';
  const fleets = found.uris.map((one) => ({ uri: one, name: fleetName(one, look), because }));
  return { fleets, sentences: fleetSentences(uri, fleets, found) };
}

function fleetName(uri: string, look: Look): string {
  const result = look.text(uri);
  return (result && 'text' in result && readFleetFile(uri, result.text).fleet.name?.value) || '';
}

function fleetSentences(uri: string, fleets: Explanation['fleets'], { lookup }: FoundFleets): readonly string[] {
  const used = fleets.map(
    ({ uri: fleet, name, because }) =>
      `It is checked against the fleet ${name === '' ? '' : `\`${name}\` of `}\`${relativePath(uri, fleet)}\`, because ${because}.`,
  );
  const lost = lookup.unreadable.map(({ path, why }) => `The fleet \`${path}\` cannot be used: ${why}.`);
  if (used.length + lost.length > 0) return [...used, ...lost];
  const nearby = lookup.nearby ?? [];
  if (nearby.length === 0) return ['There is no fleet in its folder or above, so its capacity is not checked.'];
  const names = nearby.map((name) => `\`${name}\``).join(', ');
  return [
    `There is more than one fleet nearby (${names}), and it names none under \`fleet\`, so its capacity is not checked.`,
  ];
}
