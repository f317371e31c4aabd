import { isKeeper } from '../meaning/housekeeping.ts';
import type { Field } from '../shell/words/field.ts';

/** Tools that look at things, handle text or files, or belong to the shell. */
const harmless = new Set(
  (
    'echo printf cat cd ls pwd grep egrep fgrep awk sed head tail sort uniq wc cut tr tee jq yq date true false test [ [[ : set unset ' +
    'export local declare typeset readonly read source . wget dig host nslookup ping traceroute uptime who id df du ps top free vmstat iostat ' +
    'zgrep zcat zless bzgrep bzcat xzgrep xzcat rg kafkacat mkdir cp mv touch rm rmdir chmod chown ln find diff less more vi vim nano emacs git man which type hash alias unalias history ' +
    'tar gzip gunzip zip unzip exit return break continue trap umask ulimit shift pushd popd journalctl shuf yes dmesg logger mail ' +
    'mapfile readarray wait jobs fg bg builtin caller complete compgen disown enable printenv expr factor nproc lsof ss netstat tcpdump strace dstat sar squeue sinfo sacct salloc sbatch sreport sprio sdiag sstat ' +
    'nodeset cluset psql sqlite3 cqlsh clickhouse-client influx mysqldump pg_dump pg_isready pg_basebackup promtool amtool grpcurl redis-benchmark bc tac rev column paste join comm split csplit sha256sum md5sum base64 xxd od iconv ' +
    'wall gsutil bq zabbix_sender zabbix_get k6 ab hey vegeta wrk yamllint shellcheck pandoc ' +
    'mongodump mongorestore mongoexport mongoimport pg_restore sftp ssh-copy-id pdcp rados kafka-configs.sh kafka-configs ' +
    'httping sslyze siege locust console vncviewer xfreerdp rdesktop arp glances lynx links w3m ' +
    'whatis hostnamectl timedatectl localectl resolvectl gem brew ansible-galaxy fping arping hping3 snmpwalk snmpget snmpbulkwalk sshfs lftp testssl.sh sslscan iperf iperf3 netperf qperf tshark ngrep whois drill htop iotop iftop ' +
    'pt-table-checksum pt-query-digest pt-online-schema-change gh-ost kafka-acls.sh kafka-acls elasticdump sstableloader mongostat mongotop ' +
    'inspec goss pytest rclone restic borg duplicity gpg xdg-open code vimdiff multitail lnav logcli certbot ' +
    'getent telnet nmap ssh-keyscan ssh-keygen mtr last lastlog ' +
    'slackcat slack notify-send jira kcat kafka-console-consumer.sh log info warn warning error die fatal confirm notify say msg banner ' +
    'seq basename dirname realpath readlink stat file xargs mktemp nc openssl stern k9s npm pip scp rsync open watch sleep eval let getopts'
  ).split(' '),
);

const changing =
  'remove|delete|rm|erase|wipe|purge|fence|depool|unregister|withdraw|unload|standby|down|drain|terminate|stop|kill|scale|decommission|destroy|evict|cordon|disable|deregister|detach|shutdown|reboot|' +
  'restart|poweroff|power-off|powerdown|hardreset|powerreset|graceshutdown|powercycle|power-cycle|quiesce|halt|resize|shrink|retire|offline|uninstall|deallocate|suspend|evacuate|quarantine|isolate|recreate|' +
  'deactivate|undeploy|teardown|tear-down|nuke|expel|unjoin|leave|decrease|downsize|demote|switchover|stepdown|step-down|disassociate|disconnect|abandon|' +
  'replace|reimage|rollback|rollout|reset|failover|downscale|pkill|killall|reduce|cull|eject|pull|takedown|take-out|out|bounce|recycle|rolling-update|rolling-restart';
/** `drain`, `STOP`, the last part of `ps:restart`, and `:shutdown(restart=true)`. */
const verb = new RegExp(`^(?:[\\w-]*:)*(?:${changing})(?:\\(|$)`, 'i');
const beginsWithVerb = new RegExp(`^(?:[\\w-]+:)*(?:${changing})[-:_]|(?:^|[-:_])desired-(?:count|capacity)$`, 'i');
/** An option that is a verb: `--drain`. What else they do with it (`--restart always`, `--delete` of a copy) is no removal. */
const verbalOption =
  /^--?(?:drain|stop|shutdown|reboot|power-?off|off|terminate|decommission|deactivate|evict|depool|cordon|remove-?node|server-remove)$/;
