import { element, setText } from './dom.ts';
import { hatching, sample, strip } from './drawing.ts';
import { middleOf, stepAt } from './geometry.ts';
import { cellText } from './markdown.ts';
import type { FromView, Lack, Timeline } from './model.ts';
import { type Row, rowOf } from './row.ts';
import { type Table, tableOf } from './table.ts';
import { fallsOf, tightestFirst, tightestOf } from './tightness.ts';
import { tipOf } from './tip.ts';
import { english, fill, type Words } from './words.ts';

/** What the view keeps while it is hidden. */
export interface Saved {
  readonly filter?: string;
  readonly asTable?: boolean;
  /** Names of subsystems that the user has folded, or unfolded. */
  readonly folded?: Readonly<Record<string, boolean>>;
}

export interface ViewOptions {
  readonly saved: Saved;
  readonly save: (state: Saved) => void;
  readonly tell: (message: FromView) => void;
}

export interface View {
  speak(words: Words): void;
  /** Draws a timeline anew, with a step marked. */
  show(timeline: Timeline | undefined, step: number | undefined, lacks: Lack): void;
  /** Marks the step that the editor's cursor is in. */
  mark(step: number | undefined): void;
}

/** So many subsystems are open at first: the tightest. Those that fall are open in any case. */
const openAtFirst = 8;

