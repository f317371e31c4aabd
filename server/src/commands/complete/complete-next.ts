import { bindParts } from '../match/bind.ts';
import type { Field } from '../shell/words/field.ts';
import { literalOf, type UsageItem, type UsagePart } from '../usage/items.ts';

/** A word that a usage may have next: a literal, or parts with a role. */
interface NextWord {
  readonly literal: string | undefined;
  readonly parts: readonly UsagePart[] | undefined;
}

/** Words that may stand behind the operands; undefined where the operands are not those of the usage. */
export function nextWords(items: readonly UsageItem[], operands: readonly Field[]): readonly NextWord[] | undefined {
  const found: NextWord[] = [];
  let fits = false;
  let steps = 0;
  const walk = (list: readonly UsageItem[], used: number): void => {
    const [item, ...rest] = list;
    if (++steps > 2000) return;
    if (item === undefined) fits ||= used === operands.length;
    else if (item.kind === 'option') walk(rest, used);
    else if (item.kind === 'choice') for (const branch of item.branches) walk([...branch, ...rest], used);
    else if (item.kind === 'optional') {
      walk([...item.items, ...rest], used);
      walk(rest, used);
    } else {
      const literal = literalOf(item);
      const repeated = item.parts.some((part) => part.kind === 'role' && part.repeated);
      if (literal === '--') walk(rest, used);
      else if (used === operands.length) {
        fits = true;
        found.push(literal === undefined ? { literal, parts: item.parts } : { literal, parts: undefined });
      } else {
        const operand = operands[used];
        const isFit = literal === undefined ? operand && bindParts(item.parts, operand) : operand?.value === literal;
        if (!isFit) return;
        walk(rest, used + 1);
        if (repeated) walk(list, used + 1);
      }
    }
  };
  walk(items, 0);
  return fits ? found : undefined;
}

/** The role that the rest of a half-typed word has: the count of `web=` for `<target>=<count>`. */
export function roleAfter(
  parts: readonly UsagePart[],
  typed: string,
): { readonly name: string; readonly typed: number } | undefined {
  let at = 0;
  let name: string | undefined;
  for (const part of parts) {
    if (part.kind === 'role') name = part.role;
    else {
      const found = typed.indexOf(part.text, at);
      if (found < 0) break;
      at = found + part.text.length;
      name = undefined;
    }
  }
  return name === undefined ? undefined : { name, typed: typed.length - at };
}
