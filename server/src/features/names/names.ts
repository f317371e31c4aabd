import type { Analysis, RunbookAnalysis } from '../../lint/analysis.ts';
import { usesIn } from '../../model/read-leaf.ts';
import type { Parameter, RunbookHead } from '../../model/runbook.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { sameItems } from '../../syntax/changed-range.ts';
import { type Span, shift, touches } from '../../syntax/span.ts';
import type { Node } from '../../syntax/tree.ts';
import { stepAt } from '../steps/steps.ts';
import { brokenNames, isBroken } from './broken-names.ts';
import { commandsNames, fleetNames } from './fleet-names.ts';
import { declared, none, type Occurrence, used } from './occurrence.ts';
import { type NameContext, stepNames } from './step-names.ts';

export type { NameKind, Occurrence } from './occurrence.ts';

const known = new WeakMap<Analysis, readonly Occurrence[]>();

/** Every name in a file, in the order of the walk. Names of a fleet in a commands file are known with the `capacities` of its fleets. */
export function namesIn(analysis: Analysis, capacities: readonly Capacity[] = noCapacities): readonly Occurrence[] {
  if (analysis.kind === 'commands' && capacities.length > 0) return commandsNames(analysis, capacities);
  const before = known.get(analysis);
  if (before !== undefined) return before;
  const names = findNames(analysis);
  known.set(analysis, names);
  return names;
}

const noCapacities: readonly Capacity[] = [];

/** The names in a stretch of a file, and perhaps some around it: of a long runbook, only the steps there are asked. */
export function namesAround(analysis: Analysis, span: Span): readonly Occurrence[] {
  if (analysis.kind !== 'runbook') return namesIn(analysis);
  const steps = analysis.steps.flatMap((place, index) =>
    place.span.end < span.start || place.span.start > span.end ? none : namesOfStep(analysis, index),
  );
  return [...headNames(analysis), ...steps];
}

function findNames(analysis: Analysis): readonly Occurrence[] {
  switch (analysis.kind) {
    case 'runbook': {
      const steps = analysis.steps.flatMap((_, index) => namesOfStep(analysis, index));
      return [...headNames(analysis), ...givenNames(analysis, steps), ...steps];
    }
    case 'fleet':
      return fleetNames(analysis);
    case 'commands':
      return commandsNames(analysis, noCapacities);
    case 'config':
      return none;
  }
}

/** The name at an offset of the file; of several, the shortest. */
export function nameAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const index = analysis.kind === 'runbook' ? stepAt(analysis, offset)?.path[0] : undefined;
  const near = analysis.kind === 'runbook' && index !== undefined ? namesOfStep(analysis, index) : none;
  const here = (names: readonly Occurrence[]) =>
    names
      .filter(({ span }) => touches(span, offset))
      .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  const found = here(near);
  if (found !== undefined || (analysis.kind === 'runbook' && isInSteps(analysis, offset))) return found;
  return here(namesIn(analysis));
}

function isInSteps({ steps }: RunbookAnalysis, offset: number): boolean {
  const [first, last] = [steps[0], steps.at(-1)];
  return first !== undefined && last !== undefined && first.span.start <= offset && offset <= last.span.end;
}

const contexts = new WeakMap<
  RunbookHead,
  { readonly capacities: readonly Capacity[]; readonly context: NameContext }
>();

/** The same object while neither the head nor the fleets are others, so that names of unchanged steps are kept. */
function contextOf({ head, runs }: RunbookAnalysis): NameContext {
  const before = contexts.get(head);
  const capacities = runs.map(({ fleet }) => fleet.capacity);
  if (before !== undefined && sameItems(before.capacities, capacities)) return before.context;
  const parameters = new Set(head.parameters.flatMap(({ name }) => name.value ?? []));
  const context = { capacities, parameters };
  contexts.set(head, { capacities, context });
  return context;
}

function namesOfStep(analysis: RunbookAnalysis, index: number): readonly Occurrence[] {
  const place = analysis.steps[index];
  if (place === undefined) return none;
  const block = analysis.text.slice(place.offset, place.span.end);
  const context = contextOf(analysis);
  const read = stepNames(place.reading, context, block);
  const names = isBroken(place.reading) ? together(read, brokenNames(place.node, context, block)) : read;
  return names.length === 0 ? none : names.map((name) => ({ ...name, span: shift(name.span, place.offset) }));
}

function together(names: readonly Occurrence[], more: readonly Occurrence[]): readonly Occurrence[] {
  const isThere = ({ span }: Occurrence) => names.some((name) => name.span.start === span.start);
  return [...names, ...more.filter((name) => !isThere(name))];
}

function headNames({ head, root }: RunbookAnalysis): readonly Occurrence[] {
  return [
    ...head.fleets.flatMap((leaf) => used('file', leaf)),
    ...head.parameters.flatMap(({ name }) => declared('parameter', name)),
    ...(root?.kind === 'mapping' ? root.entries : []).flatMap(({ key, value }) =>
      key.value === 'steps' || key.value === 'parameters' ? none : parametersUsed(value),
    ),
  ];
}

function parametersUsed(node: Node | undefined): readonly Occurrence[] {
  if (node === undefined) return none;
  if (node.kind === 'mapping') return node.entries.flatMap(({ value }) => parametersUsed(value));
  if (node.kind === 'sequence') return node.items.flatMap(parametersUsed);
  return usesIn(node).map(({ name, span }) => ({ kind: 'parameter', name, written: name, span, declares: false }));
}

/** Where a name comes in by a parameter, its default and the values that it may take are names of the same kind. */
function givenNames({ head, runs }: RunbookAnalysis, inSteps: readonly Occurrence[]): readonly Occurrence[] {
  const named = head.parameters.filter((parameter) => textsOf(parameter).length > 0);
  if (named.length === 0) return none;
  const uses = inSteps.filter(({ kind }) => kind === 'parameter');
  return named.flatMap((parameter) => {
    const spots = uses.filter(({ name }) => name === parameter.name.value);
    const kinds = new Set(
      inSteps.flatMap(({ kind, span }) =>
        kind !== 'parameter' && spots.some((use) => span.start <= use.span.start && use.span.end <= span.end)
          ? kind
          : [],
      ),
    );
    return textsOf(parameter).flatMap((leaf) =>
      [...kinds].flatMap((kind) =>
        used(kind, leaf).flatMap((one) => {
          const group = runs.map(({ fleet }) => fleet.capacity.groupByName.get(one.name)).find((found) => found);
          if (kind !== 'group' || group === undefined) return [one];
          return [{ ...one, kind: group.declared === undefined ? 'subsystem' : 'group', name: group.name } as const];
        }),
      ),
    );
  });
}

function textsOf({ default: usual, allowed = [] }: Parameter) {
  return [...(usual === undefined ? [] : [usual]), ...allowed];
}
