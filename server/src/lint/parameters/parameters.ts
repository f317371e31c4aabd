import { readActions, type StepReading } from '../../commands/reading/read-step.ts';
import type { CommandTable } from '../../commands/table.ts';
import type { ParameterValues } from '../../model/parameters.ts';
import { readStep } from '../../model/step.ts';
import type { TriedParameter } from '../../rules/rule.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { Names } from '../../simulation/plan/surroundings.ts';
import type { Walk } from '../../simulation/simulate.ts';
import type { StepBlock } from '../../syntax/steps/source-document.ts';
import type { RunbookDocument } from '../runbook-document.ts';
import { type Tries, tryParameter } from './try.ts';
import { useOf } from './use.ts';

/** What was found out by trying other values of a runbook's parameters; the next version starts from it. */
export interface ParameterWork {
  readonly tried: readonly TriedParameter[];
  readonly values: ParameterValues;
  readonly table: CommandTable;
  /** By the parameter's name. */
  readonly tries: ReadonlyMap<string, Tries>;
  /** By the block, then by the parameter and its value. */
  readonly readings: WeakMap<StepBlock, Map<string, StepReading>>;
}

/** The runbook as it is simulated with the usual values. */
interface Usual {
  readonly document: RunbookDocument;
  readonly values: ParameterValues;
  readonly table: CommandTable;
  readonly readings: readonly StepReading[];
  readonly walk: Walk;
  readonly capacity: Capacity;
  readonly names: Names;
}

/**
 * Tries each parameter over its bounds, one at a time (docs/runbook.md).
 * A step that does not use it is not read again, and one that comes out as it did is not simulated again.
 */
export function tryParameters(usual: Usual, before: ParameterWork | undefined): ParameterWork {
  const { values, table, document } = usual;
  const known = before?.values === values && before.table === table ? before : undefined;
  const readings = known?.readings ?? new WeakMap<StepBlock, Map<string, StepReading>>();
  const tries = new Map<string, Tries>();
  const tried = document.head.parameters.flatMap((parameter) => {
    const name = parameter.name.value;
    const value = name === undefined ? undefined : values.get(name);
    if (name === undefined || value === undefined) return [];
    const using = stepsWith(name, usual);
    if (using.length === 0) return [];
    const readWith = (other: string) => withValue(name, other, using, usual, readings);
    const [found, walks] = tryParameter(parameter, { ...usual, usual: value, readWith, using }, known?.tries.get(name));
    tries.set(name, walks);
    return [found];
  });
  return { tried, values, table, tries, readings };
}

function stepsWith(name: string, { document, readings }: Usual): readonly number[] {
  return document.source.blocks.flatMap(({ text }, i) => {
    const reading = readings[i];
    return text.includes(name) && reading !== undefined && usesAnywhere(reading, name) ? [i] : [];
  });
}

function usesAnywhere({ step, inner }: StepReading, name: string): boolean {
  return useOf(step, name) !== undefined || inner.some((reading) => usesAnywhere(reading, name));
}

function withValue(
  name: string,
  value: string,
  using: readonly number[],
  { document, readings, values, table }: Usual,
  known: ParameterWork['readings'],
): readonly StepReading[] {
  const changed = [...readings];
  for (const i of using) {
    const block = document.source.blocks[i];
    if (block === undefined) continue;
    const ofBlock = known.get(block) ?? new Map<string, StepReading>();
    known.set(block, ofBlock);
    const key = `${name} ${value}`;
    const others = () => new Map([...values, [name, value]]);
    const reading = ofBlock.get(key) ?? read(block, others(), table);
    ofBlock.set(key, reading);
    changed[i] = reading;
  }
  return changed;
}

function read(block: StepBlock, values: ParameterValues, table: CommandTable): StepReading {
  return readActions(readStep(block.node, values), table, values);
}
