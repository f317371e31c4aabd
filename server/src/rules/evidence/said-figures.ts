/**
 * A whole number that a text says, and what it is a number of, as far as the words around it tell:
 * so many servers, so many at once, the size that something is to have, or anything else.
 */
export interface SaidFigure {
  readonly value: number;
  readonly of: 'servers' | 'batch' | 'size' | 'other';
}

interface Word {
  /** In small letters, without punctuation around it. */
  readonly text: string;
  /** Punctuation follows: what comes next belongs to something else. */
  readonly ends: boolean;
}

/**
 * The figures in a sentence such as a step's name. Percents, times, dates, and numbers that tell one thing from another (`node 4`, `step 2`, `v2`) are none.
 * `names` are words by which the fleet calls its servers, in small letters.
 */
export function saidFigures(text: string, names: ReadonlySet<string>): readonly SaidFigure[] {
  const words = wordsOf(text.replace(enumeration, ''));
  const figures: SaidFigure[] = [];
  for (let i = 0; i < words.length; i++) {
    const found = numberAt(words[i], words[i + 1]);
    if (found === undefined) continue;
    const around = {
      before: words.slice(Math.max(0, i - 4), i),
      after: found.ends ? [] : phrase(words, i + found.words),
    };
    i += found.words - 1;
    if (isMeasure(around)) continue;
    const of = kindOf(around, names);
    // "One by one", "the one that is slow": it is a figure only where it says of what.
    if (found.value !== 1 || found.digits || countsServers(around.after, names))
      figures.push({ value: found.value, of });
  }
  return figures;
}

/** The words up to the next punctuation. */
function phrase(words: readonly Word[], from: number): readonly Word[] {
  const end = words.findIndex(({ ends }, i) => i >= from && ends);
  return words.slice(from, end < 0 ? words.length : end + 1);
}

/** Every whole number in a text, in digits and in words, whatever it counts. */
export function numbersIn(text: string): readonly number[] {
  const numbers: number[] = [];
  mayBeNumber.lastIndex = 0;
  for (let found = mayBeNumber.exec(text); found !== null; found = mayBeNumber.exec(text)) {
    const word = wordOf(found[1] ?? '');
    const number = numberAt(word, tens.has(word.text) ? wordOf(found[2] ?? '') : undefined);
    if (number !== undefined) numbers.push(number.value);
  }
  return numbers;
}

/** The number of a step in the step's own name: `Step 3: …`, `2) …`. */
const enumeration =
  /^\s*(?:(?:step|phase|part|stage|no\.?)\s*#?\d+(?:\.\d+)*\s*[.):\u2013\u2014-]?\s|#?\d+(?:\.\d+)*\s*[.):]\s)/i;

function wordsOf(text: string): readonly Word[] {
  return text
    .split(/\s+/)
    .map(wordOf)
    .filter(({ text: bare }) => bare !== '');
}

function wordOf(raw: string): Word {
  const text = raw.replace(/^[("'[`]+|[)"'\]`,.;:!?]+$/g, '').toLowerCase();
  return { text, ends: /[,.;:!?)]$/.test(raw) };
}

const small = new Map(
  [
    ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
  ].map((word, value) => [word, value]),
);
const tens = new Map(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, i) => [word, 20 + 10 * i]),
);

/** A word that begins as a number does, and the next one. Most words do not, and need no closer look. */
const mayBeNumber = new RegExp(
  `(?:^|\\s)([("'[\`]*(?:\\d|${[...small.keys(), ...tens.keys()].join('|')})\\S*)(?=\\s+(\\S+)|)`,
  'gi',
);

interface NumberWords {
  readonly value: number;
  readonly words: number;
  readonly digits: boolean;
  readonly ends: boolean;
}

/** Twenty and the like may go on in the next word. */
function numberAt(word: Word | undefined, next: Word | undefined): NumberWords | undefined {
  if (word === undefined) return undefined;
  const { text, ends } = word;
  if (/^(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})$/.test(text))
    return { value: Number(text.replaceAll(',', '')), words: 1, digits: true, ends };
  const few = small.get(text);
  if (few !== undefined) return { value: few, words: 1, digits: false, ends };
  const [ten = '', one] = text.split('-');
  const value = tens.get(ten);
  if (value === undefined) return undefined;
  if (one !== undefined) {
    const unit = unitOf(one);
    return unit === undefined ? undefined : { value: value + unit, words: 1, digits: false, ends };
  }
  const unit = ends ? undefined : unitOf(next?.text ?? '');
  if (unit === undefined) return { value, words: 1, digits: false, ends };
  return { value: value + unit, words: 2, digits: false, ends: next?.ends ?? false };
}

