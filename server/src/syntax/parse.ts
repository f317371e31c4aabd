import type { CST } from 'yaml';
import { build } from './build/build.ts';
import { newReading, type Reading } from './build/reading.ts';
import { tooDeepAt } from './depth.ts';
import { type Lexed, lex, mistakesIn } from './lex.ts';
import { endOfText, mostAliased } from './limits.ts';
import { maskQuote, maskText } from './masks.ts';
import { everything, type Found, syntaxProblem, tooDeep, translate, withoutCascades } from './mistakes.ts';
import { moved } from './moved.ts';
import { readQuick } from './quick/quick.ts';
import { isClosed } from './scalars.ts';
import { type Span, shift } from './span.ts';
import { type Comment, movedProblem, type Node, type Parsed, type SyntaxProblem } from './tree.ts';
import { isInText, unreadable } from './unreadable.ts';

/** A text read, with what else the reader of a runbook needs. */
export interface Read extends Parsed {
  readonly comments: readonly Comment[];
  readonly anchors: ReadonlyMap<string, Node>;
  /** Names of aliases that no anchor has. */
  readonly missing: ReadonlySet<string>;
  /** Values that aliases stand for. */
  readonly aliased: number;
}

/** Reads a YAML text. Never throws; offsets count from the start of the text. */
export function parseYaml(text: string): Parsed {
  const { root, problems } = parseWhole(text);
  return { root, problems };
}

/** Reads a whole file, with its comments. */
export function parseWhole(text: string): Read {
  const problem = unreadable(text);
  return problem === undefined ? readText(text) : { ...nothing, problems: [problem] };
}

/** Reads a text that is known to be text. `environment` holds anchors of other texts that its aliases may mean. */
export function readText(text: string, environment?: ReadonlyMap<string, Node>, aliased = mostAliased): Read {
  const quick = readQuick(text);
  if (quick !== undefined) {
    const { problems, anchors, missing, aliased: none } = nothing;
    return { root: quick.root, comments: quick.comments, problems, anchors, missing, aliased: none };
  }
  return readThoroughly(text, environment, aliased);
}

/** Reads any text, by the library. */
export function readThoroughly(text: string, environment?: ReadonlyMap<string, Node>, aliased = mostAliased): Read {
  try {
    return text.startsWith('\uFEFF') ? withoutMark(text, environment) : tryReading(text, environment, aliased);
  } catch {
    // The library gives up on absurd nesting, and on nothing else that is known.
    const message = 'This cannot be read: it is nested too deeply, or is not YAML. Make it flatter.';
    return {
      ...nothing,
      problems: [{ rule: 'syntax', message, span: { start: 0, end: Math.min(1, text.length) }, misled: everything }],
    };
  }
}

/** A byte order mark is no part of the YAML, but of every offset. */
function withoutMark(text: string, environment: ReadonlyMap<string, Node> | undefined): Read {
  const read = tryReading(text.slice(1), environment, mostAliased);
  const later = (span: Span) => shift(span, 1);
  return {
    ...read,
    root: read.root && moved(read.root, later),
    problems: read.problems.map((problem) => movedProblem(problem, later)),
    comments: read.comments.map((comment) => ({ ...comment, span: later(comment.span) })),
    anchors: new Map([...read.anchors].map(([name, node]) => [name, moved(node, later)])),
  };
}

const nothing: Read = {
  root: undefined,
  problems: [],
  comments: [],
  anchors: new Map(),
  missing: new Set(),
  aliased: 0,
};

function tryReading(text: string, environment: ReadonlyMap<string, Node> | undefined, aliased: number): Read {
  const found: Found[] = [];
  let readable = maskText(cleaned(text, found));
  let lexed = lex(readable, text);
  for (let i = 0; i < quotesMended; i++) {
    const open = openQuote(lexed.tokens);
    if (open === undefined) break;
    readable = maskQuote(readable, open);
    lexed = lex(readable, text);
  }
  const reading = newReading(text, environment, aliased);
  const document = lexed.tokens.find(({ type }) => type === 'document') as CST.Document | undefined;
  const root =
    document?.value === undefined
      ? undefined
      : build(document.value, document.start, { depth: 0, flow: false, build }, reading)?.node;
  const problems = problemsOf(lexed, readable, reading, found);
  const { anchors, missing } = reading;
  return { root, problems, comments: lexed.comments, anchors, missing, aliased: aliased - reading.aliased };
}

