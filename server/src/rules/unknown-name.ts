import { parseHosts } from '../model/hosts.ts';
import type { Leaf } from '../model/leaf.ts';
import { type Nearest, nearest } from '../model/nearest.ts';
import type { Step } from '../model/runbook.ts';
import { isNameOf } from '../simulation/fleet/resolve.ts';
import type { UnknownName } from '../simulation/outcome.ts';
import type { Span } from '../syntax/span.ts';
import type { Fix, Related } from './finding.ts';
import { hasKnownSize } from './fleet/doubts.ts';
import type { Report, Rule, StepContext, UnreadablePath } from './rule.ts';
import { list, quoted } from './telling/words.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';

/** A name that nothing answers to: the step cannot be judged, and would fail or hit something else when it is run. */
export const unknownName: Rule = {
  id: 'unknown-name',
  severity: 'error',
  title: 'No such name',
  summary: 'There is no subsystem, group, host, zone, label, parameter, step or file of that name.',
  details: [
    'Names are looked for among the groups of the fleet, their aliases, subsystems, hosts and zones.',
    'Where a name of the fleet is near, it is offered as a correction.',
    'A name that belongs to something else can be listed under `outside` in the fleet.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Debug billing\nsteps:\n  - remove: { subsystem: biling, count: 2 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Debug billing\nsteps:\n  - remove: { subsystem: billing, count: 2 }\n',
    'x.fleet.yaml': fleet,
  },
  checkStep(context) {
    const { outcome, step } = context;
    if (outcome?.verdict === 'safe' && isActedOn(step) && step.uses.length === 0) return none;
    const report = (unknown: UnknownName) => {
      if (unknown.kind === 'step') return reportStep(unknown, context);
      if (mayBeThere(unknown, context)) return reportUnread(unknown);
      return withDeclaration(
        ofOtherKind(unknown, context) ?? reportPosition(unknown, context),
        unknown.kind === 'label',
        context,
      );
    };
    const names = (outcome?.actions ?? []).flatMap(({ unknown }) => unknown.map(report));
    const inTargets = onceAPlace(names.concat(slips(context)));
    return inTargets.concat(mentions(context).map(report), parameters(context));
  },
  checkRunbook: ({ lookup, head }) => lookup.unreadable.flatMap((path) => reportPath(path, head.titleKey) ?? []),
  checkFleet: ({ unreadable }) => unreadable.flatMap((path) => reportPath(path) ?? []),
  mendsSpelling: true,
  fixes: correction,
};

/** Options and verbs that are spelled wrong. */
function slips({ actions }: StepContext): readonly Report[] {
  return actions.flatMap(({ obstacle }) => {
    if (obstacle?.slip === undefined) return [];
    const { kind, tool, name, among } = obstacle.slip;
    const what = kind === 'option' ? 'option' : 'command';
    return [reportMissing(`\`${tool}\` has no ${what} \`${name}\``, name, obstacle.span, among)];
  });
}

/** Leads from *did you mean* to where that name is declared. */
function withDeclaration(report: Report, isLabel: boolean, context: StepContext): Report {
  const name = (report.data as Nearest | undefined)?.name;
  const place = name === undefined ? undefined : declarationOf(name, isLabel, context);
  return place === undefined
    ? report
    : { ...report, related: [{ ...place, message: `\`${name}\` is declared here.` }] };
}

function declarationOf(
  name: string,
  isLabel: boolean,
  { fleet: declared, fleetUri }: StepContext,
): Omit<Related, 'message'> | undefined {
  if (declared === undefined || fleetUri === undefined) return undefined;
  const { groups, subsystems } = declared;
  const labels = groups.flatMap((group) => group.labels.map(({ value }) => value));
  const names = isLabel
    ? []
    : [
        ...groups.flatMap((group) => [group.name, ...group.aliases]),
        ...subsystems.map((subsystem) => subsystem.name),
        ...groups.flatMap(({ zone }) => zone ?? []),
      ];
  const leaves = [...names, ...labels];
  const leaf = leaves.find(({ value }) => value === name);
  return leaf && { uri: fleetUri, span: leaf.span };
}

/** The turns of a loop miss their names at the same place. */
function onceAPlace(reports: readonly Report[]): readonly Report[] {
  return reports.filter(({ span }, i) => reports.findIndex((other) => other.span.start === span.start) === i);
}

const kinds: Readonly<Record<UnknownName['kind'], string>> = {
  subsystem: 'subsystem',
  group: 'group',
  host: 'host',
  zone: 'zone',
  label: 'label',
  step: 'step with the id',
  name: 'group, subsystem, host or zone',
};

