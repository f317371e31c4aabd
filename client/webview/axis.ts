import { strip } from './drawing.ts';
import type { Frame } from './frame.ts';
import { middleOf } from './geometry.ts';
import type { Step } from './model.ts';

/** Where the charts begin and how wide they are: measured when the page is laid out anew, never while the mark moves. */
export interface Axis {
  /** In pixels. */
  readonly width: number;
  /**
   * Measures the page and draws the axis for these steps; with `anew` also where its width is what it was.
   * Tells whether it was drawn: a page that is not laid out yet is left for later.
   */
  fit(steps: readonly Step[], anew: boolean): boolean;
  /** Moves the mark over a step; nothing here asks for the layout. */
  moveTo(step: number): void;
}

/** The axis of a page, not measured yet. */
export function axisOf({ slider, cursor }: Pick<Frame, 'slider' | 'cursor'>): Axis {
  let left = 0;
  let width = 1;
  let drawnWidth = 0;
  let count = 0;
  const slot = () => Math.max(3, width / Math.max(1, count));
  return {
    get width() {
      return width;
    },
    fit(steps, anew) {
      count = steps.length;
      if (anew) drawnWidth = 0;
      if (slider.clientWidth === 0) return false;
      left = slider.offsetLeft;
      width = Math.max(1, Math.floor(slider.clientWidth));
      cursor.style.width = `${slot()}px`;
      if (width === drawnWidth) return false;
      drawnWidth = width;
      slider.replaceChildren(strip(steps, width));
      return true;
    },
    moveTo(step) {
      cursor.style.transform = `translateX(${left + middleOf(step, count, width) - slot() / 2}px)`;
    },
  };
}
