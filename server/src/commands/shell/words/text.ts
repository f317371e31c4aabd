import { type ParameterValues, parametersIn } from '../../../model/parameters.ts';
import type { Span } from '../../../syntax/span.ts';
import type { MayBeEmpty, Obstacle } from '../../action.ts';
import type { Drawn } from './drawn.ts';

/**
 * A script as the shell reader is given it: what means nothing to a shell is masked, in the same length,
 * so that every offset of the parser is an offset of the script.
 */
export interface ShellText {
  /** The script with placeholders masked by private characters and prompts by blanks. */
  readonly text: string;
  /** What stands at a masked place, by the offset at which it begins. */
  readonly holes: ReadonlyMap<number, Hole>;
  /** The source of a stretch of the script. */
  span(from: number, to: number): Span;
  /** The place that a stretch got its words from, where that is elsewhere: the list of a loop. */
  origin(from: number, to: number): Span | undefined;
}

/** A `{{ name }}`, a `<NAME>`, or a part of a carried command that is not known. */
export interface Hole {
  /** Characters that are masked. */
  readonly length: number;
  /** Undefined: not known, and `why` says so. */
  readonly value: string | undefined;
  /** "`{{ count }}` has no value". */
  readonly why: string;
  /** Names that are known only as so many of those that something lists. */
  readonly drawn?: Drawn | undefined;
  /** When the step runs, there may be nothing here. */
  readonly mayBeEmpty?: MayBeEmpty | undefined;
}

/** The script as known text, its holes filled; undefined where one of them is not known. */
export function knownText({ text, holes }: Pick<ShellText, 'text' | 'holes'>): string | undefined {
  let known = '';
  let from = 0;
  for (const [at, { length, value }] of [...holes].sort(([a], [b]) => a - b)) {
    if (value === undefined) return undefined;
    known += text.slice(from, at) + value;
    from = at + length;
  }
  return known + text.slice(from);
}

/** A text of which nothing is known, or only where its names are drawn from. */
export function unknownText(place: Span, hole: Omit<Hole, 'length' | 'value'>): ShellText {
  return {
    text: maskOf(1),
    holes: new Map([[0, { length: 1, value: undefined, ...hole }]]),
    span: () => place,
    origin: () => undefined,
  };
}

/** The one hole that the whole text is, where it is one. */
export function onlyHole(text: ShellText | undefined): Hole | undefined {
  const hole = text?.holes.get(0);
  return hole !== undefined && hole.value === undefined && hole.length === text?.text.length ? hole : undefined;
}

const first = '\uE000';
const others = '\uE001';

/** The characters that stand for a hole of that length. */
export function maskOf(length: number): string {
  return first + others.repeat(Math.max(0, length - 1));
}

/** `$(( 12 - `, `for ((i=1; i<=`: behind that stands a part of a sum. */
const inSum = /\(\((?:(?!\)\)).)*$/;
const placeholder = /(?<![<\w])<[\p{L}_](?:[\p{L}\p{M}\p{N}_ .:/|-]*[\p{L}\p{M}\p{N}_])?>(?!\p{L})/gu;
/** `$ `, `❯ `, `➜ `, `(venv) $ `, `host$ `, `host:~# `, `user@host:~$ `, `[root@host ~]# `, `PS C:\> `; a bare `# ` begins a comment. */
const prompt =
  /^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:\$|[%\u276F\u279C]|[\w.-]+(?::[~/][\w./~-]*)?[$#]|\[?[\w.-]+@[\w.-]+[^\n'"|;&]{0,60}?[$#]|PS [A-Z]:[^\n>]*>)[ \t]+(?=\S)/gm;
/** The fence of a code block, which comes along when a page is copied. */
const fence = /^[ \t]*(?:```|~~~)[ \t]*[\w-]*[ \t]*$/gm;

/** The `> ` with which a shell asks for the next line of a command: behind a backslash, or below a line with a prompt. */
const goingOn = /(\\\n[ \t]*)>(?=[ \t]+\S)/g;
const below = new RegExp(`${prompt.source}.*(?:\\n[ \\t]*>[ \\t].*)+`, 'gm');

/** A backslash that was meant to go on in the next line, with a blank behind it. */
const broken = /^(?![ \t]*#)(.*[^\\\n]|)\\([ \t]+)\n(?=[ \t]*[^\s#])/gm;

/**
 * Masks prompts, fences, `{{ name }}` and `<NAME>`. Any text will do.
 * A blank behind the backslash at the end of a line ends the command there: it is told, and the lines are read as they were meant.
 */
export function shellText(
  script: string,
  values: ParameterValues,
  span: ShellText['span'],
): { readonly source: ShellText; readonly broken: readonly Obstacle[] } {
  const problems: Obstacle[] = [];
  const holes = new Map<number, Hole>();
  let text = '';
  for (const { name, braces, bracesFrom } of parametersIn(script)) {
    const value = values.get(name);
    text += script.slice(text.length, bracesFrom);
    // A sum is read as a whole, so that the figure itself has to stand in it.
    const isFigure =
      value !== undefined && value.length < braces.length && /^\d+$/.test(value) && inSum.test(text.slice(-200));
    if (!isFigure) holes.set(bracesFrom, { length: braces.length, value, why: `\`${braces}\` has no value` });
    text += isFigure ? value.padEnd(braces.length) : maskOf(braces.length);
  }
  text += script.slice(text.length);
  if (text.includes('<')) {
    text = text.replace(placeholder, (found: string, at: number) => {
      holes.set(at, {
        length: found.length,
        value: undefined,
        why: `\`${found}\` stands for a value that is not given`,
      });
      return maskOf(found.length);
    });
  }
  if (text.includes('\n>') || /\n[ \t]+>/.test(text))
    text = text.replace(below, (lines: string) => lines.replace(/(\n[ \t]*)>/g, '$1 '));
  if (/[$#%>\u276F\u279C]/.test(text)) text = text.replace(prompt, blanks);
  if (text.includes('```') || text.includes('~~~')) text = text.replace(fence, blanks);
  if (text.includes('\\\n')) text = text.replace(goingOn, '$1 ');
  if (/\\[ \t]+\n/.test(text)) {
    text = text.replace(broken, (_, before: string, blanks: string, at: number) => {
      const from = at + before.length;
      const why = 'a blank stands behind this backslash, so the command ends here and the next line is one of its own';
      problems.push({ span: span(from, from + 1), why, advice: 'Remove the blank.' });
      return `${before}${blanks}\\\n`;
    });
  }
  return { source: { text, holes, span, origin: () => undefined }, broken: problems };
}

function blanks(found: string): string {
  return ' '.repeat(found.length);
}
