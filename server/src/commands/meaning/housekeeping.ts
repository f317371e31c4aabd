import type { Match } from '../match/match.ts';

/** Tools that start and stop the services of a host. */
const controllers: ReadonlySet<string> = new Set(['systemctl', 'service', 'initctl', 'salt', 'ansible']);

/** Agents that configure, watch or update a host: what it serves goes on without them. A timer begins things, and serves nothing. */
const keepers =
  /^(?:puppet(?:-agent)?|chef-client|cinc-client|mcollective|salt-minion|cfengine3|(?:[\w-]+[-_])?exporter|datadog-agent|newrelic-infra|zabbix-agent2?|nrpe|nagios-nrpe-server|(?:file|metric|audit|packet)beat|fluent-bit|td-agent(?:-bit)?|promtail|amazon-(?:ssm|cloudwatch)-agent|google-(?:cloud-ops|osconfig)-agent|walinuxagent|waagent|qemu-guest-agent|open-vm-tools|unattended-upgrades|apt-daily(?:-upgrade)?|packagekit|auditd|fail2ban|smartd|irqbalance|sysstat|logrotate|[\w@-]+\.timer)(?:\.service)?$/;

/** Whether all that a command starts, stops or restarts are such agents: `systemctl stop puppet`. */
export function keepsHouse({ usage, bound, carried }: Match): boolean {
  const { tool, strict } = usage;
  if (strict || !controllers.has(tool.tool.value ?? '')) return false;
  const of = (wanted: string) => bound.flatMap(({ role, field }) => (role === wanted ? [field] : []));
  const isModule = tool.tool.value === 'ansible';
  const words = [...new Set([...(isModule ? [] : of('_')), ...of('command'), ...carried])];
  const names = words.map(({ value = '' }) => (isModule ? nameOf(value) : value));
  const units = names.filter((name) => !/^(?:systemd_)?service\.\w+$/.test(name));
  return units.length > 0 && units.every((name) => keepers.test(name));
}

/** The service that a module is given: `name=puppet state=stopped`. */
function nameOf(pairs: string): string {
  return /^(?:\s*\w+=[\w.@-]+)+\s*$/.test(pairs) ? (/(?:^|\s)name=(\S+)/.exec(pairs)?.[1] ?? '') : '';
}
