/** A word of a sentence. */
export interface Word {
  /** In small letters, without punctuation around it. */
  readonly text: string;
  /** Punctuation follows: what comes next belongs to something else. */
  readonly ends: boolean;
}

/** The words of a sentence, without what is punctuation alone. */
export function wordsOf(text: string): readonly Word[] {
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

/** A number, and how it is said. */
interface NumberWords {
  readonly value: number;
  readonly words: number;
  readonly digits: boolean;
  readonly ends: boolean;
}

/** The number that a word says; twenty and the like may go on in the next word. */
export function numberAt(word: Word | undefined, next: Word | undefined): NumberWords | undefined {
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

const percent = /(?<![\d.,-])(\d{1,6})(?:\s?%|\s(?:percent|per cent|pct)\b)/gi;

/** Every whole percentage in a text. */
export function percentsIn(text: string): readonly number[] {
  return [...text.matchAll(percent)].map(([, digits]) => Number(digits));
}
