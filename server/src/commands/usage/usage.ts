import { nearest } from '../../model/nearest.ts';
import { isOption, type UsageItem, type UsageOption, type UsagePart } from './items.ts';

/** A mistake in a usage line: whole sentences, and the stretch of the line that is at fault. */
export interface UsageMistake {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** What was meant, where a name is misspelt. */
  readonly meant?: Meant | undefined;
}

interface Meant {
  readonly text: string;
  /** Nothing else is as near, so that it may be put in unseen. */
  readonly certain: boolean;
}

interface ParsedUsage {
  readonly items: readonly UsageItem[];
  readonly mistakes: readonly UsageMistake[];
}

/** What a value of a command can be, by the name that stands in angle brackets. */
export const roles: readonly string[] = [
  ...[
    'subsystem',
    'group',
    'hosts',
    'zone',
    'selector',
    'target',
    'except',
    'instance',
    'pod',
    'local',
    'count',
    'percent',
    'batch',
    'pause',
  ],
  ...['environment', 'command', 'least', 'most', '_'],
];

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  /** Options that mean everything by themselves. */
  readonly everything: ReadonlySet<string>;
  readonly mistakes: UsageMistake[];
}

/** Nested brackets that are read; a usage line needs two or three. */
const mostDepth = 30;

/**
 * Reads a usage line (docs/commands.md). What cannot be read is told and left out; the rest is read all the same.
 * `everything` are options that mean everything, and so take no value.
 */
export function parseUsage(text: string, everything: readonly string[] = []): ParsedUsage {
  const reader: Reader = { text, at: 0, depth: 0, everything: new Set(everything), mistakes: [] };
  const items: UsageItem[] = [];
  while (reader.at < text.length) {
    items.push(...sequence(reader));
    const char = text[reader.at];
    if (char === undefined) break;
    const hint = char === '|' ? 'Put the alternatives into round brackets: `(a|b)`.' : 'Remove it, or open it before.';
    mistake(reader, `\`${char}\` stands here without an opening bracket. ${hint}`, reader.at, reader.at + 1);
    reader.at += 1;
  }
  return { items, mistakes: reader.mistakes };
}

function mistake(reader: Reader, message: string, from: number, to: number): void {
  reader.mistakes.push({ message, from, to });
}

/** Items up to a closing bracket, a bar, or the end; `isRound`: they stand in round brackets. */
function sequence(reader: Reader, isRound = false): readonly UsageItem[] {
  const items: UsageItem[] = [];
  for (;;) {
    while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
    const char = reader.text[reader.at];
    if (char === undefined || char === ']' || char === ')' || char === '|') return items;
    if (char === '[' || char === '(') {
      const bracket = bracketed(reader, char);
      const isAgain = reader.text.startsWith('...', reader.at);
      if (isAgain) reader.at += 3;
      if (bracket !== undefined) items.push(isAgain ? again(bracket) : bracket);
    } else if (char === '-' && /^-{1,2}[\p{L}\p{N}_?]/u.test(reader.text.slice(reader.at, reader.at + 3)))
      items.push(option(reader, isRound));
    else items.push(word(reader));
  }
}

/** What stands in brackets with dots behind them may be given several times. */
function again(item: UsageItem): UsageItem {
  switch (item.kind) {
    case 'option':
      return { ...item, again: true };
    case 'optional':
      return { ...item, items: item.items.map(again) };
    case 'choice':
      return { ...item, branches: item.branches.map((branch) => branch.map(again)) };
    case 'word':
      return { ...item, parts: item.parts.map((part) => (part.kind === 'role' ? { ...part, repeated: true } : part)) };
  }
}

