/** Fleets and runbooks of the kinds that operations teams write, by random: several services, in zones or not, and the work that is done on them. */

export interface Ordinary {
  readonly fleet: string;
  readonly runbook: string;
}

/** The same seed gives the same fleet and runbook. `size`: servers of a usual group, ≥ 3. */
export function ordinary(seed: number, size: number): Ordinary {
  const dice = diceOf(seed);
  const fleet = fleetBy(dice, size);
  return { fleet: fleet.text, runbook: runbookBy(dice, fleet) };
}

interface Dice {
  readonly upTo: (count: number) => number;
  readonly chance: (of: number) => boolean;
  readonly pick: <T>(all: readonly T[]) => T;
}

function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (count: number) => Math.floor(roll() * count);
  return {
    upTo,
    chance: (of) => roll() < of,
    pick: (all) => {
      const one = all[upTo(all.length)];
      if (one === undefined) throw new Error('There is nothing to pick from.');
      return one;
    },
  };
}

interface Fleet {
  readonly text: string;
  readonly services: readonly string[];
  readonly groups: readonly { readonly name: string; readonly count: number; readonly serves: readonly string[] }[];
  readonly zones: readonly string[];
}

const names = ['web', 'api', 'db', 'cache', 'queue', 'search'];

/** Each service has its own groups, one in each zone or one alone; some groups carry two of them. */
function fleetBy({ upTo, chance, pick }: Dice, size: number): Fleet {
  const services = names.slice(0, 2 + upTo(4));
  const zones = chance(0.75) ? ['a', 'b', 'c'].slice(0, chance(0.8) ? 3 : 2) : [];
  const groups: Fleet['groups'][number][] = [];
  const lines: string[] = [];
  const warmups = new Map(services.map((name) => [name, chance(0.4) ? pick(['2m', '5m', '10m']) : undefined]));
  for (const [i, name] of services.entries()) {
    const second = services[i - 1];
    const carries = second !== undefined && chance(0.25) ? [name, second] : [name];
    const count = Math.max(3, Math.round(size * pick([0.5, 1, 1, 1.5])));
    for (const zone of zones.length > 0 ? zones : [undefined]) {
      const own = zone === undefined ? name : `${name}-${zone}`;
      const servers = chance(0.8) ? count : count + 1 + upTo(2);
      groups.push({ name: own, count: servers, serves: carries });
      const keys = [`count: ${servers}`, `serves: [${carries.join(', ')}]`];
      if (zone !== undefined) keys.push(`zone: ${zone}`);
      const warmup = warmups.get(name);
      if (warmup !== undefined) keys.push(`warmup: ${warmup}`);
      lines.push(`  ${own}: { ${keys.join(', ')} }\n`);
    }
  }
  const subsystems = services.map((name) => {
    // With a zone lost there is still enough.
    const isAsked = chance(0.2);
    const losesZone = isAsked && zones.length > 2 && chance(0.5);
    const keys = [`minimum: ${losesZone ? '50%' : pick(['50%', '60%', '70%', '75%', '80%'])}`];
    if (isAsked) keys.push(`survives: ${losesZone ? '{ zones: 1 }' : '{ hosts: 1 }'}`);
    if (zones.length > 0 && chance(0.15)) keys.push(`minimumPerZone: ${pick(['30%', '50%'])}`);
    return `  ${name}: { ${keys.join(', ')} }\n`;
  });
  const removal: string[] = [];
  if (chance(0.35)) removal.push(`limit: ${pick(['10%', '20%', '25%'])}, window: ${pick(['10m', '30m', '1h'])}`);
  if (zones.length > 0 && chance(0.35)) removal.push('zonesAtOnce: 1');
  const guard = removal.length > 0 ? `removal: { ${removal.join(', ')} }\n` : '';
  const text = `fleet: demo\n${guard}subsystems:\n${subsystems.join('')}groups:\n${lines.join('')}`;
  return { text, services, groups, zones };
}

