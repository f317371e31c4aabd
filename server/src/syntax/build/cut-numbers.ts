import { asWritten } from '../scalars.ts';
import type { Entry } from '../tree.ts';

const rest = /^,\d{1,3}(?:%|[smhd])?$/;

/**
 * `{ minimum: 66,5% }`: to YAML the comma ends the value, and the rest of the number is a key.
 * It is read as it is meant, so that the one finding is that on its form, and nothing is judged by the part of a number.
 */
export function withWholeNumbers(entries: readonly Entry[], text: string): readonly Entry[] {
  const whole: Entry[] = [];
  for (const entry of entries) {
    const before = whole.at(-1);
    const { start, end } = entry.key.outer;
    const number =
      before?.value?.kind === 'scalar' && /^\d[\d,]*$/.test(before.value.source) ? before.value : undefined;
    const isRest = entry.value === undefined && rest.test(text.slice(start - 1, end));
    if (before === undefined || !isRest || number?.outer.end !== start - 1) whole.push(entry);
    else {
      const value = asWritten(text, number.outer.start, end);
      whole[whole.length - 1] = { ...before, value, span: { start: before.span.start, end } };
    }
  }
  return whole;
}