/** What stands where the id of a step belongs: a target, or the next step, indented so far that it became a part of the name. */
function reportStep(unknown: UnknownName, { capacity }: StepContext): Report {
  const { name, span, among } = unknown;
  const what = `There is no step with the id \`${name}\` in this runbook`;
  const [, next] = / - (\w+)/.exec(name) ?? [];
  if (next !== undefined)
    return {
      message: `${what}: \`- ${next}\` is indented too far, so that it is taken for a part of the name. Put its dash under those of the other steps.`,
      span,
    };
  const kind = kindOf(name, capacity);
  if (kind === undefined || among.includes(name)) return reportName(unknown);
  const written = `{ ${kind === 'host' ? 'hosts' : kind}: ${name} }`;
  return {
    message: `${what}, and there is a ${kind} of that name. Did you mean \`${written}\`?`,
    span,
    data: { name: written, certain: false } satisfies Nearest,
  };
}

/** The name of a subsystem where that of a group belongs, and the like. */
function ofOtherKind({ kind, name, span }: UnknownName, { capacity, step }: StepContext): Report | undefined {
  const other = kind === 'label' || kind === 'name' ? undefined : kindOf(name, capacity);
  if (other === undefined || other === kind) return undefined;
  const advice =
    step.kind === 'run' ? '' : ` Write \`${other === 'host' ? 'hosts' : other}: ${name}\` if that is meant.`;
  return {
    message: `There is no ${kinds[kind]} \`${name}\` in the fleet, but a ${other} of that name.${advice}`,
    span,
  };
}

function kindOf(name: string, capacity: StepContext['capacity']): 'group' | 'subsystem' | 'zone' | 'host' | undefined {
  if (capacity === undefined) return undefined;
  if (capacity.groupByName.has(name)) return 'group';
  if (capacity.subsystemByName.has(name)) return 'subsystem';
  if (capacity.zones.includes(name)) return 'zone';
  return isNameOf(name, capacity) ? 'host' : undefined;
}

/** `web-0[1-4]`, where brackets pick servers of a group by their positions, and hosts begin so. */
function reportPosition(unknown: UnknownName, { actions }: StepContext): Report {
  const { name, span, among } = unknown;
  const report = reportName(unknown);
  const isPosition = actions.some(({ target }) =>
    target.terms.some(
      ({ notation, text, span: { start } }) =>
        notation === 'ansible' && start === span.start && text.startsWith(`${name}[`),
    ),
  );
  if (!isPosition || !among.some((one) => one.startsWith(name))) return report;
  const advice = 'Brackets behind a name count the servers of a group here: write the hosts out, with commas.';
  return { ...report, message: `${report.message} ${advice}` };
}

function reportName({ kind, name, others = 0, span, among }: UnknownName): Report {
  const where = kind === 'step' ? 'in this runbook' : 'in the fleet';
  // A name that came out of a range, a pattern or a variable is not what stands there: no other can be put in its place.
  const isWritten = span.end - span.start === name.length;
  const more = others === 0 ? '' : `, nor ${others === 1 ? 'one more' : `${others} more`} of these`;
  const range = kind === 'host' && isWritten ? rangeOf(name, among) : undefined;
  if (range !== undefined) {
    const data: Nearest = { name: range, certain: false };
    return { message: `There is no host \`${name}\` ${where}. Did you mean \`${range}\`?`, span, data };
  }
  const what = `There is no ${kinds[kind]} \`${name}\` ${where}${more}`;
  const key = kind === 'label' ? name.slice(0, name.indexOf('=') + 1) : '';
  if (key === '' || span.end - span.start !== name.length - key.length)
    return isWritten ? reportMissing(what, name, span, among) : { message: `${what}.${zerosIn(name, among)}`, span };
  // In a step the key and the value of a label stand apart.
  const values = among.filter((label) => label.startsWith(key)).map((label) => label.slice(key.length));
  return reportMissing(what, name.slice(key.length), span, values);
}

/** `web[1-9]` where the hosts are `web01` and so on. */
function zerosIn(name: string, among: readonly string[]): string {
  const padded = ['0', '00', '000'].map((zeros) => name.replace(/\d+$/, (digits) => zeros + digits));
  const meant = among.find((one) => padded.includes(one));
  return meant === undefined ? '' : ` There is \`${meant}\`: zeros in front of a number belong to the name.`;
}

const mostInRange = 1000;

/** `web1-3`, which is a name, where the fleet has all the hosts that it is meant for. */
function rangeOf(name: string, among: readonly string[]): string | undefined {
  const [, before, from, to] = /^(.*\D)(\d+)-(\d+)$/.exec(name) ?? [];
  if (before === undefined || Number(to) - Number(from) > mostInRange) return undefined;
  const range = `${before}[${from}-${to}]`;
  const { set, problem } = parseHosts([range]);
  const known = new Set(among);
  return problem === undefined && [...set.names()].every((host) => known.has(host)) ? range : undefined;
}

