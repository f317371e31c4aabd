import type { CommandReading } from '../../commands/action.ts';
import { isTargetRole } from '../../commands/meaning/target.ts';
import type { StepReading } from '../../commands/reading/read-step.ts';
import type { Leaf } from '../../model/leaf.ts';
import type { Step, Target } from '../../model/runbook.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { sourceSpan } from '../../syntax/decoding/scalar-source.ts';
import type { Scalar } from '../../syntax/tree.ts';
import { declared, none, type Occurrence, used } from './occurrence.ts';
import { targetNames } from './target-names.ts';

/** What names in a step are looked up in. */
export interface NameContext {
  readonly capacities: readonly Capacity[];
  /** Names of the declared parameters. */
  readonly parameters: ReadonlySet<string>;
}

const known = new WeakMap<StepReading, { readonly context: NameContext; readonly names: readonly Occurrence[] }>();

/** Every name in a step and those inside it, with places in its block; `block` is the block's text. */
export function stepNames(reading: StepReading, context: NameContext, block: string): readonly Occurrence[] {
  const before = known.get(reading);
  if (before?.context === context) return before.names;
  const names = [
    ...ownNames(reading, context, block),
    ...reading.inner.flatMap((step) => stepNames(step, context, block)),
  ];
  known.set(reading, { context, names });
  return names;
}

function ownNames(reading: StepReading, context: NameContext, block: string): readonly Occurrence[] {
  const { step, commands } = reading;
  return distinct([
    ...declared('step', step.id),
    ...step.uses.map(({ name, span }) => parameterAt(name, span)),
    ...(step.kind === 'restore' ? used('step', step.step) : none),
    ...structuredNames(step, context, block),
    ...(step.kind === 'check' ? used('subsystem', step.subsystem) : none),
    ...used('subsystem', step.intent?.subsystem),
    ...groupLeaf(step.intent?.group, context, block),
    ...(step.kind === 'run' ? shellParameters(step.script, context) : none),
    ...commandTargets(reading, context, block),
    ...commands.map(toolAt),
  ]);
}

function parameterAt(name: string, span: Occurrence['span']): Occurrence {
  return { kind: 'parameter', name, written: name, span, declares: false };
}

function toolAt({ tool, toolSpan }: CommandReading): Occurrence {
  return { kind: 'tool', name: tool, written: tool, span: toolSpan, declares: false };
}

function structuredNames(step: Step, context: NameContext, block: string): readonly Occurrence[] {
  const target = 'target' in step ? step.target : undefined;
  if (target === undefined) return none;
  return [
    ...used('subsystem', target.subsystem),
    ...groupLeaf(target.group, context, block),
    ...(target.hosts ?? []).flatMap((leaf) => leafNames('hosts', leaf, context, block)),
    ...used('zone', target.zone),
    ...labelsOf(target),
  ];
}

function groupLeaf(leaf: Leaf<string> | undefined, context: NameContext, block: string): readonly Occurrence[] {
  return leafNames('group', leaf, context, block);
}

function leafNames(
  role: string,
  leaf: Leaf<string> | undefined,
  { capacities }: NameContext,
  block: string,
): readonly Occurrence[] {
  if (leaf?.value === undefined) return none;
  return targetNames({ role, text: leaf.value, span: leaf.span }, capacities, block);
}

/** The keys and values of labels. */
export function labelsOf({ labels }: Pick<Target, 'labels'>): readonly Occurrence[] {
  return labels.flatMap(({ key, value }) => [
    ...used('labelKey', key),
    ...(value.value === undefined || key.value === undefined
      ? none
      : [
          {
            kind: 'label' as const,
            name: `${key.value}=${value.value}`,
            written: value.value,
            span: value.span,
            declares: false,
          },
        ]),
  ]);
}

/** Names in commands: the terms of their actions, which stand in the list of a loop too, and the words of those that change nothing. */
function commandTargets(reading: StepReading, { capacities }: NameContext, block: string): readonly Occurrence[] {
  const acting = reading.actions.flatMap(({ command, target }) => (command === undefined ? [] : [{ command, target }]));
  const terms = acting.flatMap(({ target }) => target.terms.map(({ role, text, span }) => ({ role, text, span })));
  const said = new Set(
    acting.flatMap(({ command, target }) => target.terms.map(({ text }) => `${command.span.start} ${text}`)),
  );
  const words = reading.commands.flatMap(({ words: own, usage, span: { start } }) =>
    own.flatMap(({ role, value, span }) =>
      role === undefined ||
      value === undefined ||
      !isTargetRole(role) ||
      said.has(`${start} ${value}`) ||
      usage?.map.has(value)
        ? []
        : [{ role, text: value, span }],
    ),
  );
  return [...terms, ...words].flatMap((word) => {
    const found = targetNames(word, capacities, block);
    const variable = /^\$\{?([A-Za-z_]\w*)\}?$/.exec(block.slice(word.span.start, word.span.end))?.[1];
    const assigned =
      variable !== undefined && reading.step.kind === 'run'
        ? assignedAt(reading.step.script, variable, word.text)
        : undefined;
    return assigned === undefined ? found : found.map((name) => ({ ...name, span: assigned }));
  });
}

/** Where a variable gets exactly this value, assigned or in the list of a loop. */
function assignedAt(script: Scalar, variable: string, value: string): Occurrence['span'] | undefined {
  const word = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const patterns = [
    `\\b${variable}=(["']?)(?=${word}\\1(?:[\\s;&|)]|$))`,
    `\\bfor\\s+${variable}\\s+in\\s(?:[^;\\n]*\\s)?(?=${word}(?:[\\s;]|$))`,
  ];
  for (const pattern of patterns) {
    const found = new RegExp(pattern).exec(script.value);
    if (found === null) continue;
    const from = found.index + found[0].length;
    return sourceSpan(script, from, from + value.length);
  }
  return undefined;
}

/** `$count` and `${count}` are parameters too, where the script assigns nothing of that name. */
function shellParameters(script: Scalar, { parameters }: NameContext): readonly Occurrence[] {
  if (parameters.size === 0 || !script.value.includes('$')) return none;
  return [...script.value.matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap(({ 0: whole, 1: name = '', index }) => {
    if (!parameters.has(name) || new RegExp(`(?:^|[\\s;&|(])${name}=`).test(script.value)) return [];
    const from = index + whole.length - name.length;
    return [parameterAt(name, sourceSpan(script, from, from + name.length))];
  });
}

function distinct(names: readonly Occurrence[]): readonly Occurrence[] {
  if (names.length < 2) return names;
  return [
    ...new Map(names.map((name) => [`${name.kind} ${name.span.start} ${name.span.end} ${name.name}`, name])).values(),
  ];
}
