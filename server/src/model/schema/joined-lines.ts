import type { Span } from '../../syntax/span.ts';
import type { Entry, Node } from '../../syntax/tree.ts';
import type { SchemaProblem } from './problem.ts';

/** Tools of which each begins a command of its own. */
const tools = /^(?:kubectl|oc|aws|gcloud|az|helm|systemctl|sleep)$/;
const afterTools = /^(?:kubectl|oc|aws|gcloud|az|helm|systemctl|sleep|ssh|echo|curl)$/;
/** The command goes on behind it. */
const goesOn = /(?:[\\&|;({]|\b(?:do|then|else))$/;

/** Lines that each begin a command and that YAML joins to one; the commands of such a step are not those that are meant. */
export function joinedLine(script: Node | undefined): Span | undefined {
  if (script?.kind !== 'scalar' || (script.style !== 'plain' && script.style !== 'folded')) return undefined;
  if (!script.source.includes('\n')) return undefined;
  let above: { readonly text: string; readonly indent: number } | undefined;
  let first = '';
  let quotes = 0;
  let at = script.style === 'folded' ? script.source.indexOf('\n') + 1 : 0;
  for (const line of script.source.slice(at).split('\n')) {
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    const [word = ''] = /^[\w./-]+(?=\s|$)/.exec(text) ?? [];
    // An empty line, and in a folded text lines that are indented further, stay lines of their own.
    const isJoined = above !== undefined && text !== '' && (script.style === 'plain' || indent === above.indent);
    if (!isJoined) [first, quotes] = [word, 0];
    else if (quotes % 2 === 0 && !goesOn.test(above?.text ?? '') && isCommand(word, first)) {
      const start = script.outer.start + at + indent;
      return { start, end: start + word.length };
    }
    quotes += text.match(/["']/g)?.length ?? 0;
    above = text === '' ? undefined : { text, indent };
    at += line.length + 1;
  }
  return undefined;
}

function isCommand(word: string, first: string): boolean {
  return /^[\w./]/.test(word) && (word === first || (tools.test(first) && afterTools.test(word)));
}

/** What is said of them in a step, of which these are the verbs. */
export function joinedLines(verbs: readonly Entry[]): readonly SchemaProblem[] {
  return verbs.flatMap(({ key, value }) => {
    const span = key.value === 'run' ? joinedLine(value) : undefined;
    if (span === undefined || value?.kind !== 'scalar') return [];
    const message =
      'YAML joins this line to the one above, so that both are one command. Write `run: |` where each line is a command.';
    const { start } = value.outer;
    const bar = { title: 'Keep the lines apart', span: { start, end: start + 1 }, newText: '|', spelling: false };
    return [{ rule: 'schema', message, span, replacement: value.style === 'folded' ? bar : undefined }];
  });
}
