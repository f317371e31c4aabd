import type { Action } from '../commands/action.ts';
import type { Step } from '../model/runbook.ts';
import type { Fix } from './finding.ts';
import type { FixContext, Report } from './rule.ts';

/** What the reports of a rule on counts carry for their fixes. */
export interface CountData {
  /** The action's index in its step. */
  readonly action: number;
}

/** Below this, every count is tried; above, the search halves, since more servers are only ever worse. */
const triedOneByOne = 64;

/** The largest safe count, batch or the smallest safe size, and the count that may have been meant. */
export function countFixes(report: Report, context: FixContext): readonly Fix[] {
  const { action: index } = report.data as CountData;
  const action = context.actions[index];
  const typed = context.outcome?.actions[index]?.count?.most;
  const figure = action && figureOf(action);
  if (action === undefined || figure === undefined || typed === undefined) return [];
  const clears = (servers: number) => context.whatIf.clears(index, servers);
  const rolls = action.effect === 'restart' || action.effect === 'replace';
  const fix = (title: string, servers: number, preferred: boolean): Fix => ({
    title,
    preferred,
    spelling: false,
    edits: [{ span: figure.span, newText: `${servers}` }],
  });
  const fixes: Fix[] = [];
  const safe = action.effect === 'scale-to' ? smallest(typed, context, clears) : largestSafe(typed, clears);
  if (safe !== undefined && safe > 0) {
    const what =
      action.effect === 'scale-to' ? 'smallest safe size' : rolls ? 'largest safe batch' : 'largest safe count';
    fixes.push(fix(`Use ${safe}, the ${what}`, safe, true));
  }
  const meant = meantFigure(`${typed}`, context, clears);
  if (meant !== undefined && meant !== safe) fixes.push(fix(`Did you mean ${meant}?`, meant, false));
  return fixes;
}

/** The figure that a count can be written in place of. A percent option of a command takes no count. */
function figureOf(action: Action): Action['amount'] {
  const rolls = action.effect === 'restart' || action.effect === 'replace';
  const figure = rolls ? (action.batch ?? action.amount) : action.amount;
  const takesCount = figure?.value.unit === 'servers' || action.command === undefined;
  return takesCount ? figure : undefined;
}

/** The largest count below `typed` that clears; 0 where none does. */
export function largestSafe(typed: number, clears: (servers: number) => boolean): number {
  let low = 0;
  let high = typed;
  while (high - low > triedOneByOne) {
    const middle = Math.floor((low + high) / 2);
    if (clears(middle)) low = middle;
    else high = middle;
  }
  for (let servers = high - 1; servers > low; servers--) if (clears(servers)) return servers;
  return low;
}

/** The smallest size above `typed` that clears, up to the size of the largest group. */
function smallest(typed: number, context: FixContext, clears: (servers: number) => boolean): number | undefined {
  let low = typed;
  let high = Math.max(typed, ...(context.capacity?.groups ?? []).map(({ size }) => size)) + 1;
  if (!clears(high - 1)) return undefined;
  while (high - low > triedOneByOne) {
    const middle = Math.floor((low + high) / 2);
    if (clears(middle)) high = middle + 1;
    else low = middle;
  }
  for (let servers = low + 1; servers < high; servers++) if (clears(servers)) return servers;
  return undefined;
}

/** A figure that is one slip of the key from the typed one: said elsewhere in the runbook, or else a digit less. */
function meantFigure(typed: string, context: FixContext, clears: (servers: number) => boolean): number | undefined {
  const near = saidFigures(context).filter((said) => isSlip(typed, `${said}`));
  const shorter = Array.from(typed, (_, i) => Number(typed.slice(0, i) + typed.slice(i + 1)));
  const candidates = near.length > 0 ? near : typed.length > 1 ? shorter : [];
  return candidates.find((servers) => servers > 0 && `${servers}` !== typed && clears(servers));
}

const words = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** Figures that the step says itself, then those of its parameters, then those of its siblings. */
function saidFigures({ step, siblings, head }: FixContext): readonly number[] {
  const intent = step?.intent?.count?.value;
  const own = [...(intent?.unit === 'servers' ? [intent.value] : []), ...(step ? figuresIn(textOf(step)) : [])];
  const defaults = (head?.parameters ?? []).flatMap((parameter) => Number(parameter.default?.value ?? 'none') || []);
  const beside = siblings.flatMap((sibling) => (sibling === step ? [] : figuresIn(textOf(sibling))));
  return [...new Set([...own, ...defaults, ...beside])];
}

function textOf(step: Step): string {
  return `${step.name?.value ?? ''} ${step.description?.value ?? ''}`;
}

function figuresIn(text: string): readonly number[] {
  const spoken = text.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  return spoken.flatMap((word) =>
    /^\d+$/.test(word) ? [Number(word)] : words.includes(word) ? [words.indexOf(word)] : [],
  );
}

/** Whether one missing, doubled, wrong or swapped digit makes one of the other. */
function isSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
