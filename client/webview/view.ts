import { type Axis, axisOf } from './axis.ts';
import { element, setText } from './dom.ts';
import { type Frame, frameIn, labelFrame } from './frame.ts';
import { stepAt } from './geometry.ts';
import { stepFor } from './keys.ts';
import type { FromView, Lack, Subsystem, Timeline } from './model.ts';
import { type Row, rowOf } from './row.ts';
import { type Sight, sightOf } from './sight.ts';
import { stepNumber } from './step-number.ts';
import { type Table, tableOf } from './table.ts';
import { fallsOf, tightestFirst, tightestOf } from './tightness.ts';
import { type Tip, tipOf } from './tip.ts';
import { sayWhere } from './where.ts';
import { english, fill, type Words } from './words.ts';

/** What the view keeps while it is hidden. */
export interface Saved {
  readonly filter?: string;
  readonly asTable?: boolean;
  /** Names of subsystems that the user has folded, or unfolded. */
  readonly folded?: Readonly<Record<string, boolean>>;
}

interface ViewOptions {
  readonly saved: Saved;
  readonly save: (state: Saved) => void;
  readonly tell: (message: FromView) => void;
}

/** So many subsystems are open at first: the tightest. Those that fall are open in any case. */
const openAtFirst = 8;

/** The timeline as a page, built inside `body`. */
export class View {
  private words: Words = english;
  private state: Saved;
  private timeline: Timeline | undefined;
  private lacks: Lack = 'runbook';
  private rows: readonly Row[] = [];
  private table: Table | undefined;
  private marked: number | undefined;

  private readonly options: ViewOptions;
  private readonly tip: Tip = tipOf(() => this.words);
  private readonly frame: Frame;
  private readonly axis: Axis;
  private readonly sight: Sight;

  constructor(body: HTMLElement, options: ViewOptions) {
    this.options = options;
    this.state = options.saved;
    this.frame = frameIn(body, this.tip.element);
    this.frame.filter.value = this.state.filter ?? '';
    this.axis = axisOf(this.frame);
    this.sight = sightOf((row) => {
      row.draw(this.axis.width);
      row.show(this.marked);
    });
    this.followWidth();
    this.listenToTools();
    this.listenToCharts();
    this.speak(english);
  }

  /** Says everything in these words. */
  speak(words: Words): void {
    this.words = words;
    labelFrame(this.frame, words);
    this.build();
  }

  /** Draws a timeline anew, with a step marked. */
  show(timeline: Timeline | undefined, step: number | undefined, lacks: Lack): void {
    this.timeline = timeline;
    this.lacks = lacks;
    this.marked = step;
    this.build();
  }

  /** Marks the step that the editor's cursor is in. */
  mark(step: number | undefined): void {
    this.marked = step;
    this.placeMark();
  }

  private keep(change: Saved): void {
    this.state = { ...this.state, ...change };
    this.options.save(this.state);
  }

  /** Of the rows that the filter lets through, the tightest first. */
  private shown(): readonly Subsystem[] {
    return this.rows.filter((row) => !row.element.hidden).map(({ subsystem }) => subsystem);
  }

  private build(): void {
    const { timeline, frame } = this;
    this.rows = tightestFirst(timeline?.subsystems ?? []).map((subsystem) => this.newRow(subsystem));
    this.sight.watch(this.rows);
    frame.list.replaceChildren(...this.rows.map((row) => row.element));
    for (const [at, row] of this.rows.entries()) row.collapse(this.isFolded(row, at));
    frame.tools.hidden = timeline === undefined;
    this.listFleets();
    frame.slider.setAttribute('aria-valuemax', `${Math.max(1, timeline?.steps.length ?? 1)}`);
    setText(frame.summary, this.summary());
    this.filterRows();
    this.labelFold();
    if (timeline !== undefined) this.axis.fit(timeline.steps, true);
    this.sight.redraw();
    this.placeMark();
  }

  private newRow(subsystem: Subsystem): Row {
    return rowOf(subsystem, this.timeline?.steps ?? [], this.words, (collapsed) => {
      this.keep({ folded: { ...this.state.folded, [subsystem.name]: collapsed } });
      this.labelFold();
      this.sight.redraw();
    });
  }

  private isFolded({ subsystem }: Row, at: number): boolean {
    return this.state.folded?.[subsystem.name] ?? (at >= openAtFirst && tightestOf(subsystem).spare >= 0);
  }

  /** There to choose from only where the runbook is checked against several. */
  private listFleets(): void {
    const { fleet } = this.frame;
    const { fleets = [], fleet: chosen = 0 } = this.timeline ?? {};
    fleet.hidden = fleets.length < 2;
    fleet.replaceChildren(...fleets.map((name, i) => element('option', { value: i, selected: i === chosen }, name)));
  }

  private summary(): string {
    if (this.timeline === undefined) return '';
    const { steps, subsystems } = this.timeline;
    const { count, first } = fallsOf(subsystems);
    if (count === 0)
      return steps.some(({ verdict }) => verdict === 'unknown') ? this.words.knownHold : this.words.allHold;
    return `▼ ${fill(this.words.someFall, count, subsystems.length, stepNumber(steps[first]))}`;
  }

