import type { Group, Minimum, Subsystem } from '../../model/fleet.ts';
import type { HostSet } from '../../model/hosts.ts';
import type { Seconds } from '../../model/leaf.ts';

/** A fleet as the simulation needs it: every name resolved, every figure a whole number (docs/fleet.md). */
export interface Capacity {
  readonly subsystems: readonly SubsystemCapacity[];
  readonly groups: readonly GroupCapacity[];
  readonly subsystemByName: ReadonlyMap<string, SubsystemCapacity>;
  /** By name and by alias. */
  readonly groupByName: ReadonlyMap<string, GroupCapacity>;
  readonly zones: readonly string[];
  /** As the fleet declares it. */
  readonly environment: string | undefined;
}

/** Units that may leave service within a window of seconds. */
export interface Rate {
  readonly limit: number;
  readonly window: Seconds;
}

export interface SubsystemCapacity {
  readonly index: number;
  readonly name: string;
  /** Units of all its servers, the unavailable ones included. */
  readonly full: number;
  /** Units; a percent is rounded up. Of several, the strictest that may apply while the runbook runs. */
  readonly minimum: number;
  /** The entry that says so; undefined where none may apply. */
  readonly setBy: Minimum | undefined;
  /** The groups that serve it and the units each of their servers brings. */
  readonly servedBy: readonly { readonly group: GroupCapacity; readonly units: number }[];
  /** Everything that depends on it, directly or not, in the order in which it has to be started again. */
  readonly dependents: readonly string[];
  /** Seconds that a full restart takes. */
  readonly recovery: Seconds | undefined;
  /** Units that each zone where it has servers must keep; a percent is of the zone's own full strength and is rounded up. */
  readonly zoneMinimums: readonly { readonly zone: string; readonly minimum: number }[];
  /** How many of its zones, and how many of its heaviest hosts, it must be able to lose in addition; 0 for none. */
  readonly survives: { readonly zones: number; readonly hosts: number };
  /** How many zones may have servers of it out at one moment; undefined: any number. */
  readonly zonesAtOnce: number | undefined;
  /** How much of it may leave in how long; undefined: no limit. */
  readonly rate: Rate | undefined;
  readonly declared: Subsystem;
}

export interface GroupCapacity {
  readonly index: number;
  readonly name: string;
  /** Servers, the unavailable ones included. */
  readonly size: number;
  /** Servers that are out before the runbook starts. */
  readonly unavailable: number;
  /** Units a server brings, by the subsystem's index; 0 where it does not serve it. */
  readonly units: readonly number[];
  readonly zone: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly aliases: readonly string[];
  /** Named servers; undefined where only a count is declared. */
  readonly hosts: HostSet | undefined;
  readonly unavailableHosts: HostSet | undefined;
  readonly warmup: Seconds;
  /** Undefined for the implicit group of a subsystem with `capacity`. */
  readonly declared: Group | undefined;
}