/** Builds the view inside `body`. */
export function createView(body: HTMLElement, { saved, save, tell }: ViewOptions): View {
  let words: Words = english;
  let state = saved;
  let timeline: Timeline | undefined;
  let lacks: Lack = 'runbook';
  let rows: readonly Row[] = [];
  let table: Table | undefined;
  let marked: number | undefined;

  const summary = element('div', { class: 'summary', role: 'status' });
  const title = element('h1', { class: 'unseen' });
  const where = element('div', { class: 'where' });
  const fleet = element('select', { class: 'fleet' });
  const filter = element('input', { type: 'search', class: 'filter' });
  const fold = element('button', { class: 'tool' });
  const asTable = element('button', { class: 'tool', 'aria-pressed': 'false' });
  const copy = element('button', { class: 'tool' });
  const tools = element('div', { class: 'tools' }, fleet, filter, fold, asTable, copy);
  const axis = element('div', { class: 'axis-row' });
  const slider = element('div', { class: 'strip', role: 'slider', tabindex: 0, 'aria-valuemin': 1 });
  const list = element('ul', { class: 'rows' });
  const cursor = element('div', { class: 'cursor', 'aria-hidden': 'true', hidden: true });
  const charts = element('div', { class: 'charts' }, axis, list, cursor);
  const tables = element('div', { class: 'tables', hidden: true });
  const empty = element('p', { class: 'empty' });
  const help = element('button', { class: 'help' });
  const tip = tipOf(() => words);
  const legend = element('div', { class: 'label legend' });
  axis.append(legend, slider, element('div', { class: 'figures' }));
  const header = element('header', {}, title, where, summary, tools);
  const content = element('main', {}, header, charts, tables, empty, help);
  body.replaceChildren(hatching(), content, tip.element);
  filter.value = state.filter ?? '';

  const keep = (change: Saved) => {
    state = { ...state, ...change };
    save(state);
  };
  const shown = () => rows.filter((row) => !row.element.hidden);

  /** Where the charts begin, and how wide they are, in pixels: measured when the page is laid out anew, never while the mark moves. */
  let left = 0;
  let width = 1;
  function measure(): void {
    left = slider.offsetLeft;
    width = Math.max(1, Math.floor(slider.clientWidth));
    cursor.style.width = `${slot()}px`;
  }
  const slot = () => Math.max(3, width / Math.max(1, timeline?.steps.length ?? 1));

  /** Rows that are to be seen: only these are drawn, and only these tell of the marked step. */
  const inSight = new Set<Row>();
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const row = rows.find(({ element }) => element === target);
      if (row === undefined) continue;
      if (!isIntersecting) inSight.delete(row);
      else {
        inSight.add(row);
        row.draw(width);
        row.show(marked);
      }
    }
  });
  const drawVisible = () => {
    for (const row of rows) {
      sight.unobserve(row.element);
      sight.observe(row.element);
    }
  };
  let drawnWidth = 0;
  new ResizeObserver(() => {
    if (timeline === undefined || slider.clientWidth === 0) return;
    measure();
    if (width === drawnWidth) return;
    drawnWidth = width;
    slider.replaceChildren(strip(timeline.steps, drawnWidth));
    drawVisible();
    place();
  }).observe(slider);

  // The axis stays in sight below the header, which is as high as it has to be in a narrow view.
  new ResizeObserver(() => {
    axis.style.top = `${header.offsetHeight}px`;
  }).observe(header);

  /** Moves the mark, which is one element over all charts, and shows what is there in the rows. Nothing here asks for the layout. */
  function place(): void {
    const steps = timeline?.steps ?? [];
    const step = marked === undefined ? undefined : steps[marked];
    cursor.hidden = step === undefined;
    for (const row of inSight) row.show(marked);
    table?.show(marked);
    if (step === undefined || marked === undefined) {
      setText(where, timeline === undefined ? '' : words.noStep);
      slider.removeAttribute('aria-valuenow');
      slider.setAttribute('aria-valuetext', words.noStep);
      return;
    }
    const x = left + middleOf(marked, steps.length, width) - slot() / 2;
    cursor.style.transform = `translateX(${x}px)`;
    const text = `${fill(words.step, marked + 1, steps.length, step.name)}: ${words[step.verdict]}`;
    setText(where, text);
    where.dataset.verdict = step.verdict;
    slider.setAttribute('aria-valuenow', `${marked + 1}`);
    slider.setAttribute('aria-valuetext', [text, ...figuresInWords(marked)].join('. '));
  }

  /** Of the tightest of the subsystems shown. */
  function figuresInWords(step: number): readonly string[] {
    return shown()
      .slice(0, 3)
      .flatMap(({ subsystem: { name, figures } }) => {
        const its = figures[step];
        return its === undefined ? [] : [`${name} ${cellText(its, words)}`];
      });
  }

  function mark(step: number | undefined): void {
    marked = step;
    place();
  }

  function applyFilter(): void {
    const sought = filter.value.trim().toLowerCase();
    for (const row of rows) row.element.hidden = !row.subsystem.name.toLowerCase().includes(sought);
    const none = timeline !== undefined && rows.length > 0 && shown().length === 0;
    setText(empty, none ? words.noMatch : lacks === 'fleet' ? words.noFleet : words.empty);
    setText(help, lacks === 'fleet' ? words.selectFleet : words.openSample);
    empty.hidden = timeline !== undefined && !none;
    help.hidden = timeline !== undefined;
    rebuildTable();
  }

  function rebuildTable(): void {
    const wanted = state.asTable === true && timeline !== undefined;
    asTable.setAttribute('aria-pressed', String(wanted));
    tables.hidden = !wanted;
    charts.hidden = wanted || timeline === undefined;
    fold.hidden = wanted;
    table = undefined;
    tables.replaceChildren();
    if (!wanted || timeline === undefined) return;
    const subsystems = shown().map(({ subsystem }) => subsystem);
    table = tableOf(timeline, subsystems, words, (step) => tell({ type: 'go', step, focus: true }));
    tables.append(table.element);
  }

  function isFolded(row: Row, at: number): boolean {
    const chosen = state.folded?.[row.subsystem.name];
    return chosen ?? (at >= openAtFirst && tightestOf(row.subsystem).spare >= 0);
  }

  function build(): void {
    const ordered = tightestFirst(timeline?.subsystems ?? []);
    rows = ordered.map((subsystem) =>
      rowOf(subsystem, words, (collapsed) => {
        keep({ folded: { ...state.folded, [subsystem.name]: collapsed } });
        labelFold();
        drawVisible();
      }),
    );
    sight.disconnect();
    inSight.clear();
    list.replaceChildren(...rows.map((row) => row.element));
    for (const [at, row] of rows.entries()) row.collapse(isFolded(row, at));
    tools.hidden = timeline === undefined;
    listFleets();
    slider.setAttribute('aria-valuemax', `${Math.max(1, timeline?.steps.length ?? 1)}`);
    drawnWidth = 0;
    setText(summary, summaryText());
    applyFilter();
    labelFold();
    if (timeline !== undefined && slider.clientWidth > 0) {
      measure();
      drawnWidth = width;
      slider.replaceChildren(strip(timeline.steps, drawnWidth));
    }
    drawVisible();
    place();
  }

  /** There to choose from only where the runbook is checked against several. */
  function listFleets(): void {
    const { fleets = [], fleet: chosen = 0 } = timeline ?? {};
    fleet.hidden = fleets.length < 2;
    fleet.replaceChildren(...fleets.map((name, i) => element('option', { value: i, selected: i === chosen }, name)));
  }

  function summaryText(): string {
    if (timeline === undefined) return '';
    const { count, first } = fallsOf(timeline.subsystems);
    if (count === 0) return words.allHold;
    return `▼ ${fill(words.someFall, count, timeline.subsystems.length, first + 1)}`;
  }

  const anyOpen = () => rows.some((row) => !row.element.classList.contains('collapsed'));
  const labelFold = () => setText(fold, anyOpen() ? words.collapseAll : words.expandAll);

  function label(): void {
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

  function go(step: number, focus: boolean): void {
    mark(step);
    tell({ type: 'go', step, focus });
  }

  slider.addEventListener('keydown', (event) => {
    const last = (timeline?.steps.length ?? 0) - 1;
    if (last < 0) return;
    const at = marked ?? -1;
    if (event.key === 'Enter') return go(Math.max(at, 0), true);
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    go(Math.min(Math.max(target, 0), last), false);
  });

  /** The step and the subsystem under the mouse. */
  function under(event: MouseEvent): { step: number; row: Row | undefined } | undefined {
    const target = event.target instanceof Element ? event.target.closest('.chart, .strip') : null;
    if (target === null || timeline === undefined || timeline.steps.length === 0) return undefined;
    const step = stepAt(event.clientX - target.getBoundingClientRect().left, timeline.steps.length, width);
    return { step, row: rows.find(({ chart }) => chart === target) };
  }
  charts.addEventListener('click', (event) => {
    const place = under(event);
    if (place !== undefined) go(place.step, true);
  });
  charts.addEventListener('mousemove', (event) => {
    const place = under(event);
    if (place === undefined || timeline === undefined) tip.hide();
    else tip.show(timeline, place.step, place.row?.subsystem, event);
  });
  charts.addEventListener('mouseleave', () => tip.hide());
  addEventListener('keydown', ({ key }) => key === 'Escape' && tip.hide());
  help.addEventListener('click', () => tell({ type: 'help', lacks }));
  fleet.addEventListener('change', () => tell({ type: 'fleet', fleet: fleet.selectedIndex }));
  filter.addEventListener('input', () => {
    keep({ filter: filter.value });
    applyFilter();
    drawVisible();
    place();
  });
  asTable.addEventListener('click', () => {
    keep({ asTable: state.asTable !== true });
    rebuildTable();
    drawVisible();
    place();
  });
  fold.addEventListener('click', () => {
    const to = anyOpen();
    for (const row of rows) row.collapse(to);
    keep({ folded: { ...state.folded, ...Object.fromEntries(rows.map((row) => [row.subsystem.name, to])) } });
    labelFold();
    drawVisible();
  });
  copy.addEventListener('click', () =>
    tell({ type: 'copy', subsystems: shown().map(({ subsystem: { name } }) => name) }),
  );
  label();
  build();
  return {
    speak(spoken) {
      words = spoken;
      label();
      build();
    },
    show(shown, step, without) {
      timeline = shown;
      lacks = without;
      marked = step;
      build();
    },
    mark,
  };
}
