import type { Action, Placed, TargetTerm } from '../../commands/action.ts';
import type { StepReading } from '../../commands/reading/read-step.ts';
import type { Amount } from '../../model/leaf.ts';
import type { Step } from '../../model/runbook.ts';
import type { Span } from '../../syntax/span.ts';
import { namedHosts, readExtent } from '../telling/extent.ts';
import { upperBound } from '../telling/figure.ts';
import { typedPercent, typedServers } from '../telling/typed-figure.ts';
import { numbersIn, percentsIn } from './numbers.ts';
import { isSlip } from './slip.ts';

/** A count that somebody typed into a step, and what stands around it. */
export interface TypedCount {
  /** Of the step inside its top-level step: `.0.1`, or nothing for that step itself. */
  readonly path: string;
  /** The action's index in its step. */
  readonly action: number;
  readonly effect: Action['effect'];
  readonly kind: 'amount' | 'batch' | 'hosts';
  readonly value: number;
  /** Where a range of hosts says how many they are: the range as it is written, and as it is where they are so many. */
  readonly range?: { readonly text: string; first(count: number): string };
  /** What the value is followed by where it is written: servers are counted in it, or a whole percentage of them. */
  readonly unit: '' | '%';
  /** Counts from the step's block. */
  readonly span: Span;
  /** The same for every count of the same effect on the same target, said in the same way. */
  readonly key: string;
  readonly tool: string;
  /** The names of the target. */
  readonly target: readonly string[];
  /** It is the only change of capacity in its step. */
  readonly alone: boolean;
  /** Other figures of the same change. */
  readonly others: readonly number[];
  /** How often the step is done, by each `repeat` around it and all of them together. */
  readonly rounds: readonly number[];
  readonly name: string | undefined;
  /** Every number that the name and the description say. */
  readonly numbers: readonly number[];
  /** The only one of them that is one slip of the key away, where the typed one is not among them. */
  readonly near: number | undefined;
  /** The parameter that the figure was put in for; then nobody typed it here, and it is no slip but evidence. */
  readonly parameter: string | undefined;
}

/** The counts in a top-level step and in the steps in it. */
export function typedCounts(reading: StepReading): readonly TypedCount[] {
  const counts: TypedCount[] = [];
  gather(reading, '', none, counts);
  return counts.length === 0 ? none : counts;
}

const none: readonly never[] = [];

/** Every repeat around another doubles the ways to count its rounds; nobody means one of so many. */
const mostRounds = 30;

function gather({ step, actions, inner }: StepReading, path: string, rounds: readonly number[], counts: TypedCount[]) {
  if (inner.length > 0) {
    const times = step.kind === 'repeat' ? (step.times?.value ?? 1) : 1;
    const now =
      times === 1 || rounds.length > mostRounds ? rounds : [...rounds, times, ...rounds.map((more) => more * times)];
    inner.forEach((one, i) => {
      gather(one, `${path}.${i}`, now, counts);
    });
    return;
  }
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i];
    if (action === undefined || !changesCapacity(action)) continue;
    const amount = figureIn(action, action.amount ?? upperBound(action));
    const batch = figureIn(action, action.batch);
    const place = { step, action, index: i, path, rounds, actions };
    if (amount === undefined && step.name !== undefined) noteHosts(place, counts);
    if (amount !== undefined) note('amount', amount, batch, place, counts);
    if (batch !== undefined) note('batch', batch, amount, place, counts);
  }
}

const changing = new Set(['remove', 'restore', 'restart', 'replace', 'scale-to', 'add', 'opaque']);

/** Whether the action changes how much is in service. */
export function changesCapacity({ effect }: Action): boolean {
  return changing.has(effect);
}

/** A number of servers, or a percentage of them, that an action says in words of its own. */
function figureIn({ at }: Action, figure: Placed<Amount> | undefined): Figure | undefined {
  return figure !== undefined && figure.value.unit !== 'all' && figure.span.start !== at.start
    ? (figure as Figure)
    : undefined;
}

type Figure = Placed<Exclude<Amount, { readonly unit: 'all' }>>;

interface Place {
  readonly step: Step;
  readonly action: Action;
  readonly index: number;
  readonly path: string;
  readonly rounds: readonly number[];
  /** All of the step. */
  readonly actions: readonly Action[];
}

