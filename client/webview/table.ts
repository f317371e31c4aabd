import { element } from './dom.ts';
import { belowText, cellText } from './figures.ts';
import type { Subsystem, Timeline } from './model.ts';
import { stepCount, stepNumber } from './step-number.ts';
import { fill, type Words } from './words.ts';

/** Rows of a page; a runbook may have thousands of steps. */
const pageSize = 100;

/** The same figures as a table: for who does not see the charts, and for who wants the numbers. */
export interface Table {
  readonly element: HTMLElement;
  /** Shows the page of a step and marks the step. */
  show(step: number | undefined): void;
}

/** The table of some subsystems; `go` is called with the step whose name is clicked. */
export function tableOf(
  timeline: Timeline,
  subsystems: readonly Subsystem[],
  words: Words,
  go: (step: number) => void,
): Table {
  const { steps } = timeline;
  const body = element('tbody');
  const head = [words.stepColumn, words.verdictColumn, ...subsystems.map(({ name }) => name)];
  const table = element(
    'table',
    {},
    element('caption', {}, words.caption),
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    body,
  );
  const earlier = element('button', { class: 'page' }, words.previousPage);
  const later = element('button', { class: 'page' }, words.nextPage);
  const where = element('span', { class: 'pages' });
  const pager = element('div', { class: 'pager' }, earlier, where, later);
  let page: number | undefined;
  let marked: Element | undefined;

  function rowOf(at: number): HTMLElement {
    const step = steps[at];
    const link = element('button', { class: 'step' }, `${stepNumber(step)}. ${step?.name ?? ''}`);
    link.addEventListener('click', () => go(at));
    const cells = subsystems.map(({ figures }) => {
      const its = figures[at];
      if (its === undefined) return element('td');
      const below = belowText(its, words) !== undefined;
      return element('td', { class: below && 'below' }, below ? `▼ ${cellText(its, words)}` : cellText(its, words));
    });
    const verdict = element('td', { class: step?.verdict }, words[step?.verdict ?? 'unknown']);
    return element('tr', {}, element('th', { scope: 'row' }, link), verdict, ...cells);
  }

  function turnTo(to: number): void {
    if (page === to) return;
    page = to;
    const first = to * pageSize;
    const last = Math.min(steps.length, first + pageSize);
    body.replaceChildren(...Array.from({ length: last - first }, (_, i) => rowOf(first + i)));
    where.textContent = fill(words.page, stepNumber(steps[first]), stepNumber(steps[last - 1]), stepCount(steps));
    earlier.disabled = first === 0;
    later.disabled = last === steps.length;
  }

  earlier.addEventListener('click', () => turnTo(Math.max(0, (page ?? 0) - 1)));
  later.addEventListener('click', () => turnTo((page ?? 0) + 1));
  pager.hidden = steps.length <= pageSize;
  turnTo(0);
  return {
    element: element('div', { class: 'table' }, pager, table),
    show(step) {
      marked?.removeAttribute('aria-current');
      if (step === undefined) return;
      turnTo(Math.floor(step / pageSize));
      marked = body.children[step % pageSize];
      marked?.setAttribute('aria-current', 'step');
      marked?.scrollIntoView({ block: 'nearest' });
    },
  };
}