/** Some pieces of work, one after the other. */
function runbookBy(dice: Dice, fleet: Fleet): string {
  const { upTo, chance, pick } = dice;
  let ids = 0;
  const takes = () => (chance(0.7) ? `, takes: ${pick(['1m', '2m', '5m'])}` : '');
  const batch = () => pick(['1', '1', '2', '3', '10%', '25%']);
  const few = () => pick(['1', '1', '2', '3', '5%', '10%']);
  const wait = () => pick(['5m', '10m', '15m', '30m']);
  const service = () => pick(fleet.services);
  const group = () => pick(fleet.groups);
  /** A service, a group of it, or a service in one zone. */
  const target = () => {
    if (chance(0.45)) return `subsystem: ${service()}`;
    if (fleet.zones.length > 0 && chance(0.3)) return `subsystem: ${service()}, zone: ${pick(fleet.zones)}`;
    return `group: ${group().name}`;
  };
  const indented = (steps: readonly string[]) => steps.map((step) => step.replaceAll(/^/gm, '      ')).join('\n');

  const restart = (of = target()) =>
    `- ${pick(['restart', 'restart', 'restart', 'replace'])}: { ${of}, batch: ${batch()}${takes()}${chance(0.2) ? `, pause: ${pick(['1m', '5m'])}` : ''} }`;
  const outAndBack = (of = target()) => {
    const id = `out-${++ids}`;
    const count = few();
    return [
      `- remove: { ${of}, count: ${count} }\n  id: ${id}`,
      `- wait: ${wait()}`,
      `- restore: ${chance(0.8) ? id : `{ ${of} }`}`,
    ];
  };
  const zoneByZone = () => {
    const of = service();
    if (fleet.zones.length === 0) return [restart(`subsystem: ${of}`)];
    if (chance(0.5))
      return fleet.zones.flatMap((zone) => [restart(`subsystem: ${of}, zone: ${zone}`), `- wait: ${wait()}`]);
    const share = pick(['all', '50%', '25%']);
    return fleet.zones.flatMap((zone) => {
      const id = `out-${++ids}`;
      return [
        `- remove: { subsystem: ${of}, zone: ${zone}, count: ${share} }\n  id: ${id}`,
        `- wait: ${wait()}`,
        `- restore: ${id}`,
        `- wait: ${wait()}`,
      ];
    });
  };
  const canary = () => {
    const of = `subsystem: ${service()}`;
    return [`- restart: { ${of}, count: 1${takes()} }`, `- wait: ${wait()}`, restart(of)];
  };
  const inSteps = () => {
    const of = target();
    return [
      `- remove: { ${of}, count: 1 }`,
      `- wait: ${wait()}`,
      `- remove: { ${of}, count: ${few()} }`,
      ...(chance(0.5) ? [`- wait: ${wait()}`, `- remove: { ${of}, count: ${few()} }`] : []),
    ];
  };
  const decommission = () => [
    `- remove: { ${target()}, count: ${few()}${chance(0.5) ? `, batch: 1, pause: ${wait()}` : ''} }`,
  ];
  const resize = () => {
    const { name, count } = group();
    const to = chance(0.5) ? count + 1 + upTo(3) : Math.max(1, count - 1 - upTo(2));
    return [`- scale: { group: ${name}, to: ${to} }`, ...(chance(0.5) ? [`- wait: ${wait()}`] : [])];
  };
  const rounds = () => {
    const of = target();
    const steps = pick([
      () => outAndBack(of),
      () => [restart(of), `- wait: ${wait()}`],
      () => [`- remove: { ${of}, count: 1 }`, `- wait: ${wait()}`],
    ])();
    return [`- repeat:\n    times: ${2 + upTo(4)}\n    steps:\n${indented(steps)}`];
  };
  const besides = () => {
    const [first = '', second = first] = [service(), service()];
    const branch = (of: string) =>
      pick([restart, (one: string) => `- remove: { ${one}, count: ${few()} }`])(`subsystem: ${of}`);
    const other = chance(0.3)
      ? `- wait: ${wait()}`
      : first === second
        ? restart(`group: ${group().name}`)
        : branch(second);
    return [`- parallel:\n${indented([branch(first), other])}`];
  };
  const mayBe = () => [`- when: latency is high\n  ${restart().slice(2)}`];

  const kinds = [
    outAndBack,
    outAndBack,
    outAndBack,
    () => [restart()],
    () => [restart()],
    zoneByZone,
    canary,
    inSteps,
    decommission,
    resize,
    rounds,
    besides,
    mayBe,
  ];
  const steps: string[] = [];
  for (let i = 0; i <= 1 + upTo(4); i++) {
    if (i > 0 && chance(0.5)) steps.push(`- wait: ${wait()}`);
    steps.push(...pick(kinds)());
  }
  return `runbook: Work\nsteps:\n${steps.map((step) => step.replaceAll(/^/gm, '  ')).join('\n')}\n`;
}