function note(
  kind: TypedCount['kind'],
  figure: Figure,
  other: Figure | undefined,
  { step, action, index, path, rounds, actions }: Place,
  counts: TypedCount[],
): void {
  const { span } = figure;
  const isPercent = figure.value.unit === 'percent';
  const value = isPercent ? figure.value.value / 1000 : figure.value.value;
  const typed = isPercent ? typedPercent(step, action, figure) : typedServers(step, action, figure);
  if (isPercent && typed === undefined) return;
  const use =
    step.uses.length === 0
      ? undefined
      : step.uses.find((one) => span.start <= one.span.start && one.span.end <= span.end);
  if (typed === undefined && use === undefined) return;
  const { terms } = action.target;
  const tool = action.command?.tool ?? '';
  const said = terms.length === 1 ? inWords(terms[0]) : terms.map(inWords).sort().join('\n');
  const name = step.name?.value;
  const prose = `${name ?? ''} . ${step.description?.value ?? ''}`;
  const numbers = isPercent ? percentsIn(prose) : numbersIn(prose);
  counts.push({
    path,
    action: index,
    effect: action.effect,
    kind,
    value,
    unit: isPercent ? '%' : '',
    span,
    key: `${action.effect}\n${kind}\n${isPercent ? '%' : ''}${tool}\n${said}`,
    tool,
    target: terms.map(textOf),
    alone: actions.filter(changesCapacity).length === 1,
    others: other === undefined || other.value.unit === 'percent' ? none : [other.value.value],
    rounds,
    name,
    numbers,
    near: nearOf(value, numbers),
    parameter: typed === undefined ? use?.name : undefined,
  });
}

/** A range of hosts, `web[01-14]`, of which the last number is one slip of the key away from the one with which they are as many as the step says. */
function noteHosts({ step, action, index, path, rounds, actions }: Place, counts: TypedCount[]): void {
  if (step.name === undefined || action.effect === 'scale-to' || actions.find(changesCapacity) !== action) return;
  const span = namedHosts(action);
  const text = span && textAt(span, step, action);
  const extent = text === undefined ? undefined : readExtent(text);
  if (span === undefined || text === undefined || extent?.last === undefined) return;
  const { size: value, last } = extent;
  // Of these there may be any number on each host.
  if (/\b(?:pod|container|process|worker|replica|daemon|task)(?:e?s)?\b/i.test(step.name.value ?? '')) return;
  const numbers = numbersIn(`${step.name.value} . ${step.description?.value ?? ''}`);
  const near = numbers.filter((said) => said > 0 && isSlip(last, last - value + said));
  if (near.length !== 1 || numbers.includes(value)) return;
  const changes = actions.filter(changesCapacity);
  const tool = action.command?.tool ?? '';
  const target = action.target.terms.map(textOf);
  counts.push({
    path,
    action: index,
    effect: action.effect,
    kind: 'hosts',
    value,
    range: { text, first: (count) => extent.part(0, count) },
    unit: '',
    span,
    key: `${action.effect}\nhosts\n${tool}\n${text}`,
    tool,
    target,
    alone: changes.length === 1 || (changes.length === value && changes.every((one) => isSameCommand(one, action))),
    others: none,
    rounds,
    name: step.name.value,
    numbers,
    near: near[0],
    parameter: undefined,
  });
}

/** Whether both are turns of one loop, which come from the same words. */
function isSameCommand({ at, loop }: Action, other: Action): boolean {
  return loop !== undefined && loop.start === other.loop?.start && at.start === other.at.start;
}

/** What is written there: the words of a script, or the one text that names a step's hosts. */
function textAt({ start, end }: Span, step: Step, { target: { terms } }: Action): string | undefined {
  if (step.kind !== 'run') return terms.length === 1 ? terms[0]?.text : undefined;
  const { source, outer } = step.script;
  return source.slice(start - outer.start, end - outer.start);
}

function textOf({ text }: TargetTerm): string {
  return text;
}

function inWords(term: TargetTerm | undefined): string {
  return term === undefined ? '' : `${term.role} ${term.text}`;
}

function nearOf(value: number, numbers: readonly number[]): number | undefined {
  const near = numbers.filter((said) => isSlip(value, said));
  return near.length === 1 && !numbers.includes(value) ? near[0] : undefined;
}