function bracketed(reader: Reader, open: '[' | '('): UsageItem | undefined {
  const from = reader.at;
  const close = open === '[' ? ']' : ')';
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > mostDepth) {
    mistake(reader, `Brackets are nested more than ${mostDepth} deep here, and no deeper are read.`, from, from + 1);
    reader.at = reader.text.length;
    return undefined;
  }
  const branches: (readonly UsageItem[])[] = [sequence(reader, open === '(')];
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    branches.push(sequence(reader, open === '('));
  }
  reader.depth -= 1;
  if (reader.text[reader.at] === close) reader.at += 1;
  else mistake(reader, `\`${open}\` is not closed. Add \`${close}\` where it ends.`, from, from + 1);
  if (branches.some((branch) => branch.length === 0)) {
    mistake(reader, 'There is nothing between these brackets. Fill them or remove them.', from, reader.at);
  }
  const kept = branches.filter((branch) => branch.length > 0);
  const [only] = kept;
  if (only === undefined) return undefined;
  const inside: readonly UsageItem[] = kept.length === 1 ? only : [{ kind: 'choice', branches: kept }];
  if (open === '[') return { kind: 'optional', items: inside };
  return kept.length === 1 ? { kind: 'choice', branches: [only] } : inside[0];
}

function option(reader: Reader, isRound: boolean): UsageItem {
  const from = reader.at;
  const names: string[] = [];
  for (;;) {
    const start = reader.at;
    const name = /^-{0,2}[\p{L}\p{N}_?][\p{L}\p{M}\p{N}_.:-]*/u.exec(reader.text.slice(reader.at))?.[0] ?? '';
    reader.at += name.length;
    if (isOption(name)) names.push(name);
    else mistake(reader, `\`${name}\` stands beside an option and has no dash. Write \`--${name}\`.`, start, reader.at);
    if (reader.text[reader.at] !== '|' || !/^\|[\p{L}\p{N}_?-]/u.test(reader.text.slice(reader.at))) break;
    if (
      !/^\|-/.test(reader.text.slice(reader.at)) &&
      reader.depth > 0 &&
      !/^\|[\p{L}\p{N}_?][\p{L}\p{M}\p{N}_.:-]*\s+</u.test(reader.text.slice(reader.at))
    )
      break;
    reader.at += 1;
  }
  const to = reader.at;
  const { value, optional } = optionValue(reader);
  const read: UsageOption = { kind: 'option', names, value, optional, from, to };
  const alone = value === undefined ? 0 : namesAlone(names, isRound, reader.everything);
  if (alone === 0) return read;
  const flags: UsageOption = { ...read, names: names.slice(0, alone), value: undefined, optional: false };
  return { kind: 'choice', branches: [[flags], [{ ...read, names: names.slice(alone) }]] };
}

/** How many of the names before a value are options of their own: `--all` of `(--all|-n|--count <count>)`. */
function namesAlone(names: readonly string[], isRound: boolean, everything: ReadonlySet<string>): number {
  const saysAll = names.findLastIndex((name) => everything.has(name)) + 1;
  const isLong = (name: string | undefined) => name?.startsWith('--') === true;
  const hasShort = names.length > 1 && isLong(names.at(-1)) !== isLong(names.at(-2));
  const others = isRound ? names.length - (hasShort ? 2 : 1) : 0;
  return Math.max(saysAll === names.length ? 0 : saysAll, others);
}

/** `=<role>`, `[=<role>]`, `<role>`, or a role behind a blank. Brackets end an option: `[-q] <hosts>` leaves the hosts alone. */
function optionValue(reader: Reader): { readonly value: readonly UsagePart[] | undefined; readonly optional: boolean } {
  const rest = reader.text.slice(reader.at);
  if (rest.startsWith('[=')) {
    reader.at += 2;
    const value = parts(reader);
    if (reader.text[reader.at] === ']') reader.at += 1;
    return { value, optional: true };
  }
  // `-n<count>` is written as it is typed.
  if (rest.startsWith('=') || rest.startsWith('<')) {
    if (rest.startsWith('=')) reader.at += 1;
    return { value: parts(reader), optional: false };
  }
  const next = /^[ \t]+(?=[^\s[\]()|]*<)(?!-)/.exec(rest)?.[0];
  if (next === undefined) return { value: undefined, optional: false };
  reader.at += next.length;
  return { value: parts(reader), optional: false };
}

