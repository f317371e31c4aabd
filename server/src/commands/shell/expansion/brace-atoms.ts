import type { ShellText } from '../words/text.ts';
import { type Atom, emptyAt, literalAtoms, shown, unknown } from './atoms.ts';
import { expandBraces } from './braces.ts';

/** The words that `{1..4}` becomes; as it stands where it is no list. */
export function braceAtoms(from: number, to: number, source: ShellText): readonly Atom[] {
  let text = '';
  for (const atom of literalAtoms(from, to, 'raw', source)) {
    if (atom.text === undefined) return [atom];
    text += atom.text;
  }
  const shownText = `\`${shown(text)}\``;
  if (/[$`]/.test(text))
    return [unknown(from, to, `the shell does not expand variables inside the braces of ${shownText}`)];
  const words = expandBraces(text.replace(/["'\\]/g, ''));
  if (words === undefined) return literalAtoms(from, to, 'bare', source).slice(0, 1);
  return words.map((word) => ({ ...emptyAt(from), text: word, to, exact: false, quoted: false }));
}
