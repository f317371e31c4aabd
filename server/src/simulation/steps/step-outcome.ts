import type { Action, Obstacle } from '../../commands/action.ts';
import { noFindings } from '../judgement/findings.ts';
import type { ActionOutcome, BareZone, Figures, StepOutcome, SubsystemFigures, Verdict } from '../outcome.ts';
import { type Belief, figureOf, figures } from '../worlds/belief.ts';
import type { World } from '../worlds/world.ts';

const noZones: readonly BareZone[] = [];

/** What became of a step; the figures of all subsystems are put together when somebody asks. */
export class Outcome implements StepOutcome {
  readonly actions: readonly ActionOutcome[];
  readonly obstacle: Obstacle | undefined;
  readonly verdict: Verdict;
  readonly steps: readonly StepOutcome[];
  readonly bareZones: readonly BareZone[];
  private readonly world: World;
  private readonly before: Belief;
  private readonly after: Belief | undefined;
  /** Undefined: nothing came and went again, so that the lowest is the lower of before and after. */
  private readonly levels: readonly Level[] | undefined;
  private made: readonly SubsystemFigures[] | undefined;

  constructor(
    world: World,
    before: Belief,
    after: Belief | undefined,
    levels: readonly Level[] | undefined,
    actions: readonly ActionOutcome[],
    obstacle: Obstacle | undefined,
    verdict: Verdict,
    steps: readonly StepOutcome[],
    bareZones: readonly BareZone[] = noZones,
  ) {
    this.world = world;
    this.before = before;
    this.after = after;
    this.levels = levels;
    this.actions = actions;
    this.obstacle = obstacle;
    this.verdict = verdict;
    this.steps = steps;
    this.bareZones = bareZones;
  }

  get figures(): readonly SubsystemFigures[] {
    this.made ??= this.work();
    return this.made;
  }

  figuresOf(subsystem: number): SubsystemFigures | undefined {
    return this.made === undefined ? this.workOf(subsystem) : this.made[subsystem];
  }

  private work(): readonly SubsystemFigures[] {
    // Of all at once they are kept, as the next step begins with those that this one ends with.
    figures(this.world, this.before);
    if (this.after !== undefined) figures(this.world, this.after);
    return this.world.capacity.subsystems.map(({ index }) => this.workOf(index) ?? nothing);
  }

  private workOf(index: number): SubsystemFigures | undefined {
    const subsystem = this.world.capacity.subsystems[index];
    if (subsystem === undefined) return undefined;
    const own = this.levels?.find((level) => level.subsystem === index);
    const to = this.after && figureOf(this.world, this.after, index);
    // A step inside another has its own before and after; the outermost one those of the runbook.
    const before = (to === undefined ? own?.before : undefined) ?? figureOf(this.world, this.before, index);
    const after = to ?? own?.after ?? before;
    const lowest = own?.low ?? (this.levels === undefined ? lower(before, after) : before);
    return { before, lowest, after, minimum: subsystem.minimum };
  }
}

/** What others of the branches beside a step do to some subsystems meanwhile. */
export interface Others {
  /** Between which figures each is at any moment; those of the step's own do not count. */
  readonly ranges: ReadonlyMap<number, Figures>;
  readonly own: ReadonlySet<number>;
  /** Figures of some of them from when the step begins to when it is over, told of a step with the same steps in it. */
  readonly timed: { readonly subsystems: ReadonlySet<number>; readonly outcome: StepOutcome | undefined } | undefined;
}

/** What became of a step of a branch, and what the others do meanwhile. */
export class Beside implements StepOutcome {
  readonly steps: readonly StepOutcome[];
  private readonly own: StepOutcome;
  private readonly others: Others;

  constructor(own: StepOutcome, others: Others) {
    this.own = own;
    this.others = others;
    const { timed } = others;
    this.steps = own.steps.map(
      (one, i) => new Beside(one, { ...others, timed: timed && { ...timed, outcome: timed.outcome?.steps[i] } }),
    );
  }

  get actions(): StepOutcome['actions'] {
    return this.own.actions;
  }

  get obstacle(): StepOutcome['obstacle'] {
    return this.own.obstacle;
  }

  get verdict(): Verdict {
    return this.own.verdict;
  }

  get bareZones(): StepOutcome['bareZones'] {
    return this.own.bareZones;
  }

  get figures(): StepOutcome['figures'] {
    return this.own.figures.map((own, subsystem) => this.withOthers(own, subsystem));
  }

  figuresOf(subsystem: number): SubsystemFigures | undefined {
    const own = this.own.figuresOf(subsystem);
    return own && this.withOthers(own, subsystem);
  }

  private withOthers(own: SubsystemFigures, subsystem: number): SubsystemFigures {
    const { ranges, own: ofItself, timed } = this.others;
    if (ofItself.has(subsystem)) return own;
    if (timed?.subsystems.has(subsystem) === true) return timed.outcome?.figuresOf(subsystem) ?? own;
    const range = ranges.get(subsystem);
    return range === undefined ? own : { ...own, before: range, lowest: range, after: range };
  }
}

/** The units of a subsystem that a step may have changed, over all worlds. */
export interface Level {
  readonly subsystem: number;
  readonly before: Figures;
  readonly low: Figures;
  readonly after: Figures;
}

/** Of two that follow one another the lower. */
export function lower(a: Figures, b: Figures): Figures {
  return a.worst <= b.worst && a.best <= b.best
    ? a
    : { worst: Math.min(a.worst, b.worst), best: Math.min(a.best, b.best) };
}

/** The gravest of the verdicts; safe where there are none. */
export function gravest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('unsafe') ? 'unsafe' : verdicts.includes('unknown') ? 'unknown' : 'safe';
}

const none: Figures = { worst: 0, best: 0 };
const nothing: SubsystemFigures = { before: none, lowest: none, after: none, minimum: 0 };

const nobody: readonly never[] = [];

/** Of an action of which there is nothing to say. */
export function plainOutcome(action: Action): ActionOutcome {
  return {
    action,
    count: undefined,
    target: nobody,
    breaches: noFindings.breaches,
    certain: noFindings.certain,
    rates: noFindings.rates,
    redundancy: noFindings.redundancy,
    zones: noFindings.zones,
    exceeds: undefined,
    touches: nobody,
    idle: undefined,
    alreadyOut: 0,
    unknown: nobody,
    obstacle: undefined,
  };
}
