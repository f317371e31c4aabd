import type { Action } from '../../commands/action.ts';
import type { StepReading } from '../../commands/reading/read-step.ts';
import type { Seconds } from '../../model/leaf.ts';
import type { Selection } from '../fleet/resolve.ts';
import type { ActionOutcome } from '../outcome.ts';
import type { Pool } from '../worlds/cells.ts';

/** A step as the simulation needs it: what it is, and the changes of capacity that it asks for. */
export type StepToSimulate = Pick<StepReading, 'step' | 'actions'> & { readonly inner: readonly StepToSimulate[] };

/** A step, or one inside it, with a number. */
export interface StepPart {
  readonly part: number;
  readonly input: StepToSimulate;
  readonly tasks: readonly Task[];
  readonly inner: readonly StepPart[];
  /** Passes after the step's changes. */
  readonly takes: Seconds;
  /** How often `repeat` repeats; 1 for other steps; undefined where it is unknown. */
  readonly times: number | undefined;
}

/** The one action by which a step that holds no others changes something; undefined where it is another kind of step. */
export function onlyTask({ tasks, inner }: StepPart): Task | undefined {
  const [task, other] = tasks.filter(({ still }) => still === undefined);
  return other === undefined && inner.length === 0 ? task : undefined;
}

/** The numbers of a step and of everything in it; in steps that do the same they stand at the same places. */
export function partsIn({ part, tasks, inner }: StepPart): readonly number[] {
  return [part, ...tasks.map((task) => task.part), ...inner.flatMap(partsIn)];
}

/** One action of a step. */
export interface Task {
  readonly part: number;
  readonly action: Action;
  readonly pool: Pool;
  readonly selection: Selection;
  /** Hosts are named, so that these go and no others, warming up or not. */
  readonly isNamed: boolean;
  readonly origin: string;
  /** Says all there is to say of an action that changes nothing. */
  readonly still: Partial<ActionOutcome> | undefined;
}
