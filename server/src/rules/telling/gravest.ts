import type { ActionOutcome, Broken } from '../../simulation/outcome.ts';
import type { BrokenLimit, Report, StepContext } from '../rule.ts';
import { harmOf } from './harm.ts';
import { list } from './words.ts';

/** An action of a step that breaks something, and its place among them. */
export interface Broke<T> {
  readonly outcome: ActionOutcome;
  readonly index: number;
  readonly broken: Broken<T>;
  /** Every subsystem of which the step breaks the limit, in the fleet's order. */
  readonly falling: readonly string[];
  /** A sentence, with a blank before it, on those of which other commands do; empty where there are none. */
  readonly elsewhere: string;
}

/**
 * What a rule says of a step: of the first action that breaks something under every choice, else of the first that may.
 * What the others break is said only where that is suppressed: a rule speaks once a step, at its gravest.
 */
export function onGravest<T extends { readonly subsystem: string }>(
  { outcome, capacity }: StepContext,
  limit: BrokenLimit,
  brokenBy: (outcome: ActionOutcome) => Broken<T>,
  report: (broke: Broke<T>) => Report,
): readonly Report[] {
  const all = (outcome?.actions ?? []).flatMap((one, index) => {
    const broken = brokenBy(one);
    return broken.breaches.length === 0 ? [] : [{ outcome: one, index, broken }];
  });
  const gravestFirst = all.toSorted((a, b) => Number(b.broken.certain) - Number(a.broken.certain));
  const names = new Set(all.flatMap(({ broken }) => broken.breaches.map(({ subsystem }) => subsystem)));
  const falling = (capacity?.subsystems ?? []).flatMap(({ name }) => (names.has(name) ? [name] : []));
  return gravestFirst.map((one, i) => {
    const own = new Set(one.broken.breaches.map(({ subsystem }) => subsystem));
    const others = falling.filter((name) => !own.has(name));
    const areSure = all.some(
      ({ broken }) => broken.certain && broken.breaches.some(({ subsystem }) => others.includes(subsystem)),
    );
    const elsewhere =
      others.length === 0 ? '' : ` Another command of this step ${harmOf(limit, list(others), areSure)}.`;
    const said = report({ ...one, falling, elsewhere });
    return i === 0 ? said : { ...said, isLesser: true };
  });
}
