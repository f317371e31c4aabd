import { Composer, type CST, Lexer, Parser, type YAMLError } from 'yaml';
import type { Comment } from './tree.ts';

/** A text as the YAML library sees it. */
export interface Lexed {
  /** Documents, directives and stray tokens. */
  readonly tokens: readonly CST.Token[];
  readonly comments: readonly Comment[];
}

const scalarFollows = '\x1F';
const zeroWidth = new Set(['\x02', '\x18', scalarFollows]);

/** Cuts a text into tokens and finds its comments. `original` is what comments are quoted from. */
export function lex(text: string, original: string): Lexed {
  const comments: Comment[] = [];
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let offset = 0;
  let atScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (!atScalar && lexeme.startsWith('#')) {
      const span = { start: offset, end: offset + lexeme.length };
      comments.push({ text: original.slice(span.start, span.end), span });
    }
    atScalar = !atScalar && lexeme === scalarFollows;
    if (!atScalar && !zeroWidth.has(lexeme)) offset += lexeme.length;
  }
  tokens.push(...parser.end());
  return { tokens, comments };
}

/** To look for the words around a mistake takes time, and after one of the first the others are seldom told. */
const mostMistakes = 500;

/** The mistakes that the library finds in those tokens, in the order of the text. */
export function mistakesIn(tokens: readonly CST.Token[], end: number): readonly YAMLError[] {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  const errors: YAMLError[] = [];
  for (const document of composer.compose(tokens, true, end)) errors.push(...document.errors);
  return errors.sort((a, b) => a.pos[0] - b.pos[0]).slice(0, mostMistakes);
}