  private filterRows(): void {
    const { timeline, frame, words, lacks } = this;
    const sought = frame.filter.value.trim().toLowerCase();
    for (const row of this.rows) row.element.hidden = !row.subsystem.name.toLowerCase().includes(sought);
    const none = timeline !== undefined && this.rows.length > 0 && this.shown().length === 0;
    setText(frame.empty, none ? words.noMatch : lacks === 'fleet' ? words.noFleet : words.empty);
    setText(frame.help, lacks === 'fleet' ? words.selectFleet : words.openSample);
    frame.empty.hidden = timeline !== undefined && !none;
    frame.help.hidden = timeline !== undefined;
    this.buildTable();
  }

  private buildTable(): void {
    const { timeline, frame, words } = this;
    const wanted = this.state.asTable === true && timeline !== undefined;
    frame.asTable.setAttribute('aria-pressed', String(wanted));
    frame.tables.hidden = !wanted;
    frame.charts.hidden = wanted || timeline === undefined;
    frame.fold.hidden = wanted;
    this.table = wanted
      ? tableOf(timeline, this.shown(), words, (step) => this.options.tell({ type: 'go', step, focus: true }))
      : undefined;
    frame.tables.replaceChildren(...(this.table === undefined ? [] : [this.table.element]));
  }

  /** Moves the mark, which is one element over all charts, and shows what is there in the rows. Nothing here asks for the layout. */
  private placeMark(): void {
    const { timeline, marked, frame } = this;
    const isOnStep = marked !== undefined && timeline?.steps[marked] !== undefined;
    frame.cursor.hidden = !isOnStep;
    for (const row of this.sight.rows) row.show(marked);
    this.table?.show(marked);
    if (isOnStep) this.axis.moveTo(marked);
    sayWhere(frame, timeline, marked, this.shown(), this.words);
  }

  private followWidth(): void {
    new ResizeObserver(() => {
      if (this.timeline === undefined || !this.axis.fit(this.timeline.steps, false)) return;
      this.sight.redraw();
      this.placeMark();
    }).observe(this.frame.slider);
  }

  private isAnyOpen(): boolean {
    return this.rows.some((row) => !row.element.classList.contains('collapsed'));
  }

  private labelFold(): void {
    setText(this.frame.fold, this.isAnyOpen() ? this.words.collapseAll : this.words.expandAll);
  }

  private foldAll(): void {
    const to = this.isAnyOpen();
    for (const row of this.rows) row.collapse(to);
    const all = Object.fromEntries(this.rows.map((row) => [row.subsystem.name, to]));
    this.keep({ folded: { ...this.state.folded, ...all } });
    this.labelFold();
    this.sight.redraw();
  }

  private go(step: number, focus: boolean): void {
    this.mark(step);
    this.options.tell({ type: 'go', step, focus });
  }

  private listenToTools(): void {
    const { frame } = this;
    const { tell } = this.options;
    frame.help.addEventListener('click', () => tell({ type: 'help', lacks: this.lacks }));
    frame.fleet.addEventListener('change', () => tell({ type: 'fleet', fleet: frame.fleet.selectedIndex }));
    frame.copy.addEventListener('click', () =>
      tell({ type: 'copy', subsystems: this.shown().map(({ name }) => name) }),
    );
    frame.fold.addEventListener('click', () => this.foldAll());
    frame.filter.addEventListener('input', () => {
      this.keep({ filter: frame.filter.value });
      this.filterRows();
      this.sight.redraw();
      this.placeMark();
    });
    frame.asTable.addEventListener('click', () => {
      this.keep({ asTable: this.state.asTable !== true });
      this.buildTable();
      this.sight.redraw();
      this.placeMark();
    });
  }

  private listenToCharts(): void {
    const { charts, slider } = this.frame;
    slider.addEventListener('keydown', (event) => this.onKey(event));
    charts.addEventListener('click', (event) => {
      const place = this.under(event);
      if (place !== undefined) this.go(place.step, true);
    });
    charts.addEventListener('mousemove', (event) => {
      const place = this.under(event);
      if (place === undefined || this.timeline === undefined) this.tip.hide();
      else this.tip.show(this.timeline, place.step, place.row?.subsystem, event);
    });
    charts.addEventListener('mouseleave', () => this.tip.hide());
    addEventListener('keydown', ({ key }) => key === 'Escape' && this.tip.hide());
  }

  private onKey(event: KeyboardEvent): void {
    const last = (this.timeline?.steps.length ?? 0) - 1;
    if (last < 0) return;
    if (event.key === 'Enter') {
      this.go(this.marked ?? 0, true);
      return;
    }
    const step = stepFor(event.key, this.marked, last);
    if (step === undefined) return;
    event.preventDefault();
    this.go(step, false);
  }

  /** The step and the subsystem under the mouse. */
  private under({ target, clientX }: MouseEvent): { step: number; row: Row | undefined } | undefined {
    const chart = target instanceof Element ? target.closest('.chart, .strip') : null;
    const count = this.timeline?.steps.length ?? 0;
    if (chart === null || count === 0) return undefined;
    const step = stepAt(clientX - chart.getBoundingClientRect().left, count, this.axis.width);
    return { step, row: this.rows.find((row) => row.chart === chart) };
  }
}
