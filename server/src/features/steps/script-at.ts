import type { RunbookAnalysis } from '../../lint/analysis.ts';
import { placesIn } from '../../syntax/decoding/scalar-source.ts';
import { touches } from '../../syntax/span.ts';
import type { Scalar } from '../../syntax/tree.ts';
import { type StepHere, stepAt } from './steps.ts';

/** A place in the text of a command. */
export interface ScriptPlace {
  readonly here: StepHere;
  readonly script: Scalar;
  /** The offset in the script's value; behind its end where blanks are typed that YAML takes away. */
  readonly valueOffset: number;
  /** The offset in the step's block. */
  readonly local: number;
}

/** The script that an offset of the file is in; undefined elsewhere. */
export function scriptAt(analysis: RunbookAnalysis, offset: number): ScriptPlace | undefined {
  const here = stepAt(analysis, offset);
  if (here === undefined) return undefined;
  const { step } = here.reading;
  if (step.kind !== 'run') return undefined;
  const { script } = step;
  const local = offset - here.place.offset;
  const block = script.style === 'literal' || script.style === 'folded';
  // YAML takes the blanks behind a plain value away, and that is where the next word is about to be typed.
  const blanks = analysis.text.slice(here.place.offset + script.outer.end, offset);
  const behind = script.style === 'plain' && /^ +$/.test(blanks);
  const inside = behind || touches(script.span, local) || (block && touches(script.outer, local));
  return inside ? { here, script, valueOffset: valueOffset(script, local), local } : undefined;
}

/** The offset in the script's value that stands at a place in its source; behind the value, so much behind it. */
function valueOffset(script: Scalar, local: number): number {
  const places = placesIn(script);
  let low = 0;
  let high = script.value.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places(middle, middle + 1).start < local) low = middle + 1;
    else high = middle;
  }
  const trailing = local - script.span.end;
  return low === script.value.length && trailing > 0 ? low + trailing : low;
}
