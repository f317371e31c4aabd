import type { Action } from '../../commands/action.ts';
import type { Seconds } from '../../model/leaf.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { shortestTime, written } from './wait.ts';

/** *Sleep 10m in each turn*: the shortest time between the turns of a loop with which they are not too fast. */
export function sleepFix(action: Action, context: FixContext): readonly Fix[] {
  const { step } = context;
  if (step?.kind !== 'run' || action.command === undefined) return [];
  const { outer } = step.script;
  const text = context.source(outer.start, outer.end);
  if (!/\bdone\b/.test(text)) return [];
  for (const sleepAt of [...sleeps(text), ...ends(text)]) {
    const found = shortestTime(context, (seconds) => [sleepAt(outer.start, seconds)]);
    if (found === undefined) continue;
    const { seconds, edits } = found;
    return [{ title: `Sleep ${written(seconds)} in each turn`, preferred: false, spelling: false, edits }];
  }
  return [];
}

/** An edit that makes a script, which begins there, sleep so long. */
type Sleeping = (start: number, seconds: Seconds) => Edit;

/** The figures of the sleeps that are there. */
function sleeps(text: string): readonly Sleeping[] {
  return [...text.matchAll(/(?<=\bsleep\s+)\d+[smhd]?\b/g)].map(({ 0: figure, index }) => (start, seconds) => ({
    span: { start: start + index, end: start + index + figure.length },
    newText: /\d$/.test(figure) ? `${seconds}` : written(seconds),
  }));
}

/** Before the ends of the loops, on a line of its own or not. */
function ends(text: string): readonly Sleeping[] {
  return [...text.matchAll(/(\n[ \t]*)?\bdone\b/g)].map(({ 1: line, index }) => (start, seconds) => ({
    span: { start: start + index, end: start + index },
    newText: line === undefined ? `sleep ${seconds}; ` : `${line}  sleep ${seconds}`,
  }));
}