/** One to nine. */
function unitOf(word: string): number | undefined {
  const unit = small.get(word);
  return unit !== undefined && unit > 0 && unit < 10 ? unit : undefined;
}

interface Around {
  readonly before: readonly Word[];
  /** Up to the next punctuation. */
  readonly after: readonly Word[];
}

const units = set(
  's sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days week weeks month months year years',
  '% percent per-cent pct am pm utc gmt gb gib mb mib kb tb ms qps rps cpu cpus core-hours',
);
const months = set('jan january feb february mar march apr april may jun june jul july aug august sep sept september');
const moreMonths = set('oct october nov november dec december');
/** Words before a number that is a name: `node 4`. */
const labels = set(
  'step steps phase part stage batch round wave ring tier level cell row rack racks zone zones az region node nodes host server',
  'machine instance box pod replica shard group version v release ticket incident issue pr no number # port page option case',
  'attempt day week runbook section chapter try pool rev revision build kernel ubuntu debian java python php postgres',
);

/** A length of time, a percent, a date, a name: no figure of anything that could be counted in servers. */
function isMeasure({ before, after }: Around): boolean {
  const last = before.at(-1);
  const next = after[0]?.text;
  if (next !== undefined && (units.has(next) || isMonth(next))) return true;
  if (next === 'per' && after[1]?.text === 'cent') return true;
  return last !== undefined && !last.ends && (labels.has(last.text) || isMonth(last.text));
}

function isMonth(word: string): boolean {
  return months.has(word) || moreMonths.has(word);
}

const nouns = set(
  'server servers host hosts node nodes machine machines instance instances box boxes replica replicas pod pods worker workers',
  'vm vms task tasks broker brokers router routers container containers member members osd osds backend backends target targets them',
);
/** What may stand between a number and what it counts. */
const adjectives = set(
  'of the our these those more other another additional extra further old new spare idle bad faulty slow unhealthy healthy failed',
  'failing broken remaining first last next single dead hot cold canary stale',
);
const verbs = set(
  'take remove drain stop restart reboot replace retire terminate delete kill evict decommission detach cordon roll pull disable',
  'shut scale restore return bring put add enable recycle bounce fail offline power rotate reimage rebuild move taking removing',
  'draining stopping restarting rebooting replacing terminating restoring adding',
);
/** What may stand between a verb and its number. */
const particles = set('out off down back up offline in away only just another the first next last other exactly again');
/** What may follow a number that stands for servers without saying so: "Take four out", "Restart ten of them". */
const followers = set('out off down back from in at and for then so before after more offline away again to');
/** Words that make a number the figure of what stays, or of the whole. */
const bounds = set(
  'of keep keeps keeping leave leaves leaving least most above below under over than until maximum minimum remaining all both',
);

function kindOf(around: Around, names: ReadonlySet<string>): SaidFigure['of'] {
  const { before, after } = around;
  const last = before.at(-1);
  const counts = countsServers(after, names);
  if (isBatch(after)) return 'batch';
  if (last?.text === 'to' && !last.ends) return before.at(-2)?.text === 'up' && before.length > 1 ? 'other' : 'size';
  if (last !== undefined && !last.ends && bounds.has(last.text)) return 'other';
  if (counts) return 'servers';
  const next = after[0]?.text;
  const ofAll = next === 'of' && numberAt(after[1], after[2]) !== undefined;
  return followsVerb(before) && (next === undefined || ofAll || followers.has(next)) ? 'servers' : 'other';
}

/** Whether what follows, perhaps after some adjectives, is a word for servers: the common ones, or a name of the fleet. */
function countsServers(after: readonly Word[], names: ReadonlySet<string>): boolean {
  const at = after.findIndex(({ text }) => !names.has(text) && !adjectives.has(text));
  const last = at < 0 ? after.at(-1) : after[at - 1];
  const named = last !== undefined && names.has(last.text);
  const next = after[at]?.text;
  return next === undefined ? named : nouns.has(next) || (named && followers.has(next));
}

/** "… at a time", "… at once", "… in parallel", also behind what is counted. */
function isBatch(after: readonly Word[]): boolean {
  const next = after
    .slice(0, 6)
    .map(({ text }) => text)
    .join(' ');
  return /^(?:[\w-]+ ){0,3}?(?:at a time|at once|in parallel|at the same time|per batch|each|apiece|concurrently)\b/.test(
    next,
  );
}

function followsVerb(before: readonly Word[]): boolean {
  for (const { text, ends } of before.toReversed()) {
    if (ends) return false;
    if (verbs.has(text)) return true;
    if (!particles.has(text)) return false;
  }
  return false;
}

function set(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')));
}
