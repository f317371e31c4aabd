import { wordsOf } from '../fleet/targets.ts';
import { partsIn, type StepPart, type Task } from '../plan/task.ts';
import { seenByAll } from './notes.ts';
import { type PartNotes, type Run, type TaskNotes, taskNotes, widened } from './run.ts';

/**
 * Branches of a parallel that do just the same: for each, the one before it of its kind.
 * In whichever order they begin, one may be called the first of them and one the second, so that it is enough to follow one order
 * and to enter for all of them what is seen of any.
 */
export function twinsIn({ repeated, apart }: Run, { part, inner }: StepPart): readonly (number | undefined)[] {
  // Whoever is first in one round need not be in the next.
  if (repeated.has(part)) return [];
  const last = new Map<string, number>();
  return inner.map((branch, i) => {
    const key = isApart(branch, apart) ? `${i}` : keyOf(branch);
    const before = last.get(key);
    last.set(key, i);
    return before;
  });
}

function isApart({ part, tasks, inner }: StepPart, apart: ReadonlySet<number>): boolean {
  return apart.has(part) || tasks.some((task) => apart.has(task.part)) || inner.some((one) => isApart(one, apart));
}

/** Two steps with the same key do the same. */
function keyOf({ input, tasks, inner, takes, times }: StepPart): string {
  const { kind, when } = input.step;
  return `${kind} ${when !== undefined} ${takes} ${times}\n[${tasks.map(keyOfTask).join()}]\n(${inner.map(keyOf).join()})`;
}

function keyOfTask({ action, origin, isNamed, still }: Task): string {
  const { effect, target, amount, batch, pause, takes, seconds, bounds, restores, surge, eachGroup, atMost, maybe } =
    action;
  const said = [effect, origin, isNamed, still !== undefined, amount?.value, batch?.value, pause?.value, takes?.value];
  const more = [bounds?.least?.value, bounds?.most?.value, restores?.value, maybe?.choices];
  return `${wordsOf(target)}${JSON.stringify([said, more, seconds, surge, eachGroup, atMost])}`;
}

/** Enters for all branches that do the same what was seen of any of them. */
export function shareAmongTwins(run: Run, part: StepPart): void {
  for (const inner of part.inner) shareAmongTwins(run, inner);
  if (part.input.step.kind !== 'parallel') return;
  const twins = twinsIn(run, part);
  const families: StepPart[][] = [];
  for (const [i, branch] of part.inner.entries()) {
    const before = part.inner[twins[i] ?? -1];
    const family = before && families.find((one) => one.includes(before));
    if (family === undefined) families.push([branch]);
    else family.push(branch);
  }
  for (const family of families) if (family.length > 1) share(run, family.map(partsIn));
}

function share(run: Run, family: readonly (readonly number[])[]): void {
  for (const place of family[0]?.keys() ?? []) {
    const parts = family.flatMap((one) => one[place] ?? []);
    shareNotes(run, parts);
    shareTasks(run, parts);
    const lows = parts.flatMap((part) => {
      const low = run.best.get(part);
      return low === undefined ? [] : [low];
    });
    const best = lows.reduce((a, b) => a.map((value, i) => Math.max(value, b[i] ?? value)), lows[0] ?? []);
    if (lows.length > 0) for (const part of parts) run.best.set(part, best);
    const turns = [...run.ended.values()].filter((one) => parts.includes(one.part)).map(({ turn }) => turn);
    for (const turn of turns) for (const part of parts) run.ended.set(`${part}${turn}`, { part, turn });
  }
}

function shareNotes({ notes }: Run, parts: readonly number[]): void {
  const rounds = new Map<string, PartNotes[]>();
  for (const [key, one] of notes) {
    if (!parts.includes(one.part)) continue;
    const round = key.slice(`${one.part}`.length);
    rounds.set(round, [...(rounds.get(round) ?? []), one]);
  }
  for (const [round, own] of rounds) {
    const seen = seenByAll(own);
    for (const part of parts) notes.set(`${part}${round}`, { part, ...seen });
  }
}

function shareTasks(run: Run, parts: readonly number[]): void {
  const own = parts.flatMap((part) => run.tasks[part] ?? []);
  if (own.length === 0) return;
  const all: TaskNotes = { count: undefined, lacks: undefined, there: undefined, alreadyOut: undefined };
  for (const { count, lacks, there, alreadyOut } of own) {
    if (count !== undefined) all.count = widened(widened(all.count, count.worst), count.best);
    if (there !== undefined) all.there = widened(widened(all.there, there.worst), there.best);
    if (lacks !== undefined) {
      const { asked, least } = all.lacks ?? lacks;
      all.lacks = { asked: Math.max(asked, lacks.asked), least: Math.min(least, lacks.least) };
    }
    if (alreadyOut !== undefined) all.alreadyOut = Math.min(all.alreadyOut ?? alreadyOut, alreadyOut);
  }
  for (const part of parts) Object.assign(taskNotes(run, part), structuredClone(all));
}
