import type { Assignment, Command } from 'unbash';
import { expandUnsplit, expandWord, type Scope } from '../expansion/expand.ts';
import { type Field, fieldOf } from '../words/field.ts';
import { wordsOfAlias } from './alias.ts';
import { scopeOf, type Walk } from './command.ts';

/** The words of a simple command, expanded: the tool and its arguments. */
export function wordsOf(node: Command, walk: Walk): readonly Field[] {
  const scope = scopeOf(walk);
  const words: Field[] = [];
  const alias = walk.aliases.get(node.name?.text ?? '');
  const meant = alias && wordsOfAlias(alias);
  if (meant !== undefined) words.push(...meant);
  else if (node.name !== undefined) words.push(...expandWord(node.name, scope));
  for (const part of node.suffix) {
    if (part.type === 'Word') words.push(...expandWord(part, scope));
    else if (part.type === 'Assignment') words.push(assignmentField(part, scope));
  }
  return words;
}

/** `a=b` among the words of a command: a word like any other. */
function assignmentField(part: Assignment, scope: Scope): Field {
  const { value, pos } = part;
  if (value.type !== 'Word') return expandUnsplit({ ...bare(part), text: part.text, value: part.text }, scope);
  const head = bare({ pos, end: value.pos });
  const name = expandUnsplit({ ...head, text: scope.source.text.slice(pos, value.pos), value: '' }, scope);
  const rest = expandUnsplit(value, scope);
  return fieldOf([...name.pieces, ...rest.pieces], scope.source, true, { from: pos, to: part.end });
}

function bare({ pos, end }: { readonly pos: number; readonly end: number }) {
  return { type: 'Word', pos, end, parts: undefined } as const;
}
