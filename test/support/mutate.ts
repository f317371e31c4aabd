/** A whole number from 0 on, below another. */
export type Random = (below: number) => number;

/** Numbers that look random and are the same each time. */
export function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function pick<T>(list: readonly T[], random: Random): T {
  const at = random(list.length);
  for (const [i, one] of list.entries()) if (i === at) return one;
  throw new Error('There is nothing to pick from.');
}

/** What is typed or pasted by mistake. */
export const inserted: readonly string[] = [
  ...[
    '\n',
    '  ',
    '\t',
    ' ',
    ':',
    ': ',
    '- ',
    '#',
    ' #',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '|',
    '>',
    '&a ',
    '*a',
    '!x ',
    '%',
  ],
  ...[
    '{{ n }}',
    '{{',
    '$x',
    '`',
    '\\',
    '\r\n',
    '\r',
    '\0',
    '\uFEFF',
    'é',
    '🙂',
    '\u2028',
    '\u0085',
    '\u200B',
    '\u202E',
    '：',
    '，',
    '４',
    '0',
    '9',
    '100%',
    '1h',
    'all',
    '-1',
  ],
  ...[
    'steps:',
    'remove: ',
    '  - wait: 1m\n',
    '<<<<<<< a\n',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '```\n',
    '//',
    '-wait: 1m\n',
    '<<: *a\n',
    '__proto__: 1\n',
    'constructor: x\n',
    'null',
  ],
];

/** A text after a few slips: characters and lines that are lost, doubled or swapped, and pieces of another text put in. */
export function mutated(text: string, other: string, random: (below: number) => number): string {
  let now = text;
  for (let left = 1 + random(3); left > 0; left--) now = mutatedOnce(now, other, random);
  return now;
}

function mutatedOnce(text: string, other: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  const lines = text.split('\n');
  const line = random(lines.length);
  switch (random(9)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + random(4));
    case 1:
      return text.slice(0, at) + text.slice(at, at + 1 + random(12)) + text.slice(at);
    case 2:
      return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
    case 3:
      return lines.toSpliced(line, 1 + random(2)).join('\n');
    case 4:
      return lines.toSpliced(line, 0, lines[random(lines.length)] ?? '').join('\n');
    case 5:
      return lines.with(line, `${' '.repeat(random(8))}${lines[line]?.trimStart() ?? ''}`).join('\n');
    case 6: {
      const from = random(other.length + 1);
      return text.slice(0, at) + other.slice(from, from + random(80)) + text.slice(at);
    }
    default:
      return text.slice(0, at) + (inserted[random(inserted.length)] ?? '') + text.slice(at);
  }
}
