import { type Case, everyStep, hostsOf, type PlainGroup, type Target, targetsOf } from './case.ts';
import { grouped } from './lists.ts';

/** Servers that nothing in the case tells apart. */
export interface Kind {
  readonly index: number;
  readonly group: PlainGroup;
  /** Their names; none where they have none, or where a scale-up adds them. */
  readonly hosts: readonly string[];
}

export type State =
  | { readonly is: 'in' }
  /** Out before the runbook started. */
  | { readonly is: 'unavailable' }
  /** Out because of the step of that id, or of one inside it. */
  | { readonly is: 'out'; readonly by: readonly string[] }
  /** Not back yet; `returned`: it was out before, and not added by a scale-up. */
  | { readonly is: 'warming'; readonly until: number; readonly returned: boolean }
  /** In the batch of a restart. */
  | { readonly is: 'held'; readonly by: string };

/** One server. */
export interface Server {
  readonly kind: Kind;
  readonly state: State;
  /** Changes under way that still have to take it. */
  readonly due: readonly string[];
  /** Everything that is known of it, as text: two servers of one key are alike in every respect. */
  readonly key: string;
}

export interface Asked {
  /** In whichever round. */
  readonly change: string;
  readonly exceeds: boolean;
}

/** Units that left service at one time, by subsystem. */
export interface Leaving {
  readonly time: number;
  readonly units: readonly number[];
}

/** What one round of a step did in one world. All lists are gauges (see gauges.ts). */
export interface Round {
  readonly name: string;
  /** When it began, where that tells when it is over. */
  readonly since: number | undefined;
  readonly open: boolean;
  /** False where its `when` did not hold. */
  readonly done: boolean;
  readonly before: readonly number[];
  readonly lowest: readonly number[];
  readonly after: readonly number[];
  /** Subsystems of which too much left within the window. */
  readonly hasty: readonly boolean[];
}

/** One way in which everything may have gone so far. */
export interface World {
  /** Sorted by key, because the order of servers means nothing. */
  readonly servers: readonly Server[];
  /** The latest time that any clock has shown, in seconds. */
  readonly time: number;
  readonly leavings: readonly Leaving[];
  /** Changes since the attempt to do a step began, and whether they asked for more than there was. */
  readonly asked: readonly Asked[];
  /** Of the steps that are under way, and of those that have ended just now. */
  readonly rounds: readonly Round[];
  /** Of the steps inside the present repeat. */
  readonly past: readonly Past[];
}

/** What all rounds of a step that a repeat repeats have come to in one world, so far. */
export interface Past {
  readonly path: string;
  readonly lowest: readonly number[];
  /** Gauges that went lower in one of the rounds than they were just before it. */
  readonly fell: readonly boolean[];
  readonly hasty: readonly boolean[];
}

export function server(kind: Kind, state: State, marks: readonly string[] = []): Server {
  return { kind, state, due: marks, key: `${kind.index} ${Object.values(state).join(' ')} ${marks.join(' ')}` };
}

/** The server in another state. */
export function become({ kind, due }: Server, state: State): Server {
  return server(kind, state, due);
}

/** The server, marked as one that the change still has to take; and without the mark. */
export function due(one: Server, change: string): Server {
  return server(one.kind, one.state, [...one.due, change].toSorted());
}

export function released(one: Server, change: string): Server {
  return server(
    one.kind,
    one.state,
    one.due.filter((other) => other !== change),
  );
}

export function withServers(world: World, servers: readonly Server[]): World {
  return { ...world, servers: servers.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)) };
}

/** Servers are of one kind where they are of one group, and no list of hosts in the case holds one and not the other. */
export function kindsOf({ fleet, steps }: Case): readonly Kind[] {
  const lists = everyStep(steps).flatMap(({ step }) => targetsOf(step).flatMap(({ hosts }) => (hosts ? [hosts] : [])));
  const kinds: Kind[] = [];
  for (const group of fleet.groups) {
    // Those that a scale-up adds have no name that anything in the case knows.
    kinds.push({ index: kinds.length, group, hosts: [] });
    const named = typeof group.unavailable === 'object' ? [...lists, group.unavailable] : lists;
    const alike = grouped(hostsOf(group), (host) => named.map((list) => list.includes(host)).join());
    for (const hosts of alike) kinds.push({ index: kinds.length, group, hosts });
  }
  return kinds;
}

/** Whether servers of the kind are among those that the target names. */
export function isOf(kind: Kind, target: Target): boolean {
  const { group } = kind;
  return (
    (target.subsystem === undefined || target.subsystem in group.serves) &&
    (target.group === undefined || target.group === group.name || target.group === group.alias) &&
    (target.zone === undefined || target.zone === group.zone) &&
    (target.label === undefined || target.label === group.label) &&
    (target.hosts === undefined || kind.hosts.some((host) => target.hosts?.includes(host)))
  );
}

/** The worlds before the first step: where a group says how many are unavailable and not which, every choice of them. */
export function firstWorlds(kinds: readonly Kind[], groups: readonly PlainGroup[]): readonly World[] {
  let worlds: readonly World[] = [{ servers: [], time: 0, leavings: [], asked: [], rounds: [], past: [] }];
  for (const group of groups) {
    const own = kinds.filter((kind) => kind.group === group);
    const all = own.flatMap((kind) => {
      const count = typeof group.servers === 'number' ? group.servers : kind.hosts.length;
      return Array.from({ length: count }, () => server(kind, { is: 'in' }));
    });
    const { unavailable } = group;
    const gone =
      typeof unavailable === 'object'
        ? [all.filter(({ kind }) => kind.hosts.some((host) => unavailable.includes(host)))]
        : choices(all, unavailable ?? 0);
    worlds = worlds.flatMap((world) =>
      gone.map((some) =>
        withServers(world, [
          ...world.servers,
          ...all.filter((one) => !some.includes(one)),
          ...some.map(({ kind }) => server(kind, { is: 'unavailable' })),
        ]),
      ),
    );
  }
  return worlds;
}

/** Every choice of so many servers. Of choices that differ by servers alike in every respect, the first alone. */
export function choices(servers: readonly Server[], count: number): readonly (readonly Server[])[] {
  const [alike, ...others] = grouped(servers, ({ key }) => key);
  if (alike === undefined) return count === 0 ? [[]] : [];
  const rest = others.flat();
  const found: (readonly Server[])[] = [];
  for (let n = Math.max(0, count - rest.length); n <= Math.min(alike.length, count); n++)
    for (const more of choices(rest, count - n)) found.push([...alike.slice(0, n), ...more]);
  return found;
}

/** One of each: worlds are the same only where everything in them is. */
export function distinct(worlds: readonly World[]): readonly World[] {
  return [...new Map(worlds.map((world) => [keyOf(world), world])).values()];
}

/** Everything that is known of a world, as text. */
export function keyOf({ servers, time, leavings, asked, rounds, past }: World): string {
  let key = `${time}`;
  for (const one of servers) key += `|${one.key}`;
  for (const leaving of leavings) key += `|${leaving.time}:${leaving.units}`;
  for (const { change, exceeds } of asked) key += `|${change} ${exceeds}`;
  for (const { name, since, open, done, before, lowest, after, hasty } of rounds)
    key += `|${name} ${since} ${open} ${done} ${before};${lowest};${after};${hasty}`;
  for (const { path, lowest, fell, hasty } of past) key += `|${path} ${lowest};${fell};${hasty}`;
  return key;
}
