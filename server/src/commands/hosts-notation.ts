import type { HostsNotation } from '../model/commands.ts';

/**
 * What a word names in the notation of the tool that reads it, before the fleet is asked.
 * The steps are carried out one after the other, from nothing.
 */
export type HostExpression = readonly HostOperation[] | { readonly why: string };

interface HostOperation {
  /** `toggle`: hosts that are in one of the two, not in both. */
  readonly how: 'add' | 'remove' | 'keep' | 'toggle';
  readonly operand: HostOperand;
}

export type HostOperand =
  | { readonly kind: 'everything' }
  /** Plain node-set notation, without operators. `exact`: no host of the fleet is meant by another form of its name. */
  | { readonly kind: 'nodes'; readonly text: string; readonly exact?: true }
  /** A group by its name: `@web`. */
  | { readonly kind: 'group'; readonly text: string }
  /** A host or a group, or some of a group's hosts by their positions, both ends included. */
  | { readonly kind: 'name'; readonly text: string; readonly positions?: Positions }
  /** `groups`: it fits the names of groups too. */
  | { readonly kind: 'glob'; readonly text: string; readonly groups: boolean }
  /** Fits from the start of a name, or anywhere in it. */
  | { readonly kind: 'regex'; readonly text: string; readonly anywhere: boolean };

/** Counted from 0, or from the end where negative; undefined: to the end. */
export interface Positions {
  readonly from: number;
  readonly to: number | undefined;
}

/** A piece of a word and where it stands in it. */
interface HostWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Parts a word into pieces that only add up, so that a finding can stand on the one at fault.
 * A word with operators is one piece: `web[1-9]!web3`.
 */
export function hostPieces(text: string, notation: HostsNotation): readonly HostWord[] {
  const whole = [{ text, from: 0, to: text.length }];
  // `["i-1","i-2"]`: a list in JSON.
  if (/^\s*\[\s*"/.test(text))
    return [...text.matchAll(/"([^"]*)"/g)].map(({ 1: name = '', index }) => ({
      ...{ text: name, from: index + 1, to: index + 1 + name.length },
    }));
  switch (notation) {
    case 'glob':
    case 'regex':
      return whole;
    case 'comma':
      return [...text.matchAll(/[^,\s]+/g)].map(placed);
    case 'space':
      return [...text.matchAll(/\S+/g)].map(placed);
    case 'nodeset':
      if (/^[-/^]|,[-/^]/.test(text) || /[!&^]/.test(text)) return whole;
      return [...text.matchAll(/(?:\[[^[\]]*\]?|[^,\s[])+/g)].map(placed);
    case 'ansible':
      return /(?:^|[,:])\s*[!&~]/.test(text) ? whole : ansiblePieces(text);
  }
}

function placed({ 0: text, index }: { readonly 0: string; readonly index: number }): HostWord {
  return { text, from: index, to: index + text.length };
}

