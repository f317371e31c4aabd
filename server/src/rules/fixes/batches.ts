import type { Action } from '../../commands/action.ts';
import type { ActionOutcome } from '../../simulation/outcome.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { namedHosts, readExtent } from '../telling/extent.ts';
import { typedServers } from '../telling/typed-figure.ts';
import { duration } from '../telling/words.ts';
import { optionFor } from './missing-figure.ts';
import { written } from './wait.ts';

/** *Take them out in batches of 4, 10 minutes apart*: the largest batches of which one fits into the window. */
export function batchesFix(index: number, context: FixContext): readonly Fix[] {
  const { step, outcome } = context;
  const done = outcome?.actions[index];
  const count = done?.count?.most;
  if (step === undefined || done === undefined || count === undefined || done.action.loop !== undefined) return [];
  // However slowly they go, too many are gone in the end.
  if (done.action.effect === 'remove' && done.breaches.length > 0) return [];
  const pause = Math.max(0, ...done.rates.breaches.map(({ rate }) => rate.window));
  for (let batch = largestBatch(done, count); batch >= 1; batch = Math.floor(batch / 2)) {
    const edits = editsFor(done.action, count, batch, pause, context);
    if (edits === undefined || !context.mends(edits)) continue;
    const title = `Take them out in batches of ${batch}, ${duration(pause)} apart`;
    return [{ title, preferred: false, spelling: false, edits }];
  }
  return [];
}

/** So many servers at once as every limit that was broken lets go, were they the heaviest. */
function largestBatch({ rates }: ActionOutcome, count: number): number {
  const fits = rates.breaches.map(({ most, rate }) => Math.floor((count * rate.limit) / most));
  return Math.min(count - 1, ...fits);
}

function editsFor(
  action: Action,
  count: number,
  batch: number,
  pause: number,
  context: FixContext,
): readonly Edit[] | undefined {
  const { step } = context;
  if (action.command !== undefined) {
    return (
      optionsOf(action, action.command, batch, pause) ??
      loopOf(action, action.command, count, batch, pause, context) ??
      splitOf(action, action.command, count, batch, pause, context)
    );
  }
  if (step?.kind !== 'remove' && step?.kind !== 'restart' && step?.kind !== 'replace') return undefined;
  const entries: string[] = [];
  const edits: Edit[] = [];
  const set = (key: 'batch' | 'pause', value: string) => {
    const leaf = step[key];
    if (leaf === undefined) entries.push(`${key}: ${value}`);
    else edits.push({ span: leaf.span, newText: value });
  };
  set('batch', `${batch}`);
  set('pause', written(pause));
  const added = entries.length === 0 ? undefined : insertedEntries(entries, step.target.span, context);
  return entries.length > 0 && added === undefined ? undefined : [...edits, ...(added ? [added] : [])];
}

/** Behind the last key of a flow mapping, or on lines before the first of a block mapping. */
export function insertedEntries(
  entries: readonly string[],
  span: Edit['span'],
  { source }: FixContext,
): Edit | undefined {
  const { start, end } = span;
  if (source(start, start + 1) === '{') {
    const inside = source(start, end).replace(/\s*,?\s*\}$/, '');
    if (inside.includes('#')) return undefined;
    const at = start + inside.length;
    return { span: { start: at, end: at }, newText: `, ${entries.join(', ')}` };
  }
  const before = source(start - 200, start);
  const indent = before.slice(before.lastIndexOf('\n') + 1);
  if (!/^ +$/.test(indent)) return undefined;
  return { span: { start, end: start }, newText: entries.map((entry) => `${entry}\n${indent}`).join('') };
}

/** The command's own options for a batch and a pause, where it has both. */
function optionsOf(
  { batch: given, pause: paused, at }: Action,
  { usage, span }: NonNullable<Action['command']>,
  batch: number,
  pause: number,
): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  let added = '';
  for (const [role, figure, text] of [
    ['batch', given, `${batch}`] as const,
    ['pause', paused, written(pause)] as const,
  ]) {
    const option = optionFor(role, usage?.usage.value ?? '');
    if (option === undefined) return undefined;
    if (figure !== undefined && figure.span.start !== at.start) edits.push({ span: figure.span, newText: text });
    else added += ` ${option} ${text}`;
  }
  return added === '' ? edits : [...edits, { span: { start: span.end, end: span.end }, newText: added }];
}

/** The command in a loop of the shell, once more for what is left over. */
function loopOf(
  action: Action,
  { span }: NonNullable<Action['command']>,
  count: number,
  batch: number,
  pause: number,
  { step, source }: FixContext,
): readonly Edit[] | undefined {
  const figure = action.amount;
  if (step === undefined || figure === undefined || typedServers(step, action, figure) !== count) return undefined;
  if (action.effect !== 'remove' || figure.span.start < span.start || figure.span.end > span.end) return undefined;
  if (!fillsLine(span, source)) return undefined;
  const withCount = (servers: number) =>
    source(span.start, figure.span.start) + servers + source(figure.span.end, span.end);
  const [rounds, rest] = [Math.floor(count / batch), count % batch];
  const loop = `for round in $(seq ${rounds}); do ${withCount(batch)}; sleep ${pause}; done`;
  return [{ span, newText: rest === 0 ? loop : `${loop}; ${withCount(rest)}` }];
}

/** The command once for each part of the hosts that it names. */
function splitOf(
  action: Action,
  { span }: NonNullable<Action['command']>,
  count: number,
  batch: number,
  pause: number,
  { source }: FixContext,
): readonly Edit[] | undefined {
  const named = action.amount === undefined ? namedHosts(action) : undefined;
  if (named === undefined || named.start < span.start || named.end > span.end) return undefined;
  const extent = readExtent(source(named.start, named.end));
  if (extent?.size !== count || count / batch > mostParts || !fillsLine(span, source)) return undefined;
  const parts: string[] = [];
  for (let from = 0; from < count; from += batch) {
    const hosts = extent.part(from, Math.min(batch, count - from));
    parts.push(source(span.start, named.start) + hosts + source(named.end, span.end));
  }
  return [{ span, newText: parts.join(`; sleep ${pause}; `) }];
}

const mostParts = 12;

/** Whether a command begins its line and fills it, so that nothing around it is drawn into what is done several times. */
function fillsLine({ start, end }: Edit['span'], source: FixContext['source']): boolean {
  if (source(start, end).includes('\n')) return false;
  const before = source(start - 200, start);
  const opening = before.slice(before.lastIndexOf('\n') + 1);
  return /^\s*(?:- +)?(?:run:\s*)?["']?$/.test(opening) && /^["']?\s*(?:#.*)?(?:\n|$)/.test(source(end, end + 200));
}
