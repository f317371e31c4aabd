import type { Placed } from '../../action.ts';
import { atMost, type Drawn, type Sift } from '../words/drawn.ts';
import { type Field, placeOf, spanOf } from '../words/field.ts';
import { wholeOf } from '../words/place.ts';
import { toolName } from '../words/tool-name.ts';
import { jq } from './jq.ts';

/** Filters that hand on every name, whatever else they make of the lines. */
const passing = new Set(['cat', 'sort', 'uniq', 'tee', 'tr', 'cut', 'column', 'rev', 'paste', 'nl', 'echo']);

/**
 * What a filter leaves of names that are drawn from a listing: `head -n 4` four of them at most, `grep` nobody knows how many.
 * Undefined where its output is none of these names.
 */
export function filterDrawn(words: readonly Field[], drawn: Drawn): Drawn | undefined {
  const [head, ...args] = words;
  const tool = toolName(head?.value ?? '');
  const whole = (why: string): Drawn => ({ ...drawn, sifted: drawn.sifted ?? { span: wholeOf(words), why } });
  if (passing.has(tool)) return drawn;
  switch (tool) {
    case 'head':
    case 'tail': {
      const lines = lineCount(words);
      if (lines === undefined) return whole(`how many names \`${tool}\` leaves is not known`);
      if (lines === 'most') return tool === 'tail' ? withoutFirst(drawn, whole(unclear(tool))) : whole(unclear(tool));
      return atMost(drawn, lines);
    }
    case 'shuf': {
      const lines = args.length === 0 ? 'most' : lineCount(words);
      return lines === 'most' || lines === undefined ? drawn : atMost(drawn, lines);
    }
    case 'grep':
    case 'egrep':
    case 'fgrep':
    case 'rg': {
      const limit = numberBehind(args, /^-m(\d*)$|^--max-count(?:=(\d+))?$/);
      const left = whole(`how many names \`${tool}\` leaves is not known`);
      return limit === undefined ? left : atMost(left, limit);
    }
    case 'awk':
    case 'gawk':
    case 'mawk':
      return awk(args, drawn, whole);
    case 'sed':
      return sed(args, drawn, whole);
    case 'jq':
      return jq(args, drawn, whole);
    case 'xargs':
      // Without a command it only writes what it reads.
      return args.every(({ value = '' }) => /^-|^\d+$/.test(value)) ? drawn : undefined;
    default:
      return undefined;
  }
}

/** The lines that `head` or `tail` leaves; `most`: all but some. */
export function lineCount(words: readonly Field[]): Placed<number> | 'most' | undefined {
  const [head, ...args] = words;
  for (const [index, field] of args.entries()) {
    const { value = '' } = field;
    const glued = /^(-n ?|--lines=|-)([+-]?\d{1,9})$/.exec(value);
    const separate = /^(?:-n|--lines)$/.test(value) ? args[index + 1] : undefined;
    const digits = glued?.[2] ?? separate?.value;
    const from = glued?.[1]?.length ?? 0;
    if (digits === undefined) continue;
    if (/^[+-]\d+$/.test(digits)) return 'most';
    if (!/^\d{1,9}$/.test(digits)) return undefined;
    return { value: Number(digits), span: placeOf(separate ?? field, from) };
  }
  const isOther = args.some(({ value = '' }) => /^(?:-c|--bytes|-n$|--lines$)/.test(value));
  return isOther || head === undefined ? undefined : { value: 10, span: spanOf(head) };
}

function numberBehind(args: readonly Field[], option: RegExp): Placed<number> | undefined {
  for (const [index, field] of args.entries()) {
    const found = option.exec(field.value ?? '');
    if (found === null) continue;
    const glued = found[1] || found[2];
    const value = glued ? field : args[index + 1];
    const digits = glued || value?.value;
    if (value !== undefined && digits !== undefined && /^\d{1,9}$/.test(digits)) {
      return { value: Number(digits), span: placeOf(value, (value.value?.length ?? 0) - digits.length) };
    }
  }
  return undefined;
}

/** `{print $1}` hands every line on, `NR<=4` the first four; what else a condition leaves is not known. */
function awk(args: readonly Field[], drawn: Drawn, sifted: Sift): Drawn {
  const program = args.find(({ value = '' }, index) => !value.startsWith('-') && args[index - 1]?.value !== '-F');
  const text = program?.value?.trim() ?? '';
  // The names stand in the first column, or behind that of their namespace.
  if (/\$(?:[3-9]|[1-9]\d)/.test(text)) return sifted(unclear('awk'));
  const [, condition = text] = /^([^{]*)\{[^{}]*\}$/.exec(text) ?? [];
  const said = condition.replace(/\s+/g, '');
  if (said === '') return text === '' ? sifted(unclear('awk')) : drawn;
  if (/^NR(?:>|>=|!=)\d+$/.test(said)) return withoutFirst(drawn, sifted(unclear('awk')));
  const [, operator, digits = ''] = /^NR(==|<=|<)(\d{1,9})$/.exec(said) ?? [];
  if (operator === undefined || program === undefined) return sifted(unclear('awk'));
  const at = program.value?.indexOf(digits) ?? 0;
  const value = operator === '==' ? 1 : Number(digits) - (operator === '<' ? 1 : 0);
  return atMost(drawn, { value, span: placeOf(program, at, at + digits.length) });
}

/** `s/…/…/` hands every line on, `-n 1,4p` four lines. */
function sed(args: readonly Field[], drawn: Drawn, sifted: Sift): Drawn {
  const isSilent = args.some(({ value = '' }) => /^-[A-Za-z]*n/.test(value));
  const program = args.find(({ value = '' }) => !value.startsWith('-'));
  const text = program?.value?.trim() ?? '';
  if (program === undefined) return sifted(unclear('sed'));
  if (!isSilent) {
    const [, last] = /^(\d{1,9})q$/.exec(text) ?? [];
    if (last !== undefined) return atMost(drawn, { value: Number(last), span: placeOf(program, 0, last.length) });
    if (/^(?:1d|1,\d+d)$/.test(text)) return withoutFirst(drawn, sifted(unclear('sed')));
    return /^s.*$/.test(text) ? drawn : sifted(unclear('sed'));
  }
  const [, from = '', to = from] = /^(\d{1,9})(?:,(\d{1,9}))?p$/.exec(text) ?? [];
  if (from === '') return sifted(unclear('sed'));
  const end = (program.value ?? '').lastIndexOf('p');
  const span = placeOf(program, end - to.length, end);
  return atMost(drawn, { value: Math.max(0, Number(to) - Number(from) + 1), span });
}

/** The first lines of a list are the heads of its columns, unless it is a list of names alone. */
function withoutFirst(drawn: Drawn, sifted: Drawn): Drawn {
  return drawn.listing.isBare ? sifted : drawn;
}

function unclear(tool: string): string {
  return `how many names \`${tool}\` leaves is not known`;
}
