import type { Step } from '../../webview/model.ts';

/** The step that a line belongs to: the last that begins at it or above it. Undefined above the first. */
export function stepOfLine(steps: readonly Step[], line: number): number | undefined {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : low - 1;
}
