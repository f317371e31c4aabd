import { type Field, part } from '../shell/words/field.ts';
import type { UsagePart } from '../usage/items.ts';

/** A value and the role that the usage takes it for. */
export interface Bound {
  readonly role: string;
  /** The value's own part of the word. */
  readonly field: Field;
}

/** Whether a role says how many servers there are to be, or how many go. */
export function isFigure(role: string): boolean {
  return role === 'count' || role === 'percent' || role === 'least' || role === 'most';
}

/** Reads the roles out of a word: `web=4` for `<target>=<count>`. Undefined where the word has another form. */
export function bindParts(parts: readonly UsagePart[], field: Field): readonly Bound[] | undefined {
  const only = parts[0];
  if (parts.length === 1 && only?.kind === 'role') return [{ role: only.role, field }];
  return field.value === undefined ? bindUnknown(parts, field) : bindKnown(parts, field, field.value);
}

function bindUnknown(parts: readonly UsagePart[], field: Field): readonly Bound[] | undefined {
  if (!mayBegin(parts, field)) return undefined;
  const some = partOfDrawn(field);
  return parts.flatMap((item) => (item.kind === 'role' ? [{ role: item.role, field: some }] : []));
}

function bindKnown(parts: readonly UsagePart[], field: Field, value: string): readonly Bound[] | undefined {
  const bound: Bound[] = [];
  let at = 0;
  for (let index = 0; index < parts.length; index++) {
    const item = parts[index];
    if (item === undefined) break;
    if (item.kind === 'literal') {
      if (!value.startsWith(item.text, at)) return undefined;
      at += item.text.length;
      continue;
    }
    const next = parts[index + 1];
    const isLast = index + 2 === parts.length;
    const end =
      next?.kind === 'literal'
        ? isLast && value.endsWith(next.text)
          ? value.length - next.text.length
          : value.indexOf(next.text, at)
        : value.length;
    const own = end < 0 ? undefined : part(field, at, end);
    if (own === undefined) return undefined;
    bound.push({ role: item.role, field: own });
    at = end;
  }
  return at === value.length ? bound : undefined;
}

/** Whether what is known of the word's beginning is that of the form: `web-$N` is no `pod/<target>`. */
function mayBegin([first]: readonly UsagePart[], { pieces }: Field): boolean {
  if (first?.kind !== 'literal') return true;
  const known = pieces[0]?.text;
  const kinds = pieces[0]?.drawn?.listing.kinds ?? [];
  if (known === undefined) return kinds.length === 0 || kinds.some((kind) => `${kind}/`.startsWith(first.text));
  return known.startsWith(first.text) || first.text.startsWith(known);
}

/** The name is only a part of the word that is drawn: what kind of thing it is stands before it, `deployment/web`. */
function partOfDrawn(field: Field): Field {
  if (field.pieces.every(({ drawn }) => drawn === undefined)) return field;
  const pieces = field.pieces.map((piece) => ({ ...piece, drawn: piece.drawn && { ...piece.drawn, isPart: true } }));
  return { ...field, pieces };
}
