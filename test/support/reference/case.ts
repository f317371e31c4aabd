/** A fleet and a runbook as plain values: what the reference simulator runs on, and what is rendered as YAML for the product. */
export interface Case {
  readonly fleet: PlainFleet;
  readonly steps: readonly PlainStep[];
  readonly parameters?: readonly PlainParameter[] | undefined;
  /** When the runbook may run. */
  readonly window?: PlainHours | undefined;
}

/** A count that somebody may choose, from the minimum to the maximum. */
export interface PlainParameter {
  readonly name: string;
  readonly usual: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Days of the week, from 0 for Monday to the last one, around the weekend too; and minutes of the day, into the next one too. */
export interface PlainHours {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly timezone?: string | undefined;
}

export interface PlainFleet {
  readonly subsystems: readonly PlainSubsystem[];
  readonly groups: readonly PlainGroup[];
  readonly removal?: PlainRemoval | undefined;
}

/** Units, or thousandths of a percent of full strength. */
export type Bound = { readonly units: number } | { readonly percent: number };

export interface PlainMinimum {
  readonly value: Bound;
  readonly during?: PlainHours | undefined;
}

export interface PlainRemoval {
  readonly limit?: Bound | undefined;
  /** In seconds; there with `limit` alone. */
  readonly window?: number | undefined;
  readonly zonesAtOnce?: number | undefined;
}

export interface PlainSubsystem {
  readonly name: string;
  /** The strictest that may apply counts. */
  readonly minimum: readonly PlainMinimum[];
  readonly minimumPerZone?: Bound | undefined;
  readonly survives?: { readonly zones?: number | undefined; readonly hosts?: number | undefined } | undefined;
  readonly removal?: PlainRemoval | undefined;
}

export interface PlainGroup {
  readonly name: string;
  /** It is declared by the `capacity` of a subsystem of its name. */
  readonly isImplicit?: boolean | undefined;
  /** How many, or their names. */
  readonly servers: number | readonly string[];
  /** The fleet says only how many there are: they are the pods of a stateful set. */
  readonly isCounted?: boolean | undefined;
  /** Units a server, by subsystem. */
  readonly serves: Readonly<Record<string, number>>;
  readonly zone?: string | undefined;
  readonly unavailable?: number | readonly string[] | undefined;
  /** In seconds. */
  readonly warmup: number;
  readonly label?: string | undefined;
  readonly alias?: string | undefined;
}

export interface PlainStep {
  /** Where a restore names it. */
  readonly id?: string | undefined;
  /** It may happen or not. */
  readonly when?: boolean | undefined;
  /** What it takes out is meant to stay out, which is nothing to the figures. */
  readonly permanent?: boolean | undefined;
  /** In seconds; of one batch in a restart or replace. */
  readonly takes?: number | undefined;
  readonly does: Leaf | Parallel | Repeat;
}

/** One structured step, or a `run` of one command or more. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly typed: boolean;
  /** All of the changes, so often, in a loop of the shell. */
  readonly loops?: number | undefined;
  /** A loop over the hosts that the only change names, one after the other. */
  readonly isEach?: boolean | undefined;
  readonly changes: readonly Change[];
}

export interface Parallel {
  readonly kind: 'parallel';
  readonly steps: readonly PlainStep[];
}

export interface Repeat {
  readonly kind: 'repeat';
  readonly times: number;
  readonly steps: readonly PlainStep[];
}

/** Several keys narrow one another. */
export interface Target {
  readonly subsystem?: string | undefined;
  /** Its name or its alias. */
  readonly group?: string | undefined;
  readonly hosts?: readonly string[] | undefined;
  /** The hosts are named as pods are. */
  readonly isPods?: boolean | undefined;
  readonly zone?: string | undefined;
  readonly label?: string | undefined;
}

/** Servers, thousandths of a percent of them, or all. */
export type Amount = { readonly count: number } | { readonly percent: number } | { readonly parameter: string } | 'all';

export type Change =
  | Rolling
  | { readonly effect: 'restore'; readonly target: Target; readonly amount?: Amount | undefined }
  /** `restore: id`. */
  | { readonly effect: 'take back'; readonly id: string }
  | { readonly effect: 'scale'; readonly group: string; readonly to: number }
  | { readonly effect: 'wait'; readonly seconds: number }
  /** Where it says what has to be in service, alone in its step. */
  | { readonly effect: 'check'; readonly subsystem?: string | undefined; readonly atLeast?: number | undefined };

/** Takes servers, batch by batch. */
export interface Rolling {
  readonly effect: 'remove' | 'restart' | 'replace' | 'surge';
  readonly target: Target;
  readonly amount?: Amount | undefined;
  readonly batch?: Amount | undefined;
  /** In seconds. */
  readonly pause?: number | undefined;
}

export function sizeOf({ servers }: PlainGroup): number {
  return typeof servers === 'number' ? servers : servers.length;
}

export function hostsOf({ servers }: PlainGroup): readonly string[] {
  return typeof servers === 'number' ? [] : servers;
}

/** Thousandths of a percent of so many, in whole numbers. */
export function percentOf(percent: number, of: number): { readonly down: number; readonly up: number } {
  const exact = percent * of;
  const rest = exact % 100_000;
  const down = (exact - rest) / 100_000;
  return { down, up: rest > 0 ? down + 1 : down };
}

/** The changes of a leaf, one after the other. */
export function changesOf({ changes, loops = 1, isEach }: Leaf): readonly Change[] {
  const all = isEach ? changes.flatMap(forEachHost) : changes;
  return Array.from({ length: loops }, () => all).flat();
}

function forEachHost(change: Change): readonly Change[] {
  if (!('target' in change) || change.target.hosts === undefined) return [change];
  const { target } = change;
  return change.target.hosts.map((host) => ({ ...change, target: { ...target, hosts: [host] } }));
}

/** Every step, those inside others too, with its index as findings write it. */
export function everyStep(steps: readonly PlainStep[], inside = ''): readonly { path: string; step: PlainStep }[] {
  return steps.flatMap((step, i) => {
    const path = `${inside}${i}`;
    return [{ path, step }, ...(step.does.kind === 'leaf' ? [] : everyStep(step.does.steps, `${path}.`))];
  });
}

export function targetsOf(step: PlainStep): readonly Target[] {
  if (step.does.kind !== 'leaf') return [];
  return changesOf(step.does).flatMap((change) => ('target' in change ? [change.target] : []));
}

/** Of which servers a step may take some. */
export function takenBy(step: PlainStep): readonly Target[] {
  if (step.does.kind !== 'leaf') return step.does.steps.flatMap(takenBy);
  return changesOf(step.does).flatMap((change) => {
    switch (change.effect) {
      case 'scale':
        return [{ group: change.group }];
      case 'restore':
      case 'take back':
      case 'wait':
      case 'check':
        return [];
      default:
        return [change.target];
    }
  });
}
