import type { StepReading } from '../../commands/reading/read-step.ts';
import type { TriedParameter } from '../../rules/rule.ts';
import type { StepOutcome } from '../../simulation/outcome.ts';
import { gravest } from '../../simulation/steps/step-outcome.ts';
import { judged } from '../judged.ts';
import { useOf } from './use.ts';

const known = new WeakMap<StepOutcome, { readonly key: string; readonly judged: StepOutcome }>();

/**
 * The outcomes, with what trying other values of the parameters adds to their verdicts:
 * a step that uses a parameter which may break something is unsafe, one that uses a parameter whose values cannot all be tried is unknown.
 */
export function judgeParameters(
  outcomes: readonly StepOutcome[],
  readings: readonly StepReading[],
  tried: readonly TriedParameter[],
): readonly StepOutcome[] {
  const telling = tried.filter(({ breaks, doubt }) => breaks !== undefined || doubt !== undefined);
  if (telling.length === 0) return outcomes;
  const key = telling.map(({ parameter, breaks }) => `${parameter.name.value} ${breaks === undefined}`).join('\n');
  return outcomes.map((outcome, i) => {
    const reading = readings[i];
    if (reading === undefined) return outcome;
    const before = known.get(outcome);
    if (before?.key === key) return before.judged;
    const judged = judge(outcome, reading, `${i}`, telling);
    known.set(outcome, { key, judged });
    return judged;
  });
}

function judge(
  outcome: StepOutcome,
  { step, actions, inner }: StepReading,
  path: string,
  tried: readonly TriedParameter[],
  /** Where a step breaks something because of how often the one around it is done. */
  brokenAt: readonly string[] = [],
): StepOutcome {
  const often = step.kind !== 'repeat' ? [] : tried.filter(({ parameter }) => useOf(step, parameter.name.value ?? ''));
  const broken = [...brokenAt, ...often.flatMap(({ breaks }) => breaks?.step ?? [])];
  const steps = outcome.steps.map((one, i) => {
    const reading = inner[i];
    return reading === undefined ? one : judge(one, reading, `${path}.${i}`, tried, broken);
  });
  const same = steps.every((one, i) => one === outcome.steps[i]);
  const own = same
    ? outcome
    : judged(outcome, { steps, verdict: gravest([outcome.verdict, ...steps.map(({ verdict }) => verdict)]) });
  if (own.verdict === 'unsafe') return own;
  const uses = tried.flatMap(({ parameter, breaks, doubt }) => {
    const span = useOf(step, parameter.name.value ?? '');
    return span === undefined ? [] : [{ span, name: parameter.name.value, breaks, doubt }];
  });
  if (uses.some(({ breaks }) => breaks !== undefined) || brokenAt.includes(path))
    return judged(own, { verdict: 'unsafe' });
  const doubtful = actions.length === 0 ? undefined : uses.find(({ doubt }) => doubt !== undefined);
  if (doubtful === undefined || own.verdict === 'unknown') return own;
  const why = `of the parameter \`${doubtful.name}\`, ${doubtful.doubt}`;
  return judged(own, { verdict: 'unknown', obstacle: { span: doubtful.span, why } });
}
