import { nearest } from '../../model/nearest.ts';
import { rules } from '../../rules/index.ts';
import type { ReadingProblem } from '../../rules/rule.ts';
import { type Span, shift } from '../../syntax/span.ts';

/** What a comment says that is addressed to the linter. Spans count in the text that the comment stands in. */
export interface SuppressionComment {
  /** From `#` to the end of the line. */
  readonly span: Span;
  readonly reach: 'next-line' | 'file';
  /** Rules that it suppresses; none where it is malformed. */
  readonly rules: readonly NamedRule[];
  readonly mistakes: readonly ReadingProblem[];
}

export interface NamedRule {
  readonly id: string;
  readonly span: Span;
}

/** What such a comment begins with; a text without it has none. */
export const suppressionMark = 'runbook-lint';

/** With a blank or a colon after the name it may be a sentence, unless it says how far it reaches. */
const form =
  /^#+\s*(runbook-lint(?:-(?:disable|enable|ignore|suppress|off)[\w-]*|[: ]+(?:disable|ignore|suppress)-(?:next-line|line|file)\b))([^:]*)(:?)(.*)$/;
const directives = { 'runbook-lint-disable-next-line': 'next-line', 'runbook-lint-disable-file': 'file' } as const;
const ids = rules.map(({ id }) => id);

/** Reads a comment, given from its `#` to the end of its line; undefined where it is an ordinary one. */
export function readSuppression(text: string, start: number): SuppressionComment | undefined {
  const found = form.exec(text);
  if (found === null) return undefined;
  const [, word = '', list = '', colon, reason = ''] = found;
  const span = { start, end: start + text.trimEnd().length };
  const wordAt = start + text.indexOf(word);
  const wordSpan = { start: wordAt, end: wordAt + word.length };
  const malformed = (message: string, at: Span = wordSpan, replacement?: ReadingProblem['replacement']) => ({
    span,
    reach: 'next-line' as const,
    rules: [],
    mistakes: [{ rule: 'unused-suppression', message, span: at, replacement }],
  });
  if (!isDirective(word))
    return malformed(noDirective(word), wordSpan, spelling(word, Object.keys(directives), wordSpan));
  const named = namesIn(list).map(({ id, span: at }) => ({ id, span: shift(at, wordSpan.end) }));
  if (named.length === 0) return malformed(`This suppresses nothing, because it names no rule. ${example(word)}`);
  const [, id = '', rest] = /^\s*([\w-]+)[ -]+(\S.*?)\s*$/.exec(list) ?? [];
  if (colon === '' && rest !== undefined && ids.includes(id)) {
    const newText = ` ${id}: ${rest}`;
    const at = { start: wordSpan.end, end: span.end };
    return malformed(
      `This suppresses nothing, because no colon stands before the reason. Write \`# ${word}${newText}\`.`,
      wordSpan,
      { title: 'Write a colon before the reason', span: at, newText, spelling: false },
    );
  }
  if (colon === '' || reason.trim() === '') {
    return malformed(`This suppresses nothing, because it gives no reason. ${example(word, named)}`);
  }
  const known = named.filter(({ id }) => ids.includes(id));
  const mistakes = named.filter((name) => !known.includes(name)).map(unknownRule);
  return { span, reach: directives[word], rules: known, mistakes };
}

function isDirective(word: string): word is keyof typeof directives {
  return Object.hasOwn(directives, word);
}

/** The words of a list with commas, each with its place in it. */
function namesIn(list: string): readonly NamedRule[] {
  return [...list.matchAll(/[^\s,][^,]*/g)].map(({ 0: words, index }) => {
    const id = words.trimEnd();
    return { id, span: { start: index, end: index + id.length } };
  });
}

function noDirective(word: string): string {
  return `This suppresses nothing: there is no \`${word}\`. Write \`runbook-lint-disable-next-line\` or, at the top of the file, \`runbook-lint-disable-file\`, then the rule, a colon and the reason.`;
}

function example(word: string, named: readonly NamedRule[] = []): string {
  const list = named.map(({ id }) => id).join(', ') || 'below-minimum';
  const missing = named.length === 0 ? 'the rule, a colon and the reason' : 'one behind a colon';
  return `Write ${missing}, as in \`# ${word} ${list}: billing is drained tonight\`.`;
}

function unknownRule({ id, span }: NamedRule): ReadingProblem {
  const meant = nearest(id, ids);
  const advice = meant === undefined ? '' : ` Did you mean \`${meant.name}\`?`;
  const message = `This suppresses nothing: there is no rule \`${id}\`.${advice}`;
  return { rule: 'unused-suppression', message, span, replacement: spelling(id, ids, span) };
}

function spelling(word: string, known: readonly string[], span: Span): ReadingProblem['replacement'] {
  const meant = nearest(word, known);
  if (meant === undefined) return undefined;
  return { title: `Did you mean \`${meant.name}\`?`, span, newText: meant.name, spelling: meant.certain };
}
