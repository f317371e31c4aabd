import type { TargetTerm } from '../commands/action.ts';
import type { Analysis, CommandsAnalysis, FleetAnalysis, RunbookAnalysis } from '../lint/analysis.ts';
import type { CommandTool } from '../model/commands.ts';
import type { Leaf } from '../model/leaf.ts';
import type { Capacity } from '../simulation/capacity.ts';
import { type Span, shift, touches } from '../syntax/span.ts';
import { stepAt, withInner } from './steps.ts';

export type NameKind = 'subsystem' | 'group' | 'host' | 'zone' | 'label' | 'parameter' | 'step' | 'tool' | 'file';

/** A name where it stands in a file. Two occurrences of one kind and name mean the same thing. */
export interface Occurrence {
  readonly kind: NameKind;
  /** The name that it is declared by: an alias has the name of its group. */
  readonly name: string;
  readonly span: Span;
  readonly declares: boolean;
}

/** Every name in a file, in the order of the walk. */
export function namesIn(analysis: Analysis): readonly Occurrence[] {
  switch (analysis.kind) {
    case 'runbook':
      return [...headNames(analysis), ...analysis.steps.flatMap((_, index) => stepNames(analysis, index))];
    case 'fleet':
      return fleetNames(analysis);
    case 'commands':
      return analysis.tools.map(toolName);
    case 'config':
      return [];
  }
}

/** The name at an offset of the file; of several, the shortest. */
export function nameAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const index = analysis.kind === 'runbook' ? stepAt(analysis, offset)?.path[0] : undefined;
  const near = analysis.kind === 'runbook' && index !== undefined ? stepNames(analysis, index) : undefined;
  const here = (names: readonly Occurrence[]) =>
    names
      .filter(({ span }) => touches(span, offset))
      .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  if (near === undefined) return here(namesIn(analysis));
  // Keys of the head may stand behind the steps.
  return here(near) ?? (analysis.kind === 'runbook' ? here(headNames(analysis)) : undefined);
}

function headNames({ head }: RunbookAnalysis): readonly Occurrence[] {
  return [
    ...head.fleets.flatMap((leaf) => occurrence('file', leaf, false)),
    ...head.parameters.flatMap(({ name }) => occurrence('parameter', name, true)),
  ];
}

function stepNames(analysis: RunbookAnalysis, index: number): readonly Occurrence[] {
  const place = analysis.steps[index];
  const capacity = analysis.runs[0]?.fleet.capacity;
  if (place === undefined) return [];
  const names = withInner(place.reading).flatMap(({ step, actions, commands }) => [
    ...occurrence('step', step.id, true),
    ...('steps' in step
      ? []
      : step.uses.map(({ name, span }) => ({ kind: 'parameter', name, span, declares: false }) as const)),
    ...actions.flatMap(({ target }) => target.terms.flatMap((term) => termName(term, capacity))),
    ...actions.flatMap(({ restores }) =>
      restores === undefined
        ? []
        : [{ kind: 'step', name: restores.value, span: restores.span, declares: false } as const],
    ),
    ...(step.kind === 'check' ? occurrence('subsystem', step.subsystem, false) : []),
    ...occurrence('subsystem', step.intent?.subsystem, false),
    ...occurrence('group', step.intent?.group, false),
    ...commands.map(({ tool, toolSpan }) => ({ kind: 'tool', name: tool, span: toolSpan, declares: false }) as const),
  ]);
  return names.map((name) => ({ ...name, span: shift(name.span, place.offset) }));
}

/** What a word of a target is the name of. */
function termName({ role, text, span }: TargetTerm, capacity: Capacity | undefined): readonly Occurrence[] {
  const at = (kind: NameKind, name: string) => [{ kind, name, span, declares: false }];
  const last = text.slice(text.lastIndexOf('/') + 1);
  const group = capacity?.groupByName.get(text) ?? capacity?.groupByName.get(last);
  if (role === 'selector') return at('label', text);
  if (role === 'hosts') return at('host', text);
  if (role === 'zone') return at('zone', text);
  if (role === 'subsystem') return at('subsystem', text);
  if (role === 'group') return at('group', group?.name ?? text);
  if (group !== undefined) return at('group', group.name);
  if (capacity?.subsystemByName.has(text)) return at('subsystem', text);
  return at(capacity?.zones.includes(text) ? 'zone' : 'host', text);
}

function fleetNames({ fleet, capacity }: FleetAnalysis): readonly Occurrence[] {
  const aliased = (leaf: Leaf<string>) => ({
    ...leaf,
    value: capacity.groupByName.get(leaf.value ?? '')?.name ?? leaf.value,
  });
  return [
    ...fleet.subsystems.flatMap(({ name, dependsOn }) => [
      ...occurrence('subsystem', name, true),
      ...dependsOn.flatMap((leaf) => occurrence('subsystem', leaf, false)),
    ]),
    ...fleet.groups.flatMap((group) => [
      ...occurrence('group', group.name, true),
      ...group.aliases.flatMap((alias) => occurrence('group', aliased(alias), true)),
      ...group.serves.flatMap(({ subsystem }) => occurrence('subsystem', subsystem, false)),
      ...(group.hosts ?? []).flatMap((word) => occurrence('host', word, true)),
      ...occurrence('zone', group.zone, true),
      ...group.labels.map(({ key, value }) => ({
        kind: 'label' as const,
        name: `${key.value}=${value.value}`,
        span: { start: key.span.start, end: value.span.end },
        declares: true,
      })),
    ]),
    ...fleet.commands.map(toolName),
    ...fleet.commandFiles.flatMap((leaf) => occurrence('file', leaf, false)),
  ];
}

function toolName({ tool }: CommandsAnalysis['tools'][number] | CommandTool): Occurrence {
  return { kind: 'tool', name: tool.value ?? '', span: tool.span, declares: true };
}

function occurrence(kind: NameKind, leaf: Leaf<string> | undefined, declares: boolean): readonly Occurrence[] {
  return leaf?.value === undefined ? [] : [{ kind, name: leaf.value, span: leaf.span, declares }];
}