/** Ansible parts at commas, else at colons; those in brackets count positions. */
function ansiblePieces(text: string): readonly HostWord[] {
  const pieces = text.includes(',') ? /(?:\[[^[\]]*\]?|[^,\s[])+/g : /(?:\[[^[\]]*\]?|[^:\s[])+/g;
  return [...text.matchAll(pieces)].map(placed);
}

/** Reads a word: the same characters name other hosts to another tool (docs/commands.md). */
export function hostExpression(text: string, notation: HostsNotation): HostExpression {
  if (text === 'all' || text === '*') return [{ how: 'add', operand: { kind: 'everything' } }];
  switch (notation) {
    case 'glob':
      return [
        { how: 'add', operand: /[*?[]/.test(text) ? { kind: 'glob', text, groups: false } : { kind: 'nodes', text } },
      ];
    case 'regex':
      return [{ how: 'add', operand: { kind: 'regex', text, anywhere: false } }];
    case 'comma':
    case 'space':
      return /[[\]*?]/.test(text)
        ? { why: `\`${text}\` is a pattern, and lists of hosts are written out here` }
        : [{ how: 'add', operand: { kind: 'nodes', text } }];
    case 'nodeset':
      return nodeset(text);
    case 'ansible':
      return ansible(text);
  }
}

/** The operators of ClusterShell work from left to right; what pdsh leaves out or filters by comes last. */
function nodeset(text: string): HostExpression {
  const first: HostOperation[] = [];
  const last: HostOperation[] = [];
  const operators = { ',': 'add', '!': 'remove', '&': 'keep', '^': 'toggle' } as const;
  for (const { 1: sign = '', 2: word = '', index } of text.matchAll(
    /([,!&^]?)\s*((?:\[[^[\]]*\]?|\/[^/]*\/|[^,!&^\s[])*)/g,
  )) {
    if (sign === '^' && (index === 0 || text[index - 1] === ',')) {
      return { why: `\`${sign}${word}\` stands for a file, and what is in it is not known` };
    }
    if (word === '') continue;
    const how = sign === '!' || sign === '&' || sign === '^' ? operators[sign] : 'add';
    const left = /^-./.test(word);
    const name = left ? word.slice(1) : word;
    const expression = /^\/.*\/$/.exec(name);
    if (word === '-') return { why: '`-` stands for the input, and what is in it is not known' };
    if (left && name.startsWith('^')) return { why: `\`${word}\` stands for a file, and what is in it is not known` };
    const operand: HostOperand =
      expression === null ? node(name) : { kind: 'regex', text: name.slice(1, -1), anywhere: true };
    if (left) last.push({ how: 'remove', operand });
    else if (expression !== null) last.push({ how: 'keep', operand });
    else first.push({ how, operand });
  }
  const filtered: readonly HostOperation[] =
    first.length === 0 && last.length > 0 ? [{ how: 'add', operand: { kind: 'everything' } }] : first;
  return [...filtered, ...last];
}

function node(text: string): HostOperand {
  if (text === '*' || text === 'all' || text === '@*' || text === '@all') return { kind: 'everything' };
  if (text.startsWith('@')) return { kind: 'group', text: text.slice(text.lastIndexOf(':') + 1).replace(/^@/, '') };
  return /[*?]/.test(text) ? { kind: 'glob', text, groups: false } : { kind: 'nodes', text };
}

/** All that is added comes first, then all that is kept, then all that is left out, whatever the order in which they stand. */
function ansible(text: string): HostExpression {
  const operations: HostOperation[] = [];
  for (const { text: word } of ansiblePieces(text)) {
    const sign = /^[!&]/.exec(word)?.[0];
    const name = sign === undefined ? word : word.slice(1);
    if (name.startsWith('@')) return { why: `\`${name}\` stands for a file, and what is in it is not known` };
    const how = sign === '!' ? 'remove' : sign === '&' ? 'keep' : 'add';
    operations.push({ how, operand: ansibleOperand(name) });
  }
  const added = operations.filter(({ how }) => how === 'add');
  const base: readonly HostOperation[] = added.length === 0 ? [{ how: 'add', operand: { kind: 'everything' } }] : added;
  return [...base, ...(['keep', 'remove'] as const).flatMap((way) => operations.filter(({ how }) => how === way))];
}

/** Positions have a colon between them, or a dash, at which Ansible grumbles (InventoryManager, `_split_subscript`). */
function ansibleOperand(text: string): HostOperand {
  if (text === 'all' || text === '*') return { kind: 'everything' };
  if (text.startsWith('~')) return { kind: 'regex', text: text.slice(1), anywhere: false };
  const [, name, from = '', colon, to = ''] = /^([^[\]]+)\[(-?\d+|)([:-]?)(-?\d+|)\]$/.exec(text) ?? [];
  if (name !== undefined && (from !== '' || colon === ':')) {
    const start = from === '' ? 0 : Number(from);
    const end = colon === '' ? start : to === '' ? undefined : Number(to);
    return { kind: 'name', text: name, positions: { from: start, to: end } };
  }
  return /[*?[\]]/.test(text) ? { kind: 'glob', text, groups: true } : { kind: 'name', text };
}
