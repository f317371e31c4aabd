import { type Change, changesOf, type PlainStep, type Rolling } from './case.ts';
import type { Kind, World } from './world.ts';

/** A world, and what is still to be done in it by somebody with a clock of their own. */
export interface Run {
  readonly world: World;
  /** In seconds since the runbook started. */
  readonly clock: number;
  readonly todo: readonly Task[];
}

/** What is left to do. `begin`, `end`, `either` and `roll` take no moment of their own; every other one is an event. */
export type Task =
  | { readonly task: 'begin' | 'end' | 'skip' | 'nothing'; readonly name: string }
  /** One or the other happens. */
  | { readonly task: 'either'; readonly tasks: readonly Task[]; readonly name: string }
  | { readonly task: 'branches'; readonly branches: readonly Branch[] }
  | { readonly task: 'pass'; readonly seconds: number }
  /** Time passes until the step has gone on for so long. */
  | { readonly task: 'last'; readonly name: string; readonly seconds: number }
  /** A change that takes servers batch by batch: its beginning, and each batch, before which time may pass. */
  | {
      readonly task: 'roll';
      readonly change: Rolling;
      readonly takes: number;
      readonly name: string;
    }
  | { readonly task: 'batch'; readonly batch: Batch; readonly wait: number }
  /** After so many seconds a batch of a restart is back. */
  | { readonly task: 'back'; readonly name: string; readonly wait: number }
  | Swap
  | { readonly task: 'once'; readonly change: Once; readonly name: string };

/** After so many seconds the new servers of a surge take the place of old ones of these kinds. */
export interface Swap {
  readonly task: 'swap';
  readonly name: string;
  readonly old: readonly Kind[];
  readonly isLast: boolean;
  readonly wait: number;
}

export type Once = Extract<Change, { effect: 'restore' | 'take back' | 'scale' }>;

/** Its clock is undefined before its first event: it starts when the parallel step does. */
export interface Branch {
  readonly clock: number | undefined;
  readonly todo: readonly Task[];
}

export interface Batch {
  readonly effect: Rolling['effect'];
  /** The change, in this round of the step. */
  readonly name: string;
  /** Servers at once, and servers that still have to go. */
  readonly size: number;
  readonly left: number;
  /** In seconds. */
  readonly pause: number;
  readonly takes: number;
  /** Named servers are taken while they warm up too. */
  readonly named: boolean;
}

/** All of a step; `round` tells the rounds of a repeat apart. */
export function tasksOf(step: PlainStep, path: string, round: string): readonly Task[] {
  const name = path + round;
  const inside = [...insideOf(step, path, round), ...passAfter(step, name)];
  const tasks: readonly Task[] = [{ task: 'begin', name }, ...inside, { task: 'end', name }];
  return step.when ? [{ task: 'either', tasks, name }] : tasks;
}

function insideOf(step: PlainStep, path: string, round: string): readonly Task[] {
  const { does } = step;
  switch (does.kind) {
    case 'leaf':
      return changesOf(does).flatMap((_, i) => tasksOfChange(step, i, path, round));
    case 'parallel': {
      const branches = does.steps.map((one, i) => ({ clock: undefined, todo: tasksOf(one, `${path}.${i}`, round) }));
      return [{ task: 'branches', branches }];
    }
    case 'repeat':
      return roundsOf(does.times, round).flatMap((each) =>
        does.steps.flatMap((one, i) => tasksOf(one, `${path}.${i}`, each)),
      );
  }
}

export function roundsOf(times: number, round: string): readonly string[] {
  return Array.from({ length: times }, (_, n) => `${round}#${n}`);
}

export function tasksOfChange({ does, takes = 0 }: PlainStep, i: number, path: string, round: string): readonly Task[] {
  const change = does.kind === 'leaf' ? changesOf(does)[i] : undefined;
  if (change === undefined) return [];
  const name = `${path}${round}/${i}`;
  switch (change.effect) {
    case 'check':
      // Beside changes it is none; alone it is a step that is done at some moment.
      return does.kind === 'leaf' && does.changes.some(({ effect }) => effect !== 'check')
        ? []
        : [{ task: 'nothing', name }];
    case 'wait':
      return [{ task: 'pass', seconds: change.seconds }];
    case 'restore':
    case 'take back':
    case 'scale':
      return [{ task: 'once', change, name }];
    default:
      return [{ task: 'roll', change, takes, name }];
  }
}

/** `takes` is one batch's where something rolls, and else the step's own, whose changes come first and whose waits are a part of it. */
export function passAfter({ does, takes }: PlainStep, name: string): readonly Task[] {
  if (takes === undefined || takes === 0) return [];
  const rolls =
    does.kind === 'leaf' && does.changes.some(({ effect }) => ['restart', 'replace', 'surge'].includes(effect));
  return rolls ? [] : [{ task: 'last', name, seconds: takes }];
}

/** The path of the step in the name of a round or of a change. */
export function stepOf(name: string): string {
  return name.replace(/[#/].*/, '');
}

/** A change without the round of it. */
export function changeOf(name: string): string {
  return name.replace(/#[^/]*/, '');
}