function word(reader: Reader): UsageItem {
  const from = reader.at;
  const found = parts(reader);
  if (reader.at === from) {
    mistake(reader, `\`${reader.text[from]}\` cannot stand here.`, from, from + 1);
    reader.at += 1;
  }
  return { kind: 'word', parts: found, from, to: reader.at };
}

/** Literals and roles that stand together without a blank. */
function parts(reader: Reader): readonly UsagePart[] {
  const found: UsagePart[] = [];
  for (;;) {
    const literal = /^[^\s[\]()|<>]+/.exec(reader.text.slice(reader.at))?.[0];
    if (literal !== undefined) {
      const dots = literal === '...' ? found.pop() : undefined;
      if (dots?.kind === 'role') found.push({ ...dots, repeated: true });
      else found.push({ kind: 'literal', text: literal });
      reader.at += literal.length;
    } else if (reader.text[reader.at] === '<') found.push(...role(reader));
    else if (reader.text[reader.at] === '>') {
      mistake(reader, '`>` stands here without a `<`. Remove it, or open it before.', reader.at, reader.at + 1);
      reader.at += 1;
    } else return found;
  }
}

function role(reader: Reader): readonly UsagePart[] {
  const from = reader.at;
  const rest = reader.text.slice(from);
  const [whole, name = '', dots = ''] = /^<([^<>\s[\]()|.]*)(\.\.\.)?>/.exec(rest) ?? [];
  if (whole === undefined) {
    const broken = /^<[^<\s[\]()|]*/.exec(rest)?.[0] ?? '<';
    reader.at += broken.length;
    mistake(reader, `\`${broken}\` is not closed. Write a role as \`<count>\`.`, from, reader.at);
    return [];
  }
  reader.at += whole.length;
  if (!roles.includes(name)) {
    reader.mistakes.push({ ...unknownRole(name), from: from + 1, to: from + 1 + Math.max(1, name.length) });
    return [{ kind: 'role', role: '_', repeated: dots !== '' }];
  }
  return [{ kind: 'role', role: name, repeated: dots !== '' }];
}

/** What is to be said of a role that there is not. */
export function unknownRole(name: string): Pick<UsageMistake, 'message' | 'meant'> {
  const usual = roleFor(name);
  const near = nearest(name, roles);
  const meant =
    usual !== undefined ? { text: usual, certain: false } : near && { text: near.name, certain: near.certain };
  const hint = meant ? `Did you mean \`<${meant.text}>\`?` : 'Use `<_>` for a value that does not matter.';
  return { message: `There is no role \`<${name}>\`. ${hint}`, meant };
}

/** What people call values elsewhere, by the role that says it here. */
const otherNames: readonly (readonly [string, RegExp])[] = [
  ['command', /^(?:cmd|args?|script)$/],
  ['count', /^(?:n|num|nr|number|size|replicas|capacity|desired|amount|quantity)$/],
  ['hosts', /^(?:node|nodes|server|servers|host-?names?|instances|machines?|vms?|ips?)$/],
  ['percent', /^(?:pct|percentage|ratio)$/],
  ['target', /^(?:name|names|service|services|deployment|workload|resource|cluster|app|job)$/],
  ['group', /^(?:pool|asg|fleet)$/],
  ['selector', /^(?:labels?|tags?|filter|query)$/],
  ['zone', /^(?:region|az|datacenter|dc|rack)$/],
  ['environment', /^(?:env|context|profile|stage)$/],
  ['batch', /^(?:parallel|parallelism|concurrency|forks|workers)$/],
  ['pause', /^(?:sleep|delay|interval|wait|duration)$/],
];

function roleFor(name: string): string | undefined {
  const plain = name.toLowerCase();
  return otherNames.find(([, pattern]) => pattern.test(plain))?.[0];
}
