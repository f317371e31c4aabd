import type { Match } from '../match/match.ts';

/** Tools that start and stop the services of a host. */
const controllers: ReadonlySet<string> = new Set([
  ...['systemctl', 'service', 'initctl', 'salt', 'ansible', 'pkill', 'killall'],
]);

/** Agents that configure, watch or update a host, or keep its time and its records: what it serves goes on without them. */
const keepers = new Set(
  (
    'puppet puppet-agent chef-client cinc-client mcollective salt-minion cfengine3 datadog-agent newrelic-infra zabbix-agent ' +
    'zabbix-agent2 nrpe nagios-nrpe-server filebeat metricbeat auditbeat packetbeat fluent-bit td-agent td-agent-bit promtail ' +
    'telegraf collectd snmpd osqueryd amazon-ssm-agent amazon-cloudwatch-agent google-cloud-ops-agent google-osconfig-agent ' +
    'walinuxagent waagent qemu-guest-agent open-vm-tools unattended-upgrades apt-daily apt-daily-upgrade packagekit auditd ' +
    'fail2ban smartd irqbalance sysstat logrotate rsyslog syslog-ng systemd-journald cron crond atd chrony chronyd ntp ntpd ' +
    'systemd-timesyncd ssh sshd tuned'
  ).split(' '),
);
/** An exporter watches; a timer begins things, and serves nothing. */
const keeping = /(?:^|[-_])exporter$|\.timer$/;

/** Processes that copy, look or wait for somebody, by what `pkill` knows them: `kubectl port-forward`. */
const asides =
  /^(?:rsync|scp|tcpdump|strace|tail|less|vim?|screen|tmux|ssh-agent|gpg-agent)(?:\s|$)|^kubectl (?:port-forward|proxy)|^[\w./-]*backup[\w./-]*$/;

/** The agents that a command starts, stops or restarts, where it does so to nothing else: `systemctl stop puppet`. */
export function keepsHouse({ usage, bound, carried }: Match): readonly string[] {
  const { tool, strict } = usage;
  if (strict || !controllers.has(tool.tool.value ?? '')) return [];
  const of = (wanted: string) => bound.flatMap(({ role, field }) => (role === wanted ? [field] : []));
  const isKill = tool.tool.value?.includes('kill') === true;
  const isModule = tool.tool.value === 'ansible';
  const words = [...new Set([...(isModule ? [] : of('_')), ...of('command'), ...carried])];
  const names = words.map(({ value = '' }) => (isModule ? nameOf(value) : value));
  const units = names
    .filter((name) => !/^(?:systemd_)?service\.\w+$/.test(name))
    .map((name) => name.replace(/\.service$/, ''));
  return units.every((name) => isKeeper(name) || (isKill && asides.test(name))) ? units : [];
}

/** Services that a fleet may be of by another of the names. */
const alike = [
  ['syslog', 'rsyslog', 'syslog-ng'],
  ['time', 'ntp', 'chrony'],
];

/** Whether the fleet is of such agents, by this name or another of the same service. */
export function isServed(name: string, served?: ReadonlySet<string>): boolean {
  const others = alike.find((all) => all.some((one) => name.includes(one))) ?? [];
  return [name.replace(/d$/, ''), ...others].some((one) => served?.has(one) || served?.has(`${one}d`));
}

/** Whether a service is such an agent. */
export function isKeeper(name: string): boolean {
  return keepers.has(name) || keeping.test(name);
}

/** The service that a module is given: `name=puppet state=stopped`. */
function nameOf(pairs: string): string {
  return /^(?:\s*\w+=[\w.@-]+)+\s*$/.test(pairs) ? (/(?:^|\s)name=(\S+)/.exec(pairs)?.[1] ?? '') : '';
}