/** The name may stand in a part of the fleet that cannot be read. */
function mayBeThere({ kind }: UnknownName, { fleet: declared, capacity }: StepContext): boolean {
  if (declared?.namesAreRead === false) return true;
  return (kind === 'host' || kind === 'name') && capacity?.groups.every(hasKnownSize) === false;
}

/** The fleet has a mistake of its own, of which each of its runbooks would be full. */
function reportUnread({ name, span }: UnknownName): Report {
  const message = `\`${name}\` cannot be looked up: the fleet has a mistake in its \`subsystems\` or \`groups\`. Mend the fleet first.`;
  return { message, span, severity: 'information' };
}

function reportMissing(what: string, name: string, span: Report['span'], among: readonly string[]): Report {
  const suggestion = nearest(name, among);
  const known =
    among.length > 0 && among.length <= 8 ? ` It knows ${among.map((one) => `\`${one}\``).join(', ')}.` : '';
  const advice = suggestion === undefined ? known : ` Did you mean \`${suggestion.name}\`?`;
  return { message: `${what}.${advice}`, span, data: suggestion };
}

/** The simulation looks up all names in the step; where it says that the step is safe, it knows them. */
function isActedOn({ kind, intent }: Step): boolean {
  return kind !== 'check' && kind !== 'broken' && intent === undefined;
}

/** Names on which the simulation does not act: those of a check, of an intent, and of a step that cannot be judged for another reason. */
function mentions({ step, capacity }: StepContext): readonly UnknownName[] {
  if (isActedOn(step) || capacity === undefined) return noNames;
  const target = step.kind === 'broken' ? step.target : undefined;
  const checked = step.kind === 'check' ? step.subsystem : undefined;
  const missing = (kind: UnknownName['kind'], leaf: Leaf<string> | undefined, known: ReadonlyMap<string, unknown>) =>
    leaf?.value === undefined || known.has(leaf.value)
      ? noNames
      : [{ kind, name: leaf.value, span: leaf.span, among: [...known.keys()] }];
  return [
    ...[checked, step.intent?.subsystem, target?.subsystem].flatMap((leaf) =>
      missing('subsystem', leaf, capacity.subsystemByName),
    ),
    ...[step.intent?.group, target?.group].flatMap((leaf) => missing('group', leaf, capacity.groupByName)),
  ];
}

const none: readonly Report[] = [];
const noNames: readonly UnknownName[] = [];

function parameters({ step, head }: StepContext): readonly Report[] {
  if (step.uses.length === 0 || !head.parametersAreRead) return [];
  const known = head.parameters.flatMap(({ name }) => name.value ?? []);
  return step.uses
    .filter(({ name }) => !known.includes(name))
    .map(({ name, span }) => {
      const report = reportMissing(`There is no parameter \`${name}\` in this runbook`, name, span, known);
      return report.data === undefined
        ? { ...report, message: `${report.message} Declare it under \`parameters\`.` }
        : report;
    });
}

/** Of a path in the settings nothing is said where there is no title to say it on, which has its own finding. */
function reportPath({ span, path, why, among }: UnreadablePath, title?: Span): Report | undefined {
  if (span === undefined) {
    if (title === undefined) return undefined;
    const message = `The fleet \`${path}\`, which the settings name, cannot be read: ${why}. Set another, or name one with \`fleet:\`.`;
    return { message, span: title };
  }
  const plain = path.replaceAll('\\', '/').replace(/^\.\//, '');
  const elsewhere = among.find((one) => one === plain || one.endsWith(`/${plain}`));
  if (elsewhere !== undefined) {
    const rule = path.includes('\\') ? 'Paths are written with `/`' : 'Paths count from the folder of this file';
    const data: Nearest = { name: elsewhere, certain: false };
    return { message: `\`${path}\` cannot be read: ${why}. ${rule}: did you mean \`${elsewhere}\`?`, span, data };
  }
  const near = nearest(path, among) !== undefined || among.length === 0 || among.length > 8;
  const others = near ? '' : `. Near it there ${among.length === 1 ? 'is' : 'are'} ${list(quoted(among))}`;
  const form = /[./]/.test(path) || path === '' ? '' : '. Write the path of a file';
  return reportMissing(`\`${path}\` cannot be read: ${why}${form}${others}`, path, span, near ? among : []);
}

function correction(report: Report): readonly Fix[] {
  const suggestion = report.data as Nearest | undefined;
  if (suggestion === undefined) return [];
  const edits = [{ span: report.span, newText: suggestion.name }];
  return [{ title: `Did you mean \`${suggestion.name}\`?`, preferred: true, spelling: suggestion.certain, edits }];
}
