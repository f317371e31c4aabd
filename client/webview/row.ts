import { element, setText } from './dom.ts';
import { chart } from './drawing.ts';
import { belowText, rangeText } from './figures.ts';
import type { Step, Subsystem } from './model.ts';
import { stepNumber } from './step-number.ts';
import { type Tightest, tightestOf } from './tightness.ts';
import { fill, type Words } from './words.ts';

/** A subsystem of the view: its name, its chart, its figures at the marked step. */
export interface Row {
  readonly subsystem: Subsystem;
  readonly element: HTMLElement;
  readonly chart: HTMLElement;
  collapse(collapsed: boolean): void;
  /** Draws the chart where that is still to be done; `width` in pixels. */
  draw(width: number): void;
  /** Shows the figures of a step. */
  show(step: number | undefined): void;
}

/** The row of a subsystem, not drawn yet. `toggled` is called when the user folds it. */
export function rowOf(
  subsystem: Subsystem,
  steps: readonly Step[],
  words: Words,
  toggled: (collapsed: boolean) => void,
): Row {
  const { name, full } = subsystem;
  const tightest = tightestOf(subsystem);
  const note = noteOf(tightest, stepNumber(steps[tightest.step]), words);
  const button = element('button', { class: 'name', 'aria-expanded': 'true', title: name }, name);
  const sign = element('span', { class: 'sign', 'aria-hidden': 'true' }, signOf(tightest));
  const remark = element('div', { class: 'note', title: note }, sign, note);
  const canvas = element('div', { class: 'chart' });
  const figures = element('div', { class: 'figures' });
  const kind = tightest.spare < 0 ? (tightest.certain ? 'row falls' : 'row may-fall') : 'row';
  const made = element('li', { class: kind }, element('div', { class: 'label' }, button, remark), canvas, figures);
  let collapsed = false;
  let drawn: number | undefined;

  const collapse = (to: boolean) => {
    collapsed = to;
    made.classList.toggle('collapsed', to);
    button.setAttribute('aria-expanded', String(!to));
  };
  button.addEventListener('click', () => {
    collapse(!collapsed);
    toggled(collapsed);
  });
  return {
    subsystem,
    element: made,
    chart: canvas,
    collapse,
    draw(width) {
      if (collapsed || drawn === width) return;
      drawn = width;
      canvas.replaceChildren(chart(subsystem, width, fill(words.chart, name, full, note)));
    },
    show(step) {
      const its = step === undefined ? undefined : subsystem.figures[step];
      if (its === undefined) return setText(figures, '');
      const below = belowText(its, words);
      const second = below === undefined ? fill(words.minimum, its.minimum) : `▼ ${below}`;
      setText(figures, `${rangeText(its.lowest)}\n${second}`);
      figures.classList.toggle('below', below !== undefined);
    },
  };
}

function signOf({ spare, certain }: Tightest): string {
  if (spare > 0) return '';
  if (spare === 0) return '= ';
  return certain ? '▼ ' : '▽ ';
}

function noteOf({ spare, certain }: Tightest, step: string, words: Words): string {
  if (spare > 0) return fill(words.spare, spare, step);
  if (spare === 0) return fill(words.exactly, step);
  return fill(certain ? words.falls : words.mayFall, -spare, step);
}
