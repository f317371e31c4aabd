import type { Task } from '../plan/task.ts';

/** One part of a step in one round: what has gone before it begins, for certain and perhaps, and what goes with it; as places of takes. */
export interface Moment {
  readonly part: number;
  /** Of its notes. */
  readonly key: string;
  readonly task: Task | undefined;
  readonly begin: Gone;
  readonly own: readonly number[];
  /** Where some of that comes back: what stays out in the end, and what is out at one moment or another in any case. */
  readonly rolls?:
    | {
        readonly stays: readonly number[];
        readonly least: readonly (readonly number[])[];
        readonly passes: readonly Pass[];
      }
    | undefined;
  /** What may go beside it between its first change and its end. */
  readonly meanwhile: readonly number[];
  /** It is not over with its first change. */
  readonly isLong: boolean;
}

/** A restart of all that it finds: the take of a batch of it, what may be out of the rest when it begins, and how many batches it has at most. */
export interface Pass {
  readonly take: number;
  readonly others: readonly number[];
  readonly rounds: number;
}

/** What is out in any case at the lowest of a part, at one moment or another. */
export function leastOf({ own, rolls }: Moment): readonly (readonly number[])[] {
  return rolls?.least ?? [own];
}

export interface Gone {
  readonly sure: readonly number[];
  readonly may: readonly number[];
  /** Of these what comes back, so that it may have gone and not be out. */
  readonly back?: readonly number[];
}

/** All that may be out when a part begins, and the same without some of what comes back. */
export function mayBeOut({ may, back = [] }: Gone): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [may];
  for (const take of back) all = all.flatMap((one) => [one, one.filter((other) => other !== take)]);
  return all;
}
