import {
  type Amount,
  type Bound,
  type Case,
  type Change,
  type PlainFleet,
  type PlainHours,
  type PlainMinimum,
  type PlainRemoval,
  type PlainStep,
  sizeOf,
  type Target,
} from './case.ts';

import { days } from './hours.ts';

/** The case as the files that a user would write. */
export function filesOf(one: Case): { readonly fleet: string; readonly runbook: string } {
  return { fleet: fleetText(one.fleet), runbook: runbookText(one) };
}

/** The commands that typed steps use, declared as a user declares them. */
export const commandsText = `commands:
  - tool: s3ctl
    usages:
      - usage: "remove [--subsystem <subsystem>] [--group <group>] [--zone <zone>] [--hosts <hosts>] [--pods <pod>] [-l <selector>] [-n <count>] [--percent <percent>] [--batch <batch>] [--pause <pause>]"
        effect: remove
        absent: all
      - usage: "restore [--subsystem <subsystem>] [--group <group>] [--zone <zone>] [--hosts <hosts>] [--pods <pod>] [-l <selector>] [-n <count>] [--percent <percent>]"
        effect: restore
        absent: all
      - usage: "restart [--subsystem <subsystem>] [--group <group>] [--zone <zone>] [--hosts <hosts>] [--pods <pod>] [-l <selector>] [-n <count>] [--percent <percent>] [--batch <batch>] [--pause <pause>]"
        effect: restart
        absent: all
        speed: { batch: <batch>, absent: all-at-once }
      - usage: "resize --group <group> --to <count>"
        effect: scale-to
      - usage: "status"
        effect: none
`;

function fleetText({ subsystems, groups, removal }: PlainFleet): string {
  const lines = ['fleet: random', 'subsystems:'];
  for (const one of subsystems) {
    const implicit = groups.find(({ name, isImplicit }) => isImplicit && name === one.name);
    const keys: Keys = {
      capacity: implicit && sizeOf(implicit),
      minimum: minimumText(one.minimum),
      minimumPerZone: one.minimumPerZone && boundText(one.minimumPerZone),
      survives: one.survives && flow({ zones: one.survives.zones, hosts: one.survives.hosts }),
      removal: one.removal && removalText(one.removal),
    };
    lines.push(`  ${one.name}: ${flow(keys)}`);
  }
  if (groups.some(({ isImplicit }) => !isImplicit)) lines.push('groups:');
  for (const one of groups) {
    if (one.isImplicit) continue;
    const keys: Keys = {
      ...(typeof one.servers === 'number' || one.isCounted ? { count: sizeOf(one) } : { hosts: list(one.servers) }),
      serves: flow(one.serves),
      zone: one.zone,
      unavailable: typeof one.unavailable === 'object' ? list(one.unavailable) : one.unavailable,
      warmup: one.warmup === 0 ? undefined : `${one.warmup}s`,
      labels: one.label && flow({ role: one.label }),
      aliases: one.alias && list([one.alias]),
    };
    lines.push(`  ${one.name}: ${flow(keys)}`);
  }
  if (removal) lines.push(`removal: ${removalText(removal)}`);
  return `${lines.join('\n')}\ncommandFiles: [./s3ctl.commands.yaml]\n`;
}

function minimumText(minimum: readonly PlainMinimum[]): string {
  const [only, another] = minimum;
  if (only !== undefined && only.during === undefined && another === undefined) return boundText(only.value);
  return list(minimum.map(({ value, during }) => flow({ value: boundText(value), ...(during && hoursKeys(during)) })));
}

function hoursKeys({ first, last, from, to, timezone }: PlainHours): Keys {
  const time = (minute: number) => `${Math.floor(minute / 60)}`.padStart(2, '0') + `:${minute % 60}`.padEnd(3, '0');
  const on = first === last ? days[first] : `${days[first]}-${days[last]}`;
  return { during: `"${on} ${time(from)}-${time(to)}"`, timezone };
}

function removalText({ limit, window, zonesAtOnce }: PlainRemoval): string {
  return flow({ limit: limit && boundText(limit), window: window && `${window}s`, zonesAtOnce });
}

function boundText(bound: Bound): string {
  return 'units' in bound ? `${bound.units}` : percentText(bound.percent);
}

function percentText(thousandths: number): string {
  return `${thousandths / 1000}%`;
}

function runbookText({ steps, parameters = [], window }: Case): string {
  const lines = parameters.map(
    ({ name, usual, minimum, maximum }) => `  ${name}: ${flow({ default: usual, minimum, maximum })}\n`,
  );
  const declared = lines.length > 0 ? `parameters:\n${lines.join('')}` : '';
  return `runbook: Random\n${window ? `window: ${flow(hoursKeys(window))}\n` : ''}${declared}steps:\n${stepLines(steps).join('\n')}\n`;
}

function stepLines(steps: readonly PlainStep[]): readonly string[] {
  return steps.flatMap((step) => {
    const keys = doesLines(step);
    if (step.id !== undefined) keys.push(`id: ${step.id}`);
    if (step.permanent) keys.push('permanent: true');
    if (step.when) keys.push('when: It is needed');
    if (step.takes !== undefined && !takesInside(step)) keys.push(`takes: ${step.takes}s`);
    return keys.map((line, n) => `${n === 0 ? '  - ' : '    '}${line}`);
  });
}

