import type { Span } from '../../../syntax/span.ts';
import type { Drawn } from './drawn.ts';

/** What a shell variable holds. */
export interface Variable {
  /** One word for a plain variable, several for an array; undefined: not known, and `why` says so. */
  readonly words: readonly VariableWord[] | undefined;
  readonly why: string;
  /** Names that are known only as so many of those that something lists. */
  readonly drawn?: Drawn | undefined;
  /** Of an array whose words have names: these, in the order of the words. */
  readonly keys?: readonly string[] | undefined;
  /** It is not empty, whatever it holds. */
  readonly isFilled?: boolean | undefined;
  /** Where it got its value, if it was assigned. */
  readonly place?: Span | undefined;
}

/** What stands for a variable in a sum: its first word, or of `#hosts` how many words `hosts` has. */
export function numberedText(name: string, variables: ReadonlyMap<string, Variable>): string | undefined {
  if (!name.startsWith('#') || name === '#') return variables.get(name)?.words?.[0]?.text;
  const words = variables.get(name.slice(1))?.words;
  return words === undefined ? undefined : `${words.length}`;
}

export interface VariableWord {
  readonly text: string;
  /** The word in the list of a loop; undefined where the variable was assigned. */
  readonly origin: Span | undefined;
}
