import { atMost, type Drawn, type Sift } from '../words/drawn.ts';
import { type Field, placeOf } from '../words/field.ts';

/** Options that are followed by so many words that are no program. */
const takingWords: Readonly<Record<string, number>> = {
  ...{ '--arg': 2, '--argjson': 2, '--slurpfile': 2, '--rawfile': 2, '--argfile': 2 },
  ...{ '--indent': 1, '-L': 1, '-f': 1, '--from-file': 1 },
};

/** `.items[].metadata.name` hands every name on, `.items[:4][]` and `limit(4; …)` four; how many a `select` leaves is not known. */
export function jq(args: readonly Field[], drawn: Drawn, sifted: Sift): Drawn {
  const unclear = () => sifted('how many names `jq` leaves is not known');
  const program = programIn(args);
  const text = program?.value;
  if (program === undefined || text === undefined) return unclear();
  if (
    /\.(?:nodeName|hostIP|claimName|replicas|namespace|ownerReferences)\b|select|\btest\b|\bif\b|\bindex\b/.test(text)
  )
    return unclear();
  const some = /\[0?:(\d{1,9})\]|\blimit\((\d{1,9});|\[-(\d{1,9}):\]/.exec(text);
  const one = some ?? /\[-?\d+\]|\bfirst\b|\blast\b/.exec(text);
  if (one === null) return /\[[^\]]*:/.test(text) ? unclear() : drawn;
  // Of things one by one it is a part of each of them; `[limit(3; …)]` is a list of no more.
  if (isOneByOne(text.slice(0, one.index).replace(/\[$/, ''))) return unclear();
  const digits = some?.[1] ?? some?.[2] ?? some?.[3];
  if (digits === undefined) return atMost(drawn, { value: 1, span: placeOf(program) });
  const at = one.index + one[0].indexOf(digits);
  return atMost(drawn, { value: Number(digits), span: placeOf(program, at, at + digits.length) });
}

/** What `jq` does: the first word that is neither an option nor belongs to one. */
function programIn(args: readonly Field[]): Field | undefined {
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    if (value?.startsWith('-') !== true) return args[at];
    // What stands in a file is not known.
    if (value === '-f' || value === '--from-file') return undefined;
    at += takingWords[value] ?? 0;
  }
  return undefined;
}

/** Whether what stands there leaves things one by one, `.items[] | .name`, and not gathered, `[.items[].name] |`, or is inside something that is done to each. */
function isOneByOne(text: string): boolean {
  let lists = 0;
  let calls = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '[' && text[at + 1] === ']') {
      if (lists === 0) return true;
      at += 1;
    } else if (sign === '[') lists += 1;
    else if (sign === ']') lists -= 1;
    else if (sign === '(') calls += 1;
    else if (sign === ')') calls -= 1;
  }
  return lists > 0 || calls > 0;
}
