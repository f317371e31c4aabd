import { nearest, oneSlip } from '../../model/nearest.ts';
import type { Obstacle } from '../action.ts';
import { placeOf } from '../shell/words/field.ts';
import type { CompiledUsage } from '../table.ts';
import type { UsageOption } from '../usage/items.ts';
import type { SortedWords } from './words.ts';

/**
 * An option that the usage does not have, and that is a slip away from one that it has and that is not given.
 * The options of a built-in tool are not all declared, so that only what is hardly one of its own counts.
 */
export function slippedOption(
  { given, unknownOptions }: SortedWords,
  usage: CompiledUsage,
  missing: UsageOption | undefined,
): Obstacle | undefined {
  for (const word of unknownOptions) {
    const text = word.value ?? word.pieces[0]?.text ?? '';
    const name = text.split('=', 1)[0] ?? '';
    if (!/^--?[A-Za-z][\w-]{2,}$/.test(name)) continue;
    const used = new Set(given.map(({ option }) => option));
    const among = [...usage.options].flatMap(([other, option]) =>
      used.has(option) || other.length < 4 ? [] : [other],
    );
    const near = usage.strict
      ? nearest(name, among)?.name
      : among.find((other) => oneSlip(name, other) && name.length > 5 && isOwn(name, other, missing));
    if (near === undefined) continue;
    const tool = usage.tool.tool.value ?? '';
    const span = placeOf(word, 0, name.length);
    const why = `\`${name}\` is not declared; did you mean \`${near}\`?`;
    return { span, why, slip: { kind: 'option', tool, name, among } };
  }
  return undefined;
}

/** Tools have `--zone` and `--zones` side by side; where the one is needed and is missing, it is meant. */
function isOwn(a: string, b: string, missing: UsageOption | undefined): boolean {
  const isPlural = !/\w-\w/.test(a) && (a === `${b}s` || b === `${a}s`);
  return !isPlural || missing?.names.includes(b) === true;
}
