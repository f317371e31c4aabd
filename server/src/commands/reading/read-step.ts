import type { Amount, Leaf, Seconds } from '../../model/leaf.ts';
import type { ParameterValues } from '../../model/parameters.ts';
import type { Step, Target } from '../../model/runbook.ts';
import type { Scalar } from '../../syntax/tree.ts';
import {
  type Action,
  type ActionTarget,
  type CommandReading,
  type Obstacle,
  type Placed,
  rolls,
  type TargetTerm,
} from '../action.ts';
import { waiting } from '../meaning/bare.ts';
import type { CommandTable } from '../table.ts';
import { movedReading } from './moved-reading.ts';
import { readScript, type ScriptReading } from './read-script.ts';

/** A step, and how it was understood. Spans are as in the step; nothing in it changes while the step's text does not. */
export interface StepReading {
  readonly step: Step;
  readonly actions: readonly Action[];
  /** How the step's commands were read; empty for a structured step. */
  readonly commands: readonly CommandReading[];
  /** The steps inside `parallel` and `repeat`. */
  readonly inner: readonly StepReading[];
}

/** Reads the changes of capacity that a step asks for, typed or structured; of the steps in it too. */
export type ActionReader = (step: Step) => StepReading;

/** So many scripts are remembered. Whoever types leaves one behind with each key. */
const mostScripts = 2000;

/** A reader for many steps, and for all versions of them: a script that stands in several, or that did not change, is read once. */
export function actionReader(table: CommandTable, values: ParameterValues): ActionReader {
  const known = new Map<string, { readonly script: Scalar; readonly reading: ScriptReading }>();
  const scriptOf = (script: Scalar): ScriptReading => {
    const { source, value, damaged, outer } = script;
    const same = known.get(source);
    if (same !== undefined && same.script.value === value && same.script.damaged === damaged)
      return movedReading(same.reading, outer.start - same.script.outer.start);
    const reading = readScript(script, table, values);
    if (known.size >= mostScripts) known.clear();
    known.set(source, { script, reading });
    return reading;
  };
  const read: ActionReader = (step) => {
    if (step.kind === 'run') return ofScript(step, scriptOf(step.script));
    const inner = step.kind === 'parallel' || step.kind === 'repeat' ? step.steps.map(read) : none;
    const action = structured(step);
    return { step, actions: action === undefined ? none : [action], commands: none, inner };
  };
  return read;
}

/** Reads a single step. */
export function readActions(step: Step, table: CommandTable, values: ParameterValues): StepReading {
  return actionReader(table, values)(step);
}

const none: readonly never[] = [];

function ofScript(step: Step, { actions, commands }: ScriptReading): StepReading {
  const takes = placed(step.takes);
  const timed =
    takes === undefined ? actions : actions.map((action) => (rolls(action) ? { ...action, takes } : action));
  return { step, actions: timed, commands, inner: none };
}

function structured(step: Step): Action | undefined {
  switch (step.kind) {
    case 'wait':
      return waiting(step.duration?.value ?? 0, step.key);
    case 'remove': {
      const named = (step.target.hosts?.length ?? 0) > 0;
      const missing =
        step.count === undefined && !named ? { span: step.key, why: 'it does not say how many' } : undefined;
      return change(step, 'remove', step.target, step.count, missing, placedBatch(step));
    }
    case 'restore':
      if (step.step === undefined)
        return step.target && change(step, 'restore', step.target, step.count, undefined, {});
      return change(step, 'restore', undefined, undefined, unknownLeaf(step.step), { restores: placed(step.step) });
    case 'restart':
    case 'replace': {
      const more = { ...placedBatch(step), takes: placed(step.takes), surge: step.surge };
      return change(step, step.kind, step.target, step.count, undefined, more);
    }
    case 'scale': {
      const missing = step.to === undefined ? { span: step.key, why: 'it does not say to which size' } : undefined;
      const size = step.to && asServers(step.to);
      return change(step, 'scale-to', step.target, size, missing, {});
    }
    default:
      return undefined;
  }
}

function change(
  step: Step,
  effect: Action['effect'],
  target: Target | undefined,
  count: Leaf<Amount> | undefined,
  missing: Obstacle | undefined,
  more: Partial<Pick<Action, 'batch' | 'pause' | 'takes' | 'restores' | 'surge'>>,
): Action {
  const found = target === undefined ? undefined : readTarget(target);
  const amount = placed(count);
  const isNameless = found !== undefined && found.target.terms.length === 0;
  const nameless = isNameless ? { span: step.key, why: 'it names no servers' } : undefined;
  return {
    effect,
    target: found?.target ?? { terms: [], wholeFleet: false },
    amount,
    batch: more.batch,
    pause: more.pause,
    takes: more.takes,
    seconds: 0,
    restores: more.restores,
    surge: more.surge ?? false,
    lasts: 'until-reversed',
    at: step.key,
    everythingAt: amount?.value.unit === 'all' ? amount.span : undefined,
    obstacle: found?.obstacle ?? unknownLeaf(count) ?? missing ?? unknownBatch(step) ?? nameless,
    command: undefined,
  };
}

function placedBatch(step: {
  readonly batch: Leaf<Amount> | undefined;
  readonly pause: Leaf<Seconds> | undefined;
}): Pick<Action, 'batch' | 'pause'> {
  const batch = placed(step.batch);
  return { batch, pause: placed(step.pause) };
}

function unknownBatch(step: Step): Obstacle | undefined {
  return step.kind === 'remove' || step.kind === 'restart' || step.kind === 'replace'
    ? unknownLeaf(step.batch)
    : undefined;
}

function asServers({ value, ...place }: Leaf<number>): Leaf<Amount> {
  return { ...place, value: value === undefined ? undefined : { unit: 'servers', value } };
}

function placed<T>(leaf: Leaf<T> | undefined): Placed<T> | undefined {
  return leaf?.value === undefined ? undefined : { value: leaf.value, span: leaf.span };
}

/** A value that depends on a parameter without one. */
function unknownLeaf(leaf: Leaf<unknown> | undefined): Obstacle | undefined {
  if (leaf === undefined || leaf.value !== undefined) return undefined;
  const use = leaf.uses[0];
  if (use === undefined) return { span: leaf.span, why: 'it has no known value' };
  return { span: use.span, why: `\`{{ ${use.name} }}\` has no value that fits here` };
}

function readTarget(target: Target): { readonly target: ActionTarget; readonly obstacle: Obstacle | undefined } {
  const terms: TargetTerm[] = [];
  let obstacle: Obstacle | undefined;
  const add = (role: TargetTerm['role'], leaf: Leaf<string> | undefined) => {
    if (leaf === undefined) return;
    obstacle ??= unknownLeaf(leaf);
    if (leaf.value !== undefined) terms.push({ role, text: leaf.value, span: leaf.span, strict: true });
  };
  add('subsystem', target.subsystem);
  add('group', target.group);
  if (target.hosts !== undefined) for (const hosts of target.hosts) add('hosts', hosts);
  add('zone', target.zone);
  if (target.labels.length === 0) return { target: { terms, wholeFleet: false }, obstacle };
  for (const { key, value } of target.labels) {
    obstacle ??= unknownLeaf(key) ?? unknownLeaf(value);
    if (key.value === undefined || value.value === undefined) continue;
    terms.push({ role: 'selector', text: `${key.value}=${value.value}`, span: value.span, strict: true });
  }
  return { target: { terms, wholeFleet: false }, obstacle };
}
