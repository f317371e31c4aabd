import type { CommandReading, CommandWord } from '../commands/action.ts';
import { roles } from '../commands/usage/usage.ts';
import type { Analysis, CommandsAnalysis } from '../lint/analysis.ts';
import type { CommandTool } from '../model/commands.ts';
import { placesIn } from '../syntax/decoding/scalar-source.ts';
import { type Span, shift } from '../syntax/span.ts';
import { type NameKind, namesAround, type Occurrence } from './names/names.ts';
import { withInner } from './steps/steps.ts';
import type { TokenType } from './token-types.ts';

/** A word with its meaning. */
export interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly declares: boolean;
  /** The word that changes capacity. */
  readonly modifies: boolean;
}

const typeOf: Readonly<Partial<Record<NameKind, TokenType>>> = {
  subsystem: 'class',
  group: 'namespace',
  host: 'variable',
  zone: 'enumMember',
  label: 'enumMember',
  labelKey: 'property',
  parameter: 'parameter',
  step: 'event',
  tool: 'function',
};

/** The words in a stretch of the file that the YAML alone does not tell the meaning of, in their order, none over another. */
export function tokensIn(analysis: Analysis, within: Span): readonly Token[] {
  const found: Token[] = [];
  const add = (token: Token) => {
    if (token.span.end > token.span.start && token.span.start < within.end && within.start < token.span.end) {
      found.push(token);
    }
  };
  for (const name of namesAround(analysis, within)) {
    const type = typeOf[name.kind];
    if (type !== undefined) add(tokenOf(name, type));
  }
  if (analysis.kind === 'runbook') {
    for (const { reading, offset, span } of analysis.steps) {
      if (span.end < within.start || span.start > within.end) continue;
      for (const { commands } of withInner(reading)) {
        for (const command of commands) for (const token of commandTokens(command)) add(moved(token, offset));
      }
    }
  }
  const tools =
    analysis.kind === 'commands' ? analysis.tools : analysis.kind === 'fleet' ? analysis.fleet.commands : [];
  for (const tool of tools) for (const token of usageTokens(tool)) add(token);
  return apart(found);
}

function tokenOf({ span, declares }: Occurrence, type: TokenType): Token {
  return { span, type, declares, modifies: false };
}

function moved(token: Token, by: number): Token {
  return { ...token, span: shift(token.span, by) };
}

const figures: ReadonlySet<string> = new Set(['count', 'percent', 'batch', 'pause', 'least', 'most']);
const harmless: ReadonlySet<string | undefined> = new Set(['none', undefined]);

function* commandTokens(command: CommandReading): Generator<Token> {
  const { words, usage, effect } = command;
  for (const word of words.slice(1)) {
    const type = wordType(word, usage?.usage.value);
    if (type === undefined) continue;
    const modifies = type === 'keyword' && !harmless.has(effect);
    yield { span: word.span, type, declares: false, modifies };
  }
}

function wordType({ role, value }: CommandWord, usage: string | undefined): TokenType | undefined {
  if (role !== undefined) return figures.has(role) ? 'number' : undefined;
  if (value === undefined || usage === undefined) return undefined;
  if (value.startsWith('-')) return 'property';
  return usage.split(/[\s[\]()|]+/).includes(value) ? 'keyword' : undefined;
}

/** Verbs, options and roles of the usage lines of a tool. */
function* usageTokens({ usages }: CommandTool | CommandsAnalysis['tools'][number]): Generator<Token> {
  for (const { usage } of usages) {
    const text = usage.value ?? '';
    const places = placesIn(usage.scalar);
    for (const { 0: word, index } of text.matchAll(/<[\w]+(?:\.\.\.)?>|--?[\w?][\w.:-]*|[A-Za-z_][\w.:-]*/g)) {
      const role = /^<(\w+)/.exec(word)?.[1];
      const type =
        role === undefined
          ? word.startsWith('-')
            ? 'property'
            : 'keyword'
          : roles.includes(role)
            ? 'type'
            : undefined;
      if (type === undefined) continue;
      yield { span: places(index, index + word.length), type, declares: false, modifies: false };
    }
  }
}

/** In the order of the text; of those that overlap, the shorter. */
function apart(tokens: readonly Token[]): readonly Token[] {
  const ordered = tokens.toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - a.span.start - (b.span.end - b.span.start),
  );
  const kept: Token[] = [];
  for (const token of ordered) {
    const last = kept.at(-1);
    if (last === undefined || last.span.end <= token.span.start) kept.push(token);
    else if (token.span.end - token.span.start < last.span.end - last.span.start) kept[kept.length - 1] = token;
  }
  return kept;
}
