import type { Schema } from '../schemas.ts';

/** A malformed value as it was probably meant: `15 minutes` is `15m`, `4 servers` is `4`; undefined where that cannot be told. */
export function meantValue(value: string, schema: Schema): string | undefined {
  const { pattern } = schema;
  if (pattern === undefined) return undefined;
  const form = new RegExp(pattern, 'u');
  const plain = inLatin(value).trim().toLowerCase();
  return [
    asItIs,
    inDigits,
    withoutNoun,
    withoutSign,
    withoutFraction,
    asPercent,
    asDuration,
    withoutCommas,
    withPoint,
    asAll,
    asFlag,
  ]
    .flatMap((read) => read(plain) ?? [])
    .find((candidate) => candidate !== value && form.test(candidate));
}

/** `12# so many` and `12 // so many` with a comment as YAML has it; undefined where it is nothing of that kind. */
export function gluedComment(source: string, { pattern }: Schema): string | undefined {
  const [, value, comment] = /^([^\s#]+?)(#.*|\s*\/\/.*)$/.exec(source) ?? [];
  if (value === undefined || pattern === undefined || !new RegExp(pattern, 'u').test(value)) return undefined;
  return `${value} ${comment?.trim().replace(/^\/\//, '#')}`;
}

/** `４％`, `٤`: the digits and signs of another script as those that are read. The ten digits of a script follow one another. */
function inLatin(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/[\u066a\ufe6a]/g, '%')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      let before = 0;
      while (before < 10 && /\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
      return `${before % 10}`;
    })
    .replace(/[\u3001\uff0c\u061b\u060c;,]$/, '');
}

/** Capitals are all that is wrong with `5M` and `True`. */
function asItIs(value: string): string {
  return value;
}

const words = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

function inDigits(value: string): string | undefined {
  const number = words.indexOf(value);
  return number === -1 ? undefined : `${number}`;
}

function withoutNoun(value: string): string | undefined {
  return /^(\d+)\s*(?:server|host|node|unit|machine|instance|replica|box)(?:e?s)?$/.exec(value)?.[1];
}

/** `>= 8` where the key says which side is meant. */
function withoutSign(value: string): string | undefined {
  return /^(?:[<>]?=|[\u2265\u2264]|at (?:least|most)\s)\s*(\d+%?)$/.exec(value)?.[1];
}

function withoutFraction(value: string): string | undefined {
  return /^(\d+)\.0+$/.exec(value)?.[1];
}

/** `75 percent`, `%75`; and `0.75`, which nobody means as a number of servers. */
function asPercent(value: string): string | undefined {
  const [, percent, behind = percent] = /^(?:(\d+(?:\.\d+)?)\s*(?:percent|pct|per cent)|%\s*(\d+))$/.exec(value) ?? [];
  if (behind !== undefined) return `${behind}%`;
  const digits = /^0?\.(\d{1,5})$/.exec(value)?.[1];
  if (digits === undefined) return undefined;
  const whole = Number(digits.padEnd(2, '0').slice(0, 2));
  const rest = digits.slice(2).replace(/0+$/, '');
  return rest === '' ? `${whole}%` : `${whole}.${rest}%`;
}

/** `1.5h` is `1h30m`, and the end of `1h30` can only be minutes. */
function asDuration(value: string): string | undefined {
  const [, whole = '', fraction, unit = ''] =
    /^(\d+)\.(\d{1,2})\s*(h|hours?|hrs?|m|min|mins|minutes?)$/.exec(value) ?? [];
  if (fraction !== undefined)
    return inParts(Number(whole), Number(fraction.padEnd(2, '0')), unit.startsWith('h') ? 'hm' : 'ms');
  return asParts(/^\d+h\d{2}$/.test(value) ? `${value}m` : value.replace(/^pt(?=\d)/, ''));
}

/** A length in hundredths, in two units of which the second is a sixtieth of the first. */
function inParts(whole: number, hundredths: number, [large = '', small = '']: string): string | undefined {
  const rest = (hundredths * 60) / 100;
  if (!Number.isInteger(rest)) return undefined;
  return `${whole === 0 ? '' : `${whole}${large}`}${rest === 0 ? '' : `${rest}${small}`}`;
}

const part = /(\d+)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?:,?\s+(?:and\s+)?|$|(?=\d))/y;

function asParts(value: string): string | undefined {
  let duration = '';
  part.lastIndex = 0;
  while (part.lastIndex < value.length) {
    const found = part.exec(value);
    if (found === null) return undefined;
    duration += `${found[1]}${found[2]?.[0]}`;
  }
  return duration === '' ? undefined : duration;
}

function withoutCommas(value: string): string | undefined {
  return /^\d{1,3}(?:[,_' ]\d{3})+$/.test(value) ? value.replace(/\D/g, '') : undefined;
}

/** `66,5%`, as half of the world writes it. */
function withPoint(value: string): string | undefined {
  return /^\d+,\d{1,3}\s*%?$/.test(value) ? value.replace(',', '.') : undefined;
}

function asAll(value: string): string | undefined {
  return /^(?:everything|every server|all(?: of them| servers| hosts)?)$/.test(value) ? 'all' : undefined;
}

/** What YAML 1.1 took for a boolean. */
function asFlag(value: string): string | undefined {
  if (/^(?:yes|y|on)$/.test(value)) return 'true';
  return /^(?:no|n|off)$/.test(value) ? 'false' : undefined;
}
