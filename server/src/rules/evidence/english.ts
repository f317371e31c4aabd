/*
 * Words of English by which a sentence tells what its figures are of, in small letters.
 */

function set(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')));
}

/** Behind a number they make a length of time, a percent, an hour or an amount of data of it. */
export const units = set(
  's sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days week weeks month months year years',
  '% percent per-cent pct am pm utc gmt gb gib mb mib kb tb ms qps rps cpu cpus core-hours',
);
/** Beside a number they make a date of it. */
export const months = set(
  'jan january feb february mar march apr april may jun june jul july aug august sep sept september',
  'oct october nov november dec december',
);
/** Words before a number that is a name: `node 4`. */
export const labels = set(
  'step steps phase part stage batch round wave ring tier level cell row rack racks zone zones az region node nodes host server',
  'machine instance box pod replica shard group version v release ticket incident issue pr no number # port page option case',
  'attempt day week runbook section chapter try pool rev revision build kernel ubuntu debian java python php postgres',
);

/** What servers are called. */
export const nouns = set(
  'server servers host hosts node nodes machine machines instance instances box boxes replica replicas pod pods worker workers',
  'vm vms task tasks broker brokers router routers container containers member members osd osds backend backends target targets them',
);
/** What may stand between a number and what it counts. */
export const adjectives = set(
  'of the our these those more other another additional extra further old new spare idle bad faulty slow unhealthy healthy failed',
  'failing broken remaining first last next single dead hot cold canary stale',
);
/** What is done to servers. */
export const verbs = set(
  'take remove drain stop restart reboot replace retire terminate delete kill evict decommission detach cordon roll pull disable',
  'shut scale restore return bring put add enable recycle bounce fail offline power rotate reimage rebuild move taking removing',
  'draining stopping restarting rebooting replacing terminating restoring adding',
);
/** What may stand between a verb and its number. */
export const particles = set(
  'out off down back up offline in away only just another the first next last other exactly again',
);
/** What may follow a number that stands for servers without saying so: "Take four out", "Restart ten of them". */
export const followers = set('out off down back from in at and for then so before after more offline away again to');
/** Words that make a number the figure of what stays, or of the whole. */
export const bounds = set(
  'of keep keeps keeping leave leaves leaving least most above below under over than until maximum minimum remaining all both',
);