function doesLines({ does, takes }: PlainStep): string[] {
  switch (does.kind) {
    case 'leaf': {
      const [first] = does.changes;
      if (!does.typed && first) return [stepText(first, takes)];
      const { loops = 1, isEach } = does;
      if (isEach && first && 'target' in first && first.target.hosts)
        return ['run: |', `  for h in ${first.target.hosts.join(' ')}; do ${commandText(onHost(first))}; done`];
      const around = loops > 1 ? [`  for i in {1..${loops}}; do`, '  done'] : [];
      return [
        'run: |',
        ...around.slice(0, 1),
        ...does.changes.map((change) => `  ${commandText(change)}`),
        ...around.slice(1),
      ];
    }
    case 'parallel':
      return ['parallel:', ...stepLines(does.steps)];
    case 'repeat': {
      const inner = stepLines(does.steps);
      return ['repeat:', `  times: ${does.times}`, '  steps:', ...inner.map((line) => `  ${line}`)];
    }
  }
}

/** Whether it stands among the keys of the verb. */
function takesInside({ does }: PlainStep): boolean {
  if (does.kind !== 'leaf' || does.typed) return false;
  return does.changes.some(({ effect }) => effect === 'restart' || effect === 'replace' || effect === 'surge');
}

function stepText(change: Change, takes: number | undefined): string {
  switch (change.effect) {
    case 'check':
      return change.subsystem === undefined
        ? 'check: It looks fine'
        : `check: ${flow({ subsystem: change.subsystem, atLeast: change.atLeast })}`;
    case 'wait':
      return `wait: ${change.seconds}s`;
    case 'take back':
      return `restore: ${change.id}`;
    case 'scale':
      return `scale: ${flow({ group: change.group, to: change.to })}`;
    case 'restore':
      return `restore: ${flow({ ...targetKeys(change.target), count: amountText(change.amount) })}`;
    default: {
      const { effect, target, amount, batch, pause } = change;
      const keys: Keys = {
        ...targetKeys(target),
        count: amountText(amount),
        batch: amountText(batch),
        pause: pause === undefined ? undefined : `${pause}s`,
        takes: takes === undefined || effect === 'remove' ? undefined : `${takes}s`,
        surge: effect === 'surge' ? 'true' : undefined,
      };
      return `${effect === 'surge' ? 'replace' : effect}: ${flow(keys)}`;
    }
  }
}

function commandText(change: Change): string {
  switch (change.effect) {
    case 'wait':
      return `sleep ${change.seconds}`;
    case 'scale':
      return `s3ctl resize --group ${change.group} --to ${change.to}`;
    case 'restore':
      return ['s3ctl restore', ...targetOptions(change.target), ...amountOptions(change.amount)].join(' ');
    case 'remove':
    case 'restart': {
      const { effect, target, amount, batch, pause } = change;
      const rolling = [batch && `--batch ${amountText(batch)}`, pause === undefined ? undefined : `--pause ${pause}s`];
      const options = [
        ...targetOptions(target),
        ...amountOptions(amount),
        ...rolling.filter((word) => word !== undefined),
      ];
      return [`s3ctl ${effect}`, ...options].join(' ');
    }
    case 'replace':
      return `kubectl delete pod ${change.target.hosts?.join(' ')}`;
    default:
      return 's3ctl status';
  }
}

function onHost<C extends Extract<Change, { target: Target }>>(change: C): C {
  return { ...change, target: { ...change.target, hosts: ['$h'] } };
}

function targetOptions({ subsystem, group, hosts, isPods, zone, label }: Target): readonly string[] {
  return [
    ...(subsystem === undefined ? [] : [`--subsystem ${subsystem}`]),
    ...(group === undefined ? [] : [`--group ${group}`]),
    ...(hosts === undefined ? [] : [`--${isPods ? 'pods' : 'hosts'} ${hosts.join(',')}`]),
    ...(zone === undefined ? [] : [`--zone ${zone}`]),
    ...(label === undefined ? [] : [`-l role=${label}`]),
  ];
}

function amountOptions(amount: Amount | undefined): readonly string[] {
  if (amount === undefined || amount === 'all') return [];
  if ('parameter' in amount) return [`-n {{ ${amount.parameter} }}`];
  return 'count' in amount ? [`-n ${amount.count}`] : [`--percent ${amount.percent / 1000}`];
}

function targetKeys({ subsystem, group, hosts, zone, label }: Target): Keys {
  return { subsystem, group, hosts: hosts && list(hosts), zone, labels: label && flow({ role: label }) };
}

function amountText(amount: Amount | undefined): string | undefined {
  if (amount === undefined || amount === 'all') return amount;
  if ('parameter' in amount) return `"{{ ${amount.parameter} }}"`;
  return 'count' in amount ? `${amount.count}` : percentText(amount.percent);
}

type Keys = Readonly<Record<string, string | number | undefined>>;

function flow(keys: Keys): string {
  const entries = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `{ ${entries.join(', ')} }`;
}

function list(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}
