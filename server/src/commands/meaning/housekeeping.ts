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

/** Whether all that a command starts, stops or restarts are such agents: `systemctl stop puppet`. */
export function keepsHouse({ usage, bound, carried }: Match): boolean {
  const { tool, strict } = usage;
  if (strict || !controllers.has(tool.tool.value ?? '')) return false;
  const of = (wanted: string) => bound.flatMap(({ role, field }) => (role === wanted ? [field] : []));
  const isKill = tool.tool.value?.includes('kill') === true;
  const isModule = tool.tool.value === 'ansible';
  const words = [...new Set([...(isModule ? [] : of('_')), ...of('command'), ...carried])];
  const names = words.map(({ value = '' }) => (isModule ? nameOf(value) : value));
  const units = names.filter((name) => !/^(?:systemd_)?service\.\w+$/.test(name));
  return (
    units.length > 0 && units.every((name) => isKeeper(name.replace(/\.service$/, '')) || (isKill && asides.test(name)))
  );
}

/** Whether a service is such an agent. */
export function isKeeper(name: string): boolean {
  return keepers.has(name) || keeping.test(name);
}

/** The service that a module is given: `name=puppet state=stopped`. */
function nameOf(pairs: string): string {
  return /^(?:\s*\w+=[\w.@-]+)+\s*$/.test(pairs) ? (/(?:^|\s)name=(\S+)/.exec(pairs)?.[1] ?? '') : '';
}
