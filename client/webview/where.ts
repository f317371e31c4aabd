import { setText } from './dom.ts';
import { cellText } from './figures.ts';
import type { Frame } from './frame.ts';
import type { Subsystem, Timeline } from './model.ts';
import { stepCount, stepNumber } from './step-number.ts';
import { fill, type Words } from './words.ts';

/** So many subsystems are read out at a step: the tightest of those shown. */
const readOut = 3;

/** Says which step is marked: above the charts, and on the slider for those who hear the page. */
export function sayWhere(
  { where, slider }: Pick<Frame, 'where' | 'slider'>,
  timeline: Timeline | undefined,
  marked: number | undefined,
  shown: readonly Subsystem[],
  words: Words,
): void {
  const step = marked === undefined ? undefined : timeline?.steps[marked];
  if (timeline === undefined || step === undefined || marked === undefined) {
    setText(where, timeline === undefined ? '' : words.noStep);
    slider.removeAttribute('aria-valuenow');
    slider.setAttribute('aria-valuetext', words.noStep);
    return;
  }
  const text = `${fill(words.step, stepNumber(step), stepCount(timeline.steps), step.name)}: ${words[step.verdict]}`;
  setText(where, text);
  where.dataset.verdict = step.verdict;
  const figures = shown.slice(0, readOut).flatMap(({ name, figures }) => {
    const its = figures[marked];
    return its === undefined ? [] : [`${name} ${cellText(its, words)}`];
  });
  slider.setAttribute('aria-valuenow', `${marked + 1}`);
  slider.setAttribute('aria-valuetext', [text, ...figures].join('. '));
}
