import { type Action, rolls } from '../../commands/action.ts';
import type { RunbookAnalysis } from '../../lint/analysis.ts';
import { whatIfOf } from '../../lint/lint.ts';
import { largestSafe, smallestSafe } from '../../rules/fixes/safe-count.ts';
import { type Span, touches } from '../../syntax/span.ts';
import { type StepHere, stepAt } from '../steps/steps.ts';
import type { Offer } from './completion.ts';
import { supposed } from './supposed.ts';

type CountKey = 'count' | 'batch' | 'percent' | 'to' | 'least' | 'most';

const countKeys: ReadonlySet<string> = new Set<CountKey>(['count', 'batch', 'percent', 'to', 'least', 'most']);

/** Keys of steps and roles of commands that say how many. */
export function isCountKey(key: string | undefined): key is CountKey {
  return key !== undefined && countKeys.has(key);
}

/**
 * Figures for a place that says how many, the largest safe one first; `place` is what an answer takes the place of.
 * Where nothing is written yet, it is worked out as if a one stood there.
 */
export function countOffers(analysis: RunbookAnalysis, key: CountKey, place: Span): readonly Offer[] {
  const subject = subjectOf(analysis, place);
  if (subject === undefined) return [];
  const offers = safeOffer(subject, key);
  const isSize = key === 'to' || subject.action.effect === 'scale-to';
  if (isSize || offers.some(({ label }) => label === '1')) return offers;
  return [...offers, { label: '1', kind: 'count', detail: undefined }];
}

/** The same for a place inside a word, of which only a figure that is put there shows whether a count is read from it. */
export function countOffersInWord(analysis: RunbookAnalysis, place: Span): readonly Offer[] {
  const subject = subjectOf(analysis, place);
  if (subject === undefined) return [];
  const { action, here } = subject;
  const isRead = action.amount !== undefined && action.amount.span.start + here.place.offset === place.start;
  return isRead ? safeOffer(subject, 'count') : [];
}

/** What a figure at the place is said of; where none is written yet, as if a one stood there. */
function subjectOf(analysis: RunbookAnalysis, place: Span): Subject | undefined {
  const written = analysis.text.slice(place.start, place.end);
  const known = /^\d+$/.test(written) ? subjectAt(analysis, place.start) : undefined;
  const supposedly = known === undefined ? supposed(analysis, place, '1') : undefined;
  return known ?? (supposedly && subjectAt(supposedly, place.start));
}

interface Subject {
  readonly analysis: RunbookAnalysis;
  readonly here: StepHere;
  readonly index: number;
  readonly action: Action;
}

/** The action that a figure at the offset is said of. */
function subjectAt(analysis: RunbookAnalysis, offset: number): Subject | undefined {
  const here = stepAt(analysis, offset);
  if (here === undefined) return undefined;
  const local = offset - here.place.offset;
  const { actions } = here.reading;
  const index = actions.findIndex(({ command, effect }) =>
    command === undefined ? effect !== 'wait' : touches(command.span, local),
  );
  const action = actions[index];
  const isTold = here.outcomes.some((outcome) => outcome?.actions[index] !== undefined);
  return action === undefined || action.obstacle !== undefined || !isTold
    ? undefined
    : { analysis, here, index, action };
}

function safeOffer({ analysis, here, index, action }: Subject, key: CountKey): readonly Offer[] {
  const whatIf = whatIfOf(analysis, here.path);
  const clears = (servers: number) => whatIf.clears(index, servers);
  const breaks = (servers: number) => whatIf.breaksHere(index, servers);
  const most = sizeOf(analysis);
  if (key === 'to' || action.effect === 'scale-to') {
    const size = smallestSafe(-1, scaledSize(analysis, action), clears, breaks);
    return size === undefined ? [] : [offer(size, 'the smallest safe size')];
  }
  // The figure that is tried is the batch of what rolls, and the amount of everything else.
  const isBatch = rolls(action) && (action.batch !== undefined || action.amount === undefined);
  if (isBatch !== (key === 'batch')) return [];
  if (key === 'percent') {
    const percent = largestSafe(101, (one) => whatIf.clears(index, one * 1000, 'percent'));
    return percent === 0 ? [] : [offer(percent, 'the largest safe percentage')];
  }
  // No batch is larger than what it is a batch of.
  const targeted = here.outcomes.map((outcome) => outcome?.actions[index]?.count?.most ?? most);
  const safe = isBatch ? Math.min(largestSafe(most + 1, clears), ...targeted) : largestSafe(most + 1, clears);
  return safe === 0 ? [] : [offer(safe, key === 'batch' ? 'the largest safe batch' : 'the largest safe count')];
}

function offer(figure: number, detail: string): Offer {
  return { label: `${figure}`, kind: 'count', detail };
}

/** No target has more servers than the whole fleet. */
function sizeOf({ runs }: RunbookAnalysis): number {
  return Math.max(0, ...runs.map(({ fleet }) => fleet.capacity.groups.reduce((sum, { size }) => sum + size, 0)));
}

function scaledSize({ runs }: RunbookAnalysis, { target }: Action): number {
  const names = target.terms.map(({ text }) => text);
  const groups = runs.flatMap(({ fleet }) => names.flatMap((name) => fleet.capacity.groupByName.get(name) ?? []));
  return Math.max(0, ...groups.map(({ size }) => size));
}
