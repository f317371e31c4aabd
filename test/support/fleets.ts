import type { Action, ActionTarget, TargetRole } from '../../server/src/commands/action.ts';
import type { Amount } from '../../server/src/model/leaf.ts';
import type { Step } from '../../server/src/model/runbook.ts';
import type { Capacity, GroupCapacity } from '../../server/src/simulation/capacity.ts';
import type { StepToSimulate } from '../../server/src/simulation/plan.ts';

/** A small fleet in figures alone, for tests of the simulation that need no text. */
export interface PlainFleet {
  readonly minimums: readonly number[];
  /** `units` by subsystem. */
  readonly groups: readonly { readonly size: number; readonly units: readonly number[]; readonly warmup?: number }[];
}

/** Subsystems are called s0, s1, …, groups g0, g1, …. */
export function capacityOf(fleet: PlainFleet): Capacity {
  const groups = fleet.groups.map(
    ({ size, units, warmup = 0 }, index): GroupCapacity => ({
      index,
      name: `g${index}`,
      size,
      unavailable: 0,
      units,
      zone: undefined,
      labels: new Map(),
      aliases: [],
      hosts: undefined,
      unavailableHosts: undefined,
      warmup,
      declared: undefined,
    }),
  );
  const nowhere = { start: 0, end: 0 };
  const scalar = {
    kind: 'scalar',
    value: '',
    style: 'plain',
    span: nowhere,
    outer: nowhere,
    source: '',
    damaged: false,
  } as const;
  const subsystems = fleet.minimums.map((minimum, index) => {
    const name = `s${index}`;
    const servedBy = groups.flatMap((group) =>
      (group.units[index] ?? 0) > 0 ? [{ group, units: group.units[index] ?? 0 }] : [],
    );
    return {
      index,
      name,
      minimum,
      setBy: undefined,
      servedBy,
      full: servedBy.reduce((sum, { group, units }) => sum + group.size * units, 0),
      dependents: [],
      recovery: undefined,
      rate: undefined,
      zoneMinimums: [],
      survives: { zones: 0, hosts: 0 },
      zonesAtOnce: undefined,
      declared: {
        name: { value: name, span: nowhere, scalar, uses: [] },
        capacity: undefined,
        minimums: [],
        minimumPerZone: undefined,
        survives: undefined,
        recovery: undefined,
        dependsOn: [],
        removal: undefined,
        node: undefined,
      },
    };
  });
  return {
    subsystems,
    groups,
    subsystemByName: new Map(subsystems.map((subsystem) => [subsystem.name, subsystem])),
    groupByName: new Map(groups.map((group) => [group.name, group])),
    zones: [],
  };
}

const at = { start: 0, end: 0 };

/** A target of one name; `s…` are subsystems and `g…` groups. */
function targetOf(name: string): ActionTarget {
  const role: TargetRole = name.startsWith('s') ? 'subsystem' : 'group';
  return { terms: [{ role, text: name, span: at, strict: true }], wholeFleet: false };
}

/** An action on a target, with only what is said. */
export function action(effect: Action['effect'], target: string | undefined, more: Partial<Action> = {}): Action {
  return {
    effect,
    target: target === undefined ? { terms: [], wholeFleet: false } : targetOf(target),
    amount: undefined,
    batch: undefined,
    pause: undefined,
    takes: undefined,
    seconds: 0,
    restores: undefined,
    surge: false,
    lasts: 'until-reversed',
    at,
    everythingAt: undefined,
    obstacle: undefined,
    command: undefined,
    ...more,
  };
}

export function placed<T>(value: T): { value: T; span: typeof at } {
  return { value, span: at };
}

export function servers(value: number): { value: Amount; span: typeof at } {
  return placed({ unit: 'servers', value });
}

/** A step that does the actions. */
export function stepOf(actions: readonly Action[], id?: string): StepToSimulate {
  const scalar = {
    kind: 'scalar',
    value: id ?? '',
    style: 'plain',
    span: at,
    outer: at,
    source: '',
    damaged: false,
  } as const;
  const step: Step = {
    kind: 'run',
    script: scalar,
    key: at,
    span: at,
    name: undefined,
    id: id === undefined ? undefined : { value: id, span: at, scalar, uses: [] },
    description: undefined,
    takes: undefined,
    permanent: false,
    when: undefined,
    intent: undefined,
    uses: [],
  };
  return { step, actions, inner: [] };
}