const endsWithVerb = new RegExp(`[-_](?:${changing})$`);
/** `stopall`, `peer-remove`, `decommissionbookie`, `force-reboot`. */
const verbInside =
  /^(?:(?:stop|restart|kill|shutdown|halt|drain|remove)-?all|decommission[a-z]+|[a-z-]+-(?:remove|drain|decommission|shutdown|evict|evacuate)|(?:force|hard|soft|rolling|graceful|full|emergency|test)-(?:stop|restart|reboot|delete|kill|failover)|(?:host|node|server|instance|backend|pool)-disable|enter[-_]maintenance(?:[-_]mode)?|start-zonal-shift|rebuild-environment)$/i;
/** `service.stop` of a module, `StopInstance` of an interface. */
const ofModule =
  /^[\w-]+(?:\.[\w-]+)*\.(?:enter_maintenance_mode|stop|restart|shutdown|reboot|poweroff|drain|terminate|disable)$/;
/** `stopServer.sh`, and what is taken from a host: packages, what it stores on, packets. */
const camelName = /^(?:stop|restart|shutdown|kill|drain|remove|delete)[A-Z]/;
const taking =
  /^(?:rpm (?:-e|--erase)|dpkg (?:-[rP]|--remove|--purge)|zpool export|vgexport|exportfs -u|umount(?! (?:-\S+ )?\/(?:mnt|media|tmp))|tc qdisc (?:add|replace|change))(?: |$)/;
const camel = /^(?:Stop|Restart|Reboot|Drain|Delete|Remove|Terminate|Kill|Evict|Planned|Emergency)[A-Z][a-z]/;
/** `--action=stop`, `--endpoint-status Disabled`: what is to become of something. */
const becoming = /^--?(?:[a-z]+-)*(?:action|access|state|status|command|operation|availability)$/i;
const become = new RegExp(
  `^(?:${changing}|disabled|draining|drained|stopped|maintenance|inactive|unhealthy|absent|deny)$`,
  'i',
);
/** `ensure=stopped`. */
const becomes = /^(?:state|status|ensure|action|availability|command)=:?(.+)$/;
/** How many there are to be, and of traffic how much: `--num-workers=2`, `InstanceCount=2`. It counts where something is updated. */
const updating =
  /^(?:[Uu]pdate|[Mm]odify|[Ss]et|[Ee]dit|[Pp]atch|[Cc]onfigure|[Cc]hange|[Aa]djust|[Aa]lter)(?:$|[-A-Z])/;
const sized =
  /(?:^--?|[,.]|^)(?:count|replicas|nodes|instances|capacity|(?:num|node|worker|instance|replica|broker|task|machine|desired|target|new|min|max)-?(?:count|size|capacity|nodes|workers|replicas|instances)|weight|(?:traffic-dial-)?percentage)(?:=(\d+%?)(?:$|,)|$)/i;
/** `power off` of a management controller, in one word or two, and an application that lets nobody in: `occ maintenance:mode --on`. */
const power =
  /(?:^|\s)r?power\s+(?:\S+\s+)?(?:off|down|cycle|reset|soft)(?:\s|$)|maintenance(?:[-_:]mode)?[-_:\s]+(?:--)?(?:enable|on|start|activate|1|true)(?:\s|$)/;
/** It lets them in again. */
const opening = /maintenance(?:[-_:]mode)?[-_:\s]+(?:--)?(?:disable|off|deactivate|0|false)(?:\s|$)/;
/** A script of the team's own: it is called by its file. */
const scriptName = /\.(?:sh|bash|py|rb|pl|js|ps1)$/;
/** A word that is a command to be run elsewhere, by a shell or by the console of a telephone server: `core restart`, `fsctl shutdown`. */
const command =
  /^(?:sudo\s+(?:-\S+\s+)*)?(?:reboot|shutdown|poweroff|halt|kill|pkill|killall|systemctl|service|docker|kubectl|core|fsctl)\b/;
/** Tools that need no operand to take something down. */
const byThemselves = /^(?:reboot|shutdown|poweroff|halt|pkill|kill|killall)$/;
const alone =
  /^(?:condor_(?:off|restart|drain)|db2stop|killproc|endmqm|depool|drain|decommission|evacuate|quiesce|iisreset)$/;
/** They read a program in a word of its own; what stands in it is a word of removal in any language. */
const interpreter = /^(?:python[\d.]*|perl|ruby|node|php|lua|pwsh|powershell)$/;
const inProgram =
  /\b(?:reboot|shutdown|poweroff|pkill|killall|systemctl|drain|terminate|decommission|(?:stop|terminate|reboot)_instances?)\b/;
