import type { StepReading } from '../commands/reading/read-step.ts';
import type { ActionOutcome, StepOutcome } from '../simulation/outcome.ts';
import { type TypedCount, typedCounts } from './evidence/typed-counts.ts';

/** A top-level step, and what the rules on all steps have to know of it; worked out once for as long as the step and its outcome are the same. */
export interface NotedStep {
  readonly reading: StepReading;
  readonly outcome: StepOutcome | undefined;
  /** The counts that somebody typed into it. */
  readonly counts: readonly TypedCount[];
  /** Restores of nothing, in it and in the steps in it. */
  readonly emptyRestores: readonly EmptyRestore[];
  /** Names of what it takes no new work for, which a restore is the way back from. */
  readonly blocked: readonly string[];
  /** It may have taken out what nobody could follow. */
  readonly isUnclear: boolean;
  /** It takes servers out for good, or puts some back. */
  readonly comesAndGoes: boolean;
}

interface EmptyRestore {
  /** Of the step inside its top-level step: `.0.1`, or nothing for that step itself. */
  readonly path: string;
  readonly done: ActionOutcome;
}

/** Notes what there is to know of a step; `counts` where they are known, since they depend on the reading alone. */
export function notedStep(
  reading: StepReading,
  outcome: StepOutcome | undefined,
  counts = typedCounts(reading),
): NotedStep {
  return {
    reading,
    outcome,
    counts,
    emptyRestores: outcome === undefined ? none : emptyRestores(outcome, ''),
    blocked: outcome === undefined ? none : blockedBy(outcome),
    isUnclear: outcome !== undefined && isUnclear(outcome),
    comesAndGoes: comesAndGoes(reading),
  };
}

const none: readonly never[] = [];

function emptyRestores({ actions, steps }: StepOutcome, path: string): readonly EmptyRestore[] {
  // What is taken out in a way that nobody can follow may be brought back, also by a command or a step beside it.
  const unclear = actions.findIndex(isUnclearAction);
  // What a command does besides, as `docker compose up` does that has a new image, is not nothing.
  const done = (unclear < 0 ? actions : actions.slice(0, unclear)).find(
    (one, i) =>
      isEmptyRestore(one) &&
      !actions.some((other) => other !== one && isOfOneCommand(other, one)) &&
      !actions
        .slice(0, i)
        .some((other) => other.idle === undefined && (isForAnother(one, other) || isBack(one, other))),
  );
  const inner = steps.length === 0 || steps.some(isUnclear) ? none : emptyRestoresIn(steps, path);
  return done === undefined ? inner : [{ path, done }, ...inner];
}

function emptyRestoresIn(steps: readonly StepOutcome[], path: string): readonly EmptyRestore[] {
  return steps.flatMap((one, i) => emptyRestores(one, `${path}.${i}`));
}

/** The same is done to the same hosts, but to something else that runs on them: `ssh db1 systemctl stop` of one service and of another. */
export function isForAnother(one: ActionOutcome, earlier: ActionOutcome): boolean {
  const [own, other] = [one.action.command, earlier.action.command];
  if (own === undefined || other === undefined || one.action.effect !== earlier.action.effect) return false;
  const isCarried = one.action.target.terms.every(
    ({ span }) => span.end <= own.span.start || own.span.end <= span.start,
  );
  const said = (words: typeof own.words) => words.map(({ value }) => value).join(' ');
  return isCarried && one.target.join() === earlier.target.join() && said(own.words) !== said(other.words);
}

/** What a restart brings back may have to be let in again: a pod of Vault is unsealed after it was deleted. */
function isBack(one: ActionOutcome, { action: { effect }, target }: ActionOutcome): boolean {
  return (effect === 'restart' || effect === 'replace') && one.target.join() === target.join();
}

function isOfOneCommand({ action: { command } }: ActionOutcome, { action }: ActionOutcome): boolean {
  return command !== undefined && command === action.command;
}

/** A script that starts or stops, as it is told, is not run to start what is not stopped. */
function isEmptyRestore({ idle, action }: ActionOutcome): boolean {
  return idle === 'nothing-out' && action.maybe === undefined;
}

function blockedBy({ actions, steps }: StepOutcome): readonly string[] {
  const own = actions.some(({ action }) => action.effect === 'block')
    ? actions.flatMap(({ action, target }) => (action.effect === 'block' ? target : []))
    : none;
  return steps.length === 0 ? own : [...own, ...steps.flatMap(blockedBy)];
}

function isUnclear({ actions, obstacle, steps, verdict }: StepOutcome): boolean {
  return verdict === 'unknown' || obstacle !== undefined || actions.some(isUnclearAction) || steps.some(isUnclear);
}

function isUnclearAction({ obstacle, unknown, action }: ActionOutcome): boolean {
  return obstacle !== undefined || unknown.length > 0 || action.effect === 'opaque';
}

function comesAndGoes({ actions, inner }: StepReading): boolean {
  return (
    actions.some(({ effect }) => effect === 'remove' || effect === 'restore' || effect === 'scale-to') ||
    inner.some(comesAndGoes)
  );
}
