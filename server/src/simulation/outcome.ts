import type { Action } from '../commands/action.ts';
import type { Rate } from './capacity.ts';

/** Units in service under the least and the most fortunate choice of servers. Whole numbers ≥ 0; worst ≤ best. */
export interface Figures {
  readonly worst: number;
  readonly best: number;
}

/** What a step does to one subsystem (SPEC §5). */
export interface SubsystemFigures {
  readonly before: Figures;
  /** Over every moment from just before the step to its end. */
  readonly lowest: Figures;
  readonly after: Figures;
  /** In units. */
  readonly minimum: number;
}

/** So many servers of a group: the choice that leads to the worst figure. */
export interface Witness {
  readonly group: string;
  readonly count: number;
}

/** A subsystem that an action takes below its minimum, or further below. */
export interface Breach {
  readonly subsystem: string;
  readonly from: Figures;
  readonly to: Figures;
  readonly minimum: number;
  readonly witness: readonly Witness[];
}

/** More of a subsystem leaves within the window than its limit allows. */
export interface RateBreach {
  readonly subsystem: string;
  /** Units that leave within the window: at least and at most. */
  readonly least: number;
  readonly most: number;
  readonly rate: Rate;
}

/** What one action of a step did. */
export interface ActionOutcome {
  readonly action: Action;
  /** Servers that it asks for, at least and at most; for `scale-to` the new size. Undefined where it cannot be told. */
  readonly count: { readonly least: number; readonly most: number } | undefined;
  /** Names of the fleet that the target resolved to, as written in the fleet. */
  readonly target: readonly string[];
  readonly breaches: readonly Breach[];
  /** Under every choice of servers at least one of the breaches happens. */
  readonly certain: boolean;
  /** Subsystems of which too much leaves within the window of their limit. */
  readonly rates: readonly RateBreach[];
  /** More servers asked for than the target has in service. */
  readonly exceeds: { readonly asked: number; readonly worst: number; readonly best: number } | undefined;
  /** Subsystems whose servers the action touches. */
  readonly touches: readonly string[];
  /** Nothing was there to change: the selector matches nothing, or the restore has nothing to restore. */
  readonly idle: 'nothing-matches' | 'nothing-out' | 'already-out' | undefined;
  /** Names that the fleet does not know. */
  readonly unknown: readonly UnknownName[];
  /** Why it cannot be told what this does; the action is taken to change nothing. */
  readonly obstacle: Action['obstacle'];
}

export interface UnknownName {
  readonly kind: 'subsystem' | 'group' | 'host' | 'zone' | 'label' | 'step' | 'name';
  readonly name: string;
  readonly span: Action['at'];
  /** Names of the same kind that it may have meant, all of them, in the fleet's order. */
  readonly among: readonly string[];
}

export type Verdict = 'safe' | 'unsafe' | 'unknown';

export interface StepOutcome {
  readonly actions: readonly ActionOutcome[];
  /** By subsystem, in the fleet's order: every one, touched or not. */
  readonly figures: readonly SubsystemFigures[];
  /** Why the step as a whole cannot be judged; it is taken to change nothing. */
  readonly obstacle: Action['obstacle'];
  readonly verdict: Verdict;
  /** Outcomes of the steps inside `parallel` and `repeat`. */
  readonly steps: readonly StepOutcome[];
}