/** A filter that may hand its lines to a shell: `awk '{system("ssh " $1 " reboot")}'`. */
const awk = /^[gmn]?awk$/;
const runsShell = /\bsystem\s*\(|\|\s*"(?:ba)?sh\b/;
/** Requests of `http` that ask for more than a page. */
const sending = /^(?:POST|PUT|DELETE|PATCH)$/;
const asking =
  /^(?:[\w-]+:)?(?:get|report|describe|list|ls|show|status|logs?|top|explain|help|version|info|ps|images|stats|events|port|history|watch|diff|plan|search|scan|analy[sz]e|inspect|pr|mr|attach|find|query|view|read|preview|issue|incident|comment)$/;

/** `check_health.sh`, `wait-for-node`. */
const looking =
  /^(?:check|verify|validate|[Gg]et|Test|Measure|list|show|status|report|notify|collect|wait|describe|print)(?:[-_.A-Z]|$)/;

/** Of those, the ones that write. */
const writing =
  /^(?:mkdir|cp|mv|touch|rm|rmdir|chmod|chown|ln|tee|sed|vim?|nano|emacs|git|tar|g(?:un)?zip|(?:un)?zip|wget|scp|rsync|sftp|pdcp|source|\.|eval|find|xargs|awk|psql|sqlite3|cqlsh|mongorestore|mongoimport|pg_restore|npm|pip|gem|brew)$/;

/** Whether a tool that nobody declared is known to look and no more. */
export function looksOnly(tool: string): boolean {
  return harmless.has(tool) && !writing.test(tool);
}

/** It says something to somebody: `slack-notify`, `set_downtime.sh`. */
const telling = /(?:^|[-_])(?:slack|notify|notifier|silence|downtime|mail|pagerduty|opsgenie)(?:[-_.]|$)/i;

/**
 * The word by which a command of an undeclared tool looks as if it changed capacity: `drain`, `terminate-instances`.
 * Undefined where it does not. A guess, made to be quiet: it only decides whether to say that nothing is known.
 */
export function changingWord(words: readonly Field[], tool: string): Field | undefined {
  const [head, ...rest] = words;
  if (head === undefined) return undefined;
  if (packaging.test(tool) && rest.slice(1).every(({ value }) => value !== undefined && servesNothing(value)))
    return undefined;
  if (awk.test(tool)) return rest.find(({ value = '' }) => runsShell.test(value) && inProgram.test(value));
  if (harmless.has(tool)) return undefined;
  if (byThemselves.test(tool)) return head;
  const said = rest.filter(({ value }) => value !== undefined && !value.startsWith('-')).slice(0, 5);
  // What stands behind an option, once the verb has been said, is its value: `update-domain --name logs`.
  const isValue = (word: Field) => word !== said[0] && /^--\w/.test(rest[rest.indexOf(word) - 1]?.value ?? '');
  if (said.some((word) => asking.test(word.value ?? '') && !isValue(word))) return undefined;
  if (asksForHelp(rest, tool)) return undefined;
  const text = words.map(({ value = '' }) => value).join(' ');
  if (opening.test(text)) return undefined;
  const isScript = scriptName.test(tool) || /^\.{0,2}\//.test(head.value ?? '');
  const name = tool.replace(scriptName, '');
  const doing =
    verb.test(name) ||
    beginsWithVerb.test(name) ||
    camelName.test(name) ||
    (isScript && endsWithVerb.test(name)) ||
    taking.test([tool, ...rest.slice(0, 2).map(({ value }) => value)].join(' '));
  if (doing && (isScript || rest.length > 0 || beginsWithVerb.test(name))) return head;
  if (alone.test(name)) return head;
  if (power.test(text)) return head;
  return (
    said.find(({ value = '' }) => isVerb(value) && !sending.test(value)) ??
    optionValue(rest) ??
    size(said, rest) ??
    carried(rest) ??
    rest.find(({ value = '' }) => verbalOption.test(value)) ??
    (interpreter.test(tool) ? rest.find(({ value = '' }) => inProgram.test(value)) : undefined) ??
    rest.find(({ value = '' }) => command.test(value) && value.includes(' ') && mentions(value))
  );
}

/** A `-h` with something behind it has a value. What has no dry run takes no such option, and does nothing either. */
function asksForHelp(words: readonly Field[], tool: string): boolean {
  if (tool === 'make' && words.some(({ value }) => value === '-n')) return true;
  return words.at(-1)?.value === '-h' || words.some(({ value = '' }) => harmlessly.test(value));
}

const harmlessly = /^--(?:help|version|dry-?run|noop|just-print|what-?if)$/;

function isVerb(word: string): boolean {
  return (
    verb.test(word) || beginsWithVerb.test(word) || verbInside.test(word) || ofModule.test(word) || camel.test(word)
  );
}

function optionValue(words: readonly Field[]): Field | undefined {
  return words.find(({ value = '' }, at) => {
    const [name, own = words[at + 1]?.value ?? ''] = value.split('=', 2);
    if (become.test(becomes.exec(value)?.[1] ?? '')) return true;
    return becoming.test(name ?? '') && become.test(own);
  });
}

function size(said: readonly Field[], words: readonly Field[]): Field | undefined {
  if (!said.some(({ value = '' }) => updating.test(value))) return undefined;
  return words.find(({ value = '' }, at) => {
    const found = sized.exec(value);
    return found !== null && /^\d+%?$/.test(found[1] ?? words[at + 1]?.value ?? '');
  });
}

/** What stands behind `--` is a command of its own: `boundary connect ssh -- sudo reboot`. */
function carried(words: readonly Field[]): Field | undefined {
  const at = words.findIndex(({ value }) => value === '--');
  const text =
    at < 0
      ? ''
      : words
          .slice(at + 1)
          .map(({ value = '' }) => value)
          .join(' ');
  return command.test(text) && mentions(text) ? words[at + 1] : undefined;
}

function mentions(text: string): boolean {
  return text.split(/\s+/).some((word) => isVerb(word) || byThemselves.test(word));
}

/** They install and upgrade what may be called as a subsystem is: `dnf upgrade redis`; what a package restarts stands in it. */
const packaging =
  /^(?:apt|apt-get|aptitude|yum|dnf|tdnf|microdnf|zypper|apk|pacman|snap|brew|choco|winget|pip[\d.]*|npm|gem|rpm|dpkg)$/;

/** An option, or a package in which nothing serves: a tool that looks, an agent that keeps house, a kernel that does not run. */
function servesNothing(word: string): boolean {
  const name = word.replace(/[=:].*$/, '').replace(/^python3?-/, '');
  return word.startsWith('-') || harmless.has(name) || isKeeper(name) || spare.test(name);
}
const spare = /^(?:linux-(?:image|headers|modules)|kernel)-|^(?:lib(?!virt)|fonts-)|-(?:dev|devel|doc|dbg|debuginfo)$/;

/** Whether a command that is not understood may do something to what it names; it looks at it where its words say so. */
export function mayChange(words: readonly Field[], tool: string): boolean {
  const rest = words.slice(1).map(({ value = '' }) => value);
  if (/^(?:http|https|xh)$/.test(tool)) {
    return rest.some((word) => sending.test(word));
  }
  if (harmless.has(tool)) return rewrites(tool, rest);
  if ([looking, telling, packaging].some((form) => form.test(tool))) return false;
  const said = rest.filter((word) => !word.startsWith('-')).slice(0, 4);
  return !said.some((word) => asking.test(word)) && !asksForHelp(words.slice(1), tool) && !rest.includes('-h');
}

/** `sed -i` changes what stands in a file: the servers of an upstream, say. */
function rewrites(tool: string, words: readonly string[]): boolean {
  return tool === 'sed' && words.some((word) => /^-[A-Za-z]*i|^--in-place/.test(word));
}

/** Whether a tool that nobody declared is given a word of removal to read: `sqlplus <<< "shutdown immediate"`. */
export function readsChange(text: string, tool: string): boolean {
  if (interpreter.test(tool) && inProgram.test(text)) return true;
  return !harmless.has(tool) && /^\s*(?:shutdown|reboot|poweroff|halt|stop|update delete)\b/im.test(text);
}

/** Whether a name in a text is, or is made with, a word of removal: `drain-node.sh`. */
export function namesChange(text: string): boolean {
  return text.split(/[^\w-]+/).some((word) => verb.test(word) || beginsWithVerb.test(word) || endsWithVerb.test(word));
}

/** Whether any of the words, or of those within them, looks as if it changed capacity. */
export function mentionsChange(words: readonly Field[]): boolean {
  return words.some(({ value = '' }) => mentions(value));
}
