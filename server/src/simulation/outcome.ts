import type { Action } from '../commands/action.ts';
import type { Rate } from './fleet/capacity.ts';

/** Units in service under the least and the most fortunate choice of servers. Whole numbers ≥ 0; worst ≤ best. */
export interface Figures {
  readonly worst: number;
  readonly best: number;
}

/** What a step does to one subsystem (docs/simulation.md). */
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

/** A figure that an action takes below its bound, or further below; all in units. */
export interface Breach {
  readonly subsystem: string;
  /** Of a zone's own minimum. */
  readonly zone: string | undefined;
  readonly from: Figures;
  readonly to: Figures;
  readonly minimum: number;
  readonly witness: readonly Witness[];
}

/** A subsystem that would not keep its minimum if some of its zones or hosts were lost in addition. */
export interface RedundancyBreach extends Breach {
  readonly loss: 'zones' | 'hosts';
  /** How many of them. */
  readonly lost: number;
}

/** More zones have servers of the subsystem out at one moment than are allowed. */
export interface ZonesBreach {
  readonly subsystem: string;
  /** Zones: at least and at most. */
  readonly least: number;
  readonly most: number;
  readonly allowed: number;
}

/** More of a subsystem leaves within the window than its limit allows. */
export interface RateBreach {
  readonly subsystem: string;
  /** Units that leave within the window: at least and at most. */
  readonly least: number;
  readonly most: number;
  readonly rate: Rate;
}

/** What breaks one rule; `certain` where under every choice at least one of the breaches happens. */
export interface Broken<T> {
  readonly certain: boolean;
  readonly breaches: readonly T[];
}

/** What one action of a step did. */
export interface ActionOutcome {
  readonly action: Action;
  /** Servers that it asks for, at least and at most; for `scale-to` the new size. Undefined where it cannot be told. */
  readonly count: { readonly least: number; readonly most: number } | undefined;
  /** Names of the fleet that the target resolved to, as written in the fleet. */
  readonly target: readonly string[];
  /** Minimums that it breaks, of subsystems and of their zones. */
  readonly breaches: readonly Breach[];
  /** Under every choice of servers at least one of the breaches happens. */
  readonly certain: boolean;
  /** Too much of a subsystem leaves within the window of its limit. */
  readonly rates: Broken<RateBreach>;
  readonly redundancy: Broken<RedundancyBreach>;
  readonly zones: Broken<ZonesBreach>;
  /** More servers asked for than the target has in service: under every choice, or under some. */
  readonly exceeds:
    | { readonly asked: number; readonly worst: number; readonly best: number; readonly certain: boolean }
    | undefined;
  /** Subsystems whose servers the action touches. */
  readonly touches: readonly string[];
  /** Nothing was there to change: the selector matches nothing, nothing of it is left, or the restore has nothing to restore. */
  readonly idle: 'nothing-matches' | 'none-in-service' | 'nothing-out' | 'already-out' | undefined;
  /** How many of the hosts that it names are out already, under every choice. */
  readonly alreadyOut: number;
  /** Names that the fleet does not know. */
  readonly unknown: readonly UnknownName[];
  /** Why it cannot be told what this does; the action is taken to change nothing. */
  readonly obstacle: Action['obstacle'];
}

export interface UnknownName {
  readonly kind: 'subsystem' | 'group' | 'host' | 'zone' | 'label' | 'step' | 'name';
  readonly name: string;
  /** How many more of the hosts that are written beside it are not there either. */
  readonly others?: number;
  readonly span: Action['at'];
  /** Names of the same kind that it may have meant, all of them, in the fleet's order. */
  readonly among: readonly string[];
}

/** What a subsystem keeps in a zone is all that it must keep there: at worst, or under every choice. */
export interface BareZone {
  readonly subsystem: string;
  readonly zone: string;
  readonly minimum: number;
  readonly certain: boolean;
}

export type Verdict = 'safe' | 'unsafe' | 'unknown';

export interface StepOutcome {
  readonly actions: readonly ActionOutcome[];
  /** By subsystem, in the fleet's order: every one, touched or not. */
  readonly figures: readonly SubsystemFigures[];
  /** Those of one subsystem, by its index, which are had without those of all others. */
  figuresOf(subsystem: number): SubsystemFigures | undefined;
  /** Why the step as a whole cannot be judged; it is taken to change nothing. */
  readonly obstacle: Action['obstacle'];
  readonly verdict: Verdict;
  /** Zones that the step takes exactly to the minimum of their own. */
  readonly bareZones: readonly BareZone[];
  /** Outcomes of the steps inside `parallel` and `repeat`. */
  readonly steps: readonly StepOutcome[];
}
