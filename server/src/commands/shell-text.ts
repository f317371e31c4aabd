import type { ParameterValues } from '../model/parameters.ts';
import type { Span } from '../syntax/span.ts';

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
}

const first = '\uE000';
const others = '\uE001';

/** The characters that stand for a hole of that length. */
export function maskOf(length: number): string {
  return first + others.repeat(Math.max(0, length - 1));
}

const parameter = /\{\{[ \t]*([A-Za-z_][\w-]*)[ \t]*\}\}/g;
const placeholder = /(?<![<\w])<[A-Za-z_](?:[\w .:/|-]*[\w])?>(?![A-Za-z])/g;
/** `$ `, `user@host:~$ `, `[root@host ~]# `; a bare `# ` begins a comment. */
const prompt = /^[ \t]*(?:\$|\[?[\w.-]+@[\w.-]+[^\n'"|;&]{0,60}?[$#])[ \t]+(?=\S)/gm;

/** Masks prompts, `{{ name }}` and `<NAME>`. Any text will do. */
export function shellText(
  script: string,
  values: ParameterValues,
  span: ShellText['span'],
  origin: ShellText['origin'] = () => undefined,
): ShellText {
  const holes = new Map<number, Hole>();
  let text = script;
  if (text.includes('{{')) {
    text = text.replace(parameter, (found: string, name: string, at: number) => {
      holes.set(at, { length: found.length, value: values.get(name), why: `\`${found}\` has no value` });
      return maskOf(found.length);
    });
  }
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
  if (/[$#]/.test(text)) text = text.replace(prompt, (found: string) => ' '.repeat(found.length));
  return { text, holes, span, origin };
}
