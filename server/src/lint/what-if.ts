import type { Action } from '../commands/action.ts';
import { waiting } from '../commands/meaning/bare.ts';
import type { StepReading } from '../commands/reading/read-step.ts';
import { stepNumber } from '../model/step-number.ts';
import type { Kept, TriedUnit, WhatIf } from '../rules/rule.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import { type Purse, simulateWith, type Walk } from '../simulation/simulate.ts';
import { sameSpan } from '../syntax/span.ts';
import { type Complaint, complaintsOf } from './complaints.ts';

interface Trial {
  readonly complaints: ReadonlySet<string>;
  readonly said: readonly Complaint[];
  readonly lowest: readonly Kept[];
}

const noTrial: Trial = { complaints: new Set(), said: [], lowest: [] };

/**
 * Tries other amounts in one step of a walk; each is simulated once.
 * An amount clears when no simulation rule says anything, on this step or a later one, that it would not say too if the action were not there.
 * `path` is the step's index, with those inside it after dots.
 */
export function whatIf(walk: Walk, path: readonly number[], purse?: Purse): WhatIf {
  const [index = 0, ...inside] = path;
  const trials = new Map<string, Trial>();
  const trial = (key: string, action: number, change: (action: Action) => Action): Trial => {
    const known = trials.get(key);
    if (known !== undefined) return known;
    const step = walk.steps[index];
    if (step === undefined) return noTrial;
    const { outcomes } = simulateWith(walk, index, changed(step as StepReading, inside, action, change), purse);
    const own = inside.reduce((outer, i) => outer?.steps[i], outcomes[index]);
    const said = outcomes.flatMap((outcome, i) =>
      i < index || outcome.verdict === 'safe' ? [] : complaintsOf(outcome, `${i}`),
    );
    const made = { complaints: complaints(outcomes, index, said), said, lowest: keptIn(own, walk) };
    trials.set(key, made);
    return made;
  };
  const withCount = (action: number, count: number, unit: TriedUnit) =>
    trial(`${action} ${count} ${unit}`, action, (old) => withAmount(old, count, unit));
  const withoutIt = (action: number) => trial(`${action} none`, action, (old) => ({ ...old, effect: 'none' }));
  return {
    clears(action, count, unit = 'servers') {
      const without = withoutIt(action);
      return [...withCount(action, count, unit).complaints].every((line) => without.complaints.has(line));
    },
    breaksHere(action, count) {
      const without = withoutIt(action);
      const own = path.join('.');
      return withCount(action, count, 'servers').said.some(
        (complaint) => complaint.path === own && !without.complaints.has(complaint.line),
      );
    },
    why(action, count) {
      const without = withoutIt(action);
      const { said } = withCount(action, count, 'servers');
      const first = said.find(({ line }) => !without.complaints.has(line));
      if (first === undefined) return undefined;
      const { path: at, kind: limit, subsystem } = first;
      return { step: stepNumber(at), isHere: at === path.join('.'), limit, subsystem };
    },
    lowest: (action, count, unit = 'servers') => withCount(action, count, unit).lowest,
    clearsLater() {
      const step = walk.steps[index];
      if (step === undefined) return false;
      const { outcomes } = simulateWith(walk, index, later(step as StepReading, inside), purse);
      const own = inside.reduce((outer, i) => outer?.steps[i], outcomes[index]);
      return own?.verdict === 'safe';
    },
  };
}

/** The step, begun so late that all that came back is warm. */
function later(reading: StepReading, path: readonly number[]): StepReading {
  const [next, ...rest] = path;
  if (next === undefined) return { ...reading, actions: [waiting(aLongTime, reading.step.span), ...reading.actions] };
  return { ...reading, inner: reading.inner.map((step, i) => (i === next ? later(step, rest) : step)) };
}

const aLongTime = 100_000 * 86_400;

/** With several fleets an amount has to clear on each. */
export function everyWhatIf(tries: readonly WhatIf[]): WhatIf {
  return {
    clears: (...figure) => tries.length > 0 && tries.every((one) => one.clears(...figure)),
    breaksHere: (...figure) => tries.some((one) => one.breaksHere(...figure)),
    why: (...figure) => tries.map((one) => one.why(...figure)).find((found) => found !== undefined),
    lowest: (...figure) => tries.flatMap((one) => one.lowest(...figure)),
    clearsLater: () => tries.length > 0 && tries.every((one) => one.clearsLater()),
  };
}

/** The action with another number in place of the one that bounds how many go at once: the batch of a restart, else the amount. */
function withAmount(action: Action, count: number, unit: TriedUnit): Action {
  const key = boundOf(action);
  return { ...action, [key]: { value: { unit, value: count }, span: action[key]?.span ?? action.at } };
}

function boundOf(action: Action): 'batch' | 'amount' {
  const rolls = action.effect === 'restart' || action.effect === 'replace';
  return rolls && (action.batch !== undefined || action.amount === undefined) ? 'batch' : 'amount';
}

function changed(
  reading: StepReading,
  path: readonly number[],
  index: number,
  change: (action: Action) => Action,
): StepReading {
  const [next, ...rest] = path;
  if (next !== undefined) {
    const inner = reading.inner.map((step, i) => (i === next ? changed(step, rest, index, change) : step));
    return { ...reading, inner };
  }
  const wanted = reading.actions[index];
  const actions = reading.actions.map((action, i) =>
    i === index || sharesWords(action, wanted) ? change(action) : action,
  );
  return { ...reading, actions };
}

/** The turns of a loop say their figure in the same words: no edit changes one of them alone. */
function sharesWords(action: Action, wanted: Action | undefined): boolean {
  if (wanted?.loop === undefined || action.loop === undefined) return false;
  const place = wanted[boundOf(wanted)]?.span ?? wanted.at;
  const other = action[boundOf(action)]?.span ?? action.at;
  return sameSpan(place, other);
}

/** What the simulation rules would say of the steps from `from` on, one line for each; the certain says the possible too. */
function complaints(outcomes: readonly StepOutcome[], from: number, said: readonly Complaint[]): ReadonlySet<string> {
  const lines = new Set(said.flatMap(({ line, certain }) => (certain ? [line, `${line} certainly`] : [line])));
  for (let i = from; i < outcomes.length; i++) {
    const outcome = outcomes[i];
    if (outcome === undefined || outcome.verdict === 'safe') continue;
    for (const path of unknownIn(outcome, `${i}`)) lines.add(`${path} unknown`);
  }
  return lines;
}

function unknownIn({ verdict, steps }: StepOutcome, path: string): readonly string[] {
  if (verdict === 'safe') return [];
  const inner = steps.flatMap((step, i) => unknownIn(step, `${path}.${i}`));
  return verdict === 'unknown' ? [path, ...inner] : inner;
}

function keptIn(outcome: StepOutcome | undefined, { around }: Walk): readonly Kept[] {
  const { subsystems } = around.world.capacity;
  return (outcome?.figures ?? []).map(({ lowest, minimum }, i) => ({
    subsystem: subsystems[i]?.name ?? '',
    worst: lowest.worst,
    minimum,
  }));
}
