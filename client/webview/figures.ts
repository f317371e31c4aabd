import type { Figures, Range } from './model.ts';
import { spareOf } from './tightness.ts';
import { fill, type Words } from './words.ts';

/** `80`, or `80–92` where it depends on the choice of servers. */
export function rangeText({ worst, best }: Range): string {
  return worst === best ? `${worst}` : `${worst}–${best}`;
}

/** What a cell of the table says of a step's lowest moment: `80–92, minimum 110, 30 below`. */
export function cellText(figures: Figures, words: Words): string {
  const text = fill(words.figuresAt, rangeText(figures.lowest), figures.minimum);
  const below = belowText(figures, words);
  return below === undefined ? text : `${text}, ${below}`;
}

/** How far it falls below the minimum; undefined where it does not. */
export function belowText(figures: Figures, words: Words): string | undefined {
  const { worst, best } = spareOf(figures);
  if (worst >= 0) return undefined;
  return fill(best < 0 ? words.belowBy : words.mayBelowBy, -worst);
}
