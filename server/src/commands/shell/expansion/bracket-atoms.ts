import type { ShellText } from '../words/text.ts';
import { type Atom, literalAtoms } from './atoms.ts';

/** Brackets are to the shell those of a pattern, in which it expands variables too: `gn[$from-04]`. */
export function bracketAtoms(
  pos: number,
  end: number,
  source: ShellText,
  variable: (name: string, from: number, to: number) => readonly Atom[],
): readonly Atom[] {
  const atoms: Atom[] = [];
  let at = pos;
  for (const hit of source.text.slice(pos, end).matchAll(/\$(?:(\w+)|\{(\w+)\})/g)) {
    const from = pos + hit.index;
    atoms.push(...literalAtoms(at, from, 'bare', source));
    at = from + hit[0].length;
    atoms.push(...variable(hit[1] ?? hit[2] ?? '', from, at));
  }
  return [...atoms, ...literalAtoms(at, end, 'bare', source)];
}
