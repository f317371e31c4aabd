import { element, setText } from './dom.ts';
import { hatching, sample } from './drawing.ts';
import type { Words } from './words.ts';

/** The elements of the view that stay while timelines come and go. */
export type Frame = ReturnType<typeof frameIn>;

/** Builds them inside `body`; the tip lies above them. */
export function frameIn(body: HTMLElement, tip: HTMLElement) {
  const summary = element('div', { class: 'summary', role: 'status' });
  const title = element('h1', { class: 'unseen' });
  const where = element('div', { class: 'where' });
  const fleet = element('select', { class: 'fleet' });
  const filter = element('input', { type: 'search', class: 'filter' });
  const fold = element('button', { class: 'tool' });
  const asTable = element('button', { class: 'tool', 'aria-pressed': 'false' });
  const copy = element('button', { class: 'tool' });
  const tools = element('div', { class: 'tools' }, fleet, filter, fold, asTable, copy);
  const legend = element('div', { class: 'label legend' });
  const slider = element('div', { class: 'strip', role: 'slider', tabindex: 0, 'aria-valuemin': 1 });
  const axis = element('div', { class: 'axis-row' }, legend, slider, element('div', { class: 'figures' }));
  const list = element('ul', { class: 'rows' });
  const cursor = element('div', { class: 'cursor', 'aria-hidden': 'true', hidden: true });
  const charts = element('div', { class: 'charts' }, axis, list, cursor);
  const tables = element('div', { class: 'tables', hidden: true });
  const empty = element('p', { class: 'empty' });
  const help = element('button', { class: 'help' });
  const header = element('header', {}, title, where, summary, tools);
  body.replaceChildren(hatching(), element('main', {}, header, charts, tables, empty, help), tip);
  // The axis stays in sight below the header, which is as high as it has to be in a narrow view.
  new ResizeObserver(() => {
    axis.style.top = `${header.offsetHeight}px`;
  }).observe(header);
  return {
    ...{ title, where, summary, tools, fleet, filter, fold, asTable, copy },
    ...{ legend, slider, list, cursor, charts, tables, empty, help },
  };
}

/** Says in these words what does not depend on a timeline. */
export function labelFrame({ title, asTable, legend, copy, fleet, filter, slider }: Frame, words: Words): void {
  setText(title, words.title);
  setText(asTable, words.table);
  const key = (line: Parameters<typeof sample>[0], word: string) => element('span', {}, sample(line), word);
  legend.replaceChildren(key('worst', words.atWorst), key('best', words.atBest), key('minimum', words.theMinimum));
  setText(copy, words.copy);
  copy.title = words.copyTitle;
  fleet.setAttribute('aria-label', words.fleet);
  filter.placeholder = words.filter;
  filter.setAttribute('aria-label', words.filterLabel);
  slider.setAttribute('aria-label', words.steps);
  slider.title = words.keys;
}