/** Unclosed quotes that are mended in one text; each costs another reading. */
const quotesMended = 5;

function problemsOf(
  lexed: Lexed,
  readable: string,
  reading: Reading,
  found: readonly Found[],
): readonly SyntaxProblem[] {
  if (reading.limit !== undefined) return [reading.limit];
  const deep = tooDeepAt(lexed.tokens);
  if (deep !== undefined) return [tooDeep(deep, deep + 1)];
  const second = secondDocument(lexed);
  const mistakes = mistakesIn(lexed.tokens, readable.length).flatMap((error) => translate(error, readable) ?? []);
  const all = [...found, ...reading.found, ...mistakes, ...(second === undefined ? [] : [second])];
  const before = second?.span.end ?? endOfText;
  return withoutCascades(
    all.filter(({ span }) => span.start < before),
    readable,
  );
}

function secondDocument({ tokens }: Lexed): Found | undefined {
  const [, second] = tokens.filter((token) => token.type === 'document');
  if (second === undefined || second.type !== 'document' || second.value === undefined) return undefined;
  const start = second.start.find(({ type }) => type === 'doc-start')?.offset ?? second.offset;
  const message = 'A second document begins here, and a file holds one. Move it to a file of its own.';
  return syntaxProblem(message, start, start + 3, 'in the entry');
}

/** Lone carriage returns as line ends, a byte order mark as none, and characters that YAML does not have as blots; in the same length. */
function cleaned(text: string, found: Found[]): string {
  const ended = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  const lines = ended.includes('\u00a0') ? indentedWithSpaces(ended, found) : ended;
  const bad = lines.search(control);
  if (bad === -1) return lines;
  const code = (lines.charCodeAt(bad) || 0).toString(16).toUpperCase().padStart(4, '0');
  const message = `The character U+${code} cannot stand in YAML. Remove it, or write it as \`\\u${code.toLowerCase()}\` in double quotes.`;
  found.push(syntaxProblem(message, bad, bad + 1));
  return lines.replace(new RegExp(control, 'g'), '\uFFFD');
}

/** What is pasted from a page may be indented with spaces that are none to YAML. */
function indentedWithSpaces(text: string, found: Found[]): string {
  return text.replace(/^[ \u00a0]*\u00a0[ \u00a0]*(?=- |[\w-]+:(?: |$))/gm, (blanks, start: number) => {
    if (isInText(text, start, blanks.indexOf('\u00a0'))) return blanks;
    const end = start + blanks.length;
    const newText = ' '.repeat(blanks.length);
    const spaces = { title: 'Write spaces', span: { start, end }, newText, spelling: true };
    const message = 'This line is indented with no-break spaces, which are none to YAML. Write spaces.';
    found.push(syntaxProblem(message, start, end, 'not at all', spaces));
    return newText;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/;

/** Where the first quote opens that is not closed, or that is closed by the opening quote of a value further down. */
function openQuote(tokens: readonly CST.Token[]): number | undefined {
  const pending: (CST.Token | null | undefined)[] = [...tokens].reverse();
  while (pending.length > 0) {
    const token = pending.pop();
    if (token === null || token === undefined) continue;
    switch (token.type) {
      case 'document':
        pending.push(token.value);
        break;
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        for (const { key, value } of token.items.toReversed()) pending.push(value, key);
        break;
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        if (!isClosed(token) || closedTooLate(token)) return token.offset;
        break;
    }
  }
  return undefined;
}

function closedTooLate({ source, end }: CST.FlowScalar): boolean {
  const after = end?.find(({ type }) => type !== 'space' && type !== 'newline');
  return source.includes('\n') && after !== undefined && after.type !== 'comment' && !/^[,}\]]$/.test(after.source);
}
