import type { Choice } from '../../commands/action.ts';
import type { StepPart, Task } from '../plan/task.ts';
import { changesBy } from './changes.ts';
import { valuesOf } from './path.ts';
import { type Begin, keyed, lazily, noteSkipped, type Option, type Run, sequence } from './run.ts';
import { framed } from './under-way.ts';

/** What the actions of a step do, one after the other; of those that hang on a choice what one way of it does. */
export function actions(run: Run, { tasks }: StepPart): Begin {
  return sequence(beginsOf(run, tasks, 0, tasks.length === 1));
}

/** Those that hang on the same choice, at the same depth of choices, are one: in each way of it all that it holds happens, and nothing else. */
function beginsOf(run: Run, tasks: readonly Task[], depth: number, isOnly: boolean): readonly Begin[] {
  const begins: Begin[] = [];
  for (let i = 0; i < tasks.length; ) {
    const choice = choiceOf(tasks[i], depth);
    const start = i++;
    while (choice !== undefined && choiceOf(tasks[i], depth)?.number === choice.number) i++;
    const own = tasks.slice(start, i);
    if (choice === undefined) begins.push(...own.flatMap((task) => beginOf(run, task, isOnly)));
    else begins.push(...choosing(run, own, depth, isOnly));
  }
  return begins;
}

function choiceOf(task: Task | undefined, depth: number): Choice | undefined {
  return task?.action.maybe?.choices[depth];
}

function beginOf(run: Run, task: Task, isOnly: boolean): readonly Begin[] {
  const begin = changesBy(run, task);
  if (begin === undefined) return [];
  return [isOnly ? begin : framed(task.part, begin)];
}

function choosing(run: Run, tasks: readonly Task[], depth: number, isOnly: boolean): readonly Begin[] {
  const ways = new Map<number, Task[]>();
  for (const task of tasks) {
    const way = choiceOf(task, depth)?.way ?? 0;
    ways.set(way, [...(ways.get(way) ?? []), task]);
  }
  const begins = [...ways.values()].map((own) => beginsOf(run, own, depth + 1, isOnly));
  const changing = begins.filter((own) => own.length > 0).map((own) => sequence(own));
  if (changing.length === 0) return [];
  const mayBeNone = changing.length < begins.length || choiceOf(tasks[0], depth)?.mayBeNone === true;
  return [oneOf(changing, mayBeNone)];
}

/** It happens, or it does not. */
export function orNot(begin: Begin, part: number): Begin {
  return oneOf([begin], true, part);
}

/** One of them happens, or, where that may be, none. */
function oneOf(begins: readonly Begin[], mayBeNone: boolean, part?: number): Begin {
  return (clock) => {
    const ways = begins.map((begin, way) => keyed(`${way}`, begin(clock)));
    const none: Option = {
      at: clock,
      next: (run, path) => {
        if (part !== undefined) noteSkipped(run, part, valuesOf(run.scope, path.tally));
        return [{ path, proc: undefined, clock }];
      },
    };
    return lazily(`?${ways.map(({ key }) => key).join('|')}`, () => [
      ...ways.flatMap(({ options }) => options),
      ...(mayBeNone ? [none] : []),
    ]);
  };
}
