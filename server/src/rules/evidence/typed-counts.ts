import type { Action, Placed, TargetTerm } from '../../commands/action.ts';
import type { StepReading } from '../../commands/read-step.ts';
import type { Amount } from '../../model/leaf.ts';
import type { Step } from '../../model/runbook.ts';
import type { Span } from '../../syntax/span.ts';
import { typedServers } from '../fixes/typed-figure.ts';
import { upperBound } from '../telling/figure.ts';
import { numbersIn } from './said-figures.ts';
import { isSlip } from './slip.ts';

/** A count that somebody typed into a step, and what stands around it. */
export interface TypedCount {
  /** Of the step inside its top-level step: `.0.1`, or nothing for that step itself. */
  readonly path: string;
  /** The action's index in its step. */
  readonly action: number;
  readonly effect: Action['effect'];
  readonly kind: 'amount' | 'batch';
  readonly value: number;
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
  return countsIn(reading, '', none);
}

const none: readonly never[] = [];

/** Every repeat around another doubles the ways to count its rounds; nobody means one of so many. */
const mostRounds = 30;

function countsIn(reading: StepReading, path: string, rounds: readonly number[]): readonly TypedCount[] {
  const { step, actions, inner } = reading;
  if (inner.length > 0) {
    const times = step.kind === 'repeat' ? (step.times?.value ?? 1) : 1;
    const now =
      times === 1 || rounds.length > mostRounds ? rounds : [...rounds, times, ...rounds.map((more) => more * times)];
    return inner.flatMap((one, i) => countsIn(one, `${path}.${i}`, now));
  }
  const changes = actions.filter(changesCapacity);
  const alone = changes.length === 1;
  return changes.flatMap((action) => countsOf(action, { step, index: actions.indexOf(action), path, rounds, alone }));
}

const changing = new Set(['remove', 'restore', 'restart', 'replace', 'scale-to', 'add', 'opaque']);

/** Whether the action changes how much is in service. */
export function changesCapacity({ effect }: Action): boolean {
  return changing.has(effect);
}

interface Place {
  readonly step: Step;
  readonly index: number;
  readonly path: string;
  readonly rounds: readonly number[];
  readonly alone: boolean;
}

function countsOf(action: Action, { step, index, path, rounds, alone }: Place): readonly TypedCount[] {
  const figures = figuresOf(action);
  if (figures.length === 0) return none;
  const name = step.name?.value;
  const numbers = numbersIn(`${name ?? ''} . ${step.description?.value ?? ''}`);
  const { effect } = action;
  const { terms } = action.target;
  const tool = action.command?.tool ?? '';
  const said = terms.length === 1 ? inWords(terms[0]) : terms.map(inWords).sort().join('\n');
  return figures.flatMap(({ kind, figure: { value: amount, span } }): readonly TypedCount[] => {
    const { value } = amount;
    const typed = typedServers(step, action, { value: amount, span });
    const use = step.uses.find((one) => span.start <= one.span.start && one.span.end <= span.end);
    if (typed === undefined && use === undefined) return none;
    return [
      {
        path,
        action: index,
        effect,
        kind,
        value,
        span,
        key: `${effect}\n${kind}\n${tool}\n${said}`,
        tool,
        target: terms.map(({ text }) => text),
        alone,
        others:
          figures.length === 1
            ? none
            : figures.flatMap((other) => (other.kind === kind ? [] : [other.figure.value.value])),
        rounds,
        name,
        numbers,
        near: nearOf(value, numbers),
        parameter: typed === undefined ? use?.name : undefined,
      },
    ];
  });
}

interface Figure {
  readonly kind: TypedCount['kind'];
  readonly figure: Placed<{ readonly unit: 'servers'; readonly value: number }>;
}

/** The numbers of servers that an action says, each in words of its own. */
function figuresOf(action: Action): readonly Figure[] {
  const figures: Figure[] = [];
  const add = (kind: Figure['kind'], figure: Placed<Amount> | undefined) => {
    if (figure?.value.unit !== 'servers' || figure.span.start === action.at.start) return;
    figures.push({ kind, figure: { value: figure.value, span: figure.span } });
  };
  add('amount', action.amount ?? upperBound(action));
  add('batch', action.batch);
  return figures;
}

function inWords(term: TargetTerm | undefined): string {
  return term === undefined ? '' : `${term.role} ${term.text}`;
}

function nearOf(value: number, numbers: readonly number[]): number | undefined {
  const near = numbers.filter((said) => isSlip(value, said));
  return near.length === 1 && !numbers.includes(value) ? near[0] : undefined;
}
