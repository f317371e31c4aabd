import { percentRoundedUp } from '../model/quantity.ts';
import { type Intended, type Mismatch, performedIn } from './evidence/intended.ts';
import { intentCount } from './evidence/intent-count.ts';
import { intentEffect } from './evidence/intent-effect.ts';
import { intentTarget } from './evidence/intent-target.ts';
import { type SlipData, slipFixes } from './fixes/count-fixes.ts';
import type { Report, Rule, StepContext } from './rule.ts';
import { counted } from './telling/words.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 120, minimum: 8 }\n';

/** What the author means stands beside what the step does; where the two part, somebody is about to be surprised. */
export const intentMismatch: Rule = {
  id: 'intent-mismatch',
  severity: 'error',
  title: 'Does not do what is meant',
  summary: 'The step does something else than its `intent` says, or a `check` asks for more than is left.',
  details: [
    'An `intent` says what a step is for: the effect, the subsystem or the group, and the count.',
    'It is compared with what the step does: several commands add up, a loop counts each of its turns, and of a new size it is the change that counts.',
    'Where it cannot be told what a command does, nothing is said.',
    'A `check` with `atLeast` is compared with what is in service at worst when it is reached.',
    'Correct the command, or say in the intent what is meant now.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Debug billing\nsteps:\n  - remove: { subsystem: billing, count: 40 }\n    intent: { subsystem: billing, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Debug billing\nsteps:\n  - remove: { subsystem: billing, count: 4 }\n    intent: { subsystem: billing, count: 4 }\n',
    'x.fleet.yaml': fleet,
  },
  checkStep(context) {
    const mismatch = mismatchOf(context);
    if (mismatch === undefined) return failingCheck(context);
    const { message, span, severity, instead } = mismatch;
    const action = instead && context.outcome ? context.outcome.actions.indexOf(instead.of) : -1;
    const data = instead && action >= 0 ? { data: { action, meant: `${instead.figure}` } satisfies SlipData } : {};
    return [{ message, span, ...(severity === undefined ? {} : { severity }), ...data }];
  },
  fixes(report, context) {
    const isDigits = /^\d+$/.test(context.text.slice(report.span.start, report.span.end));
    return report.data === undefined || !isDigits ? [] : slipFixes(report, context);
  },
};

/** What a step does otherwise than its intent says: the first of effect, target and count. */
export function mismatchOf(
  context: Pick<StepContext, 'step' | 'commands' | 'outcome' | 'capacity'>,
): Mismatch | undefined {
  const { step, commands, outcome, capacity } = context;
  const { intent } = step;
  if (intent === undefined || outcome === undefined || capacity === undefined) return undefined;
  if (step.kind === 'broken' || step.kind === 'manual' || step.kind === 'check') return undefined;
  const performed = performedIn(step, outcome, 1);
  const intended: Intended = { step, intent, commands, performed, figures: outcome.figures, capacity };
  return intentEffect(intended) ?? intentTarget(intended) ?? intentCount(intended);
}

/** A check that cannot come out well, because so much is not in service any more. */
function failingCheck({ step, outcome, capacity }: StepContext): readonly Report[] {
  if (step.kind !== 'check' || step.atLeast?.value === undefined) return [];
  const subsystem = capacity?.subsystemByName.get(step.subsystem?.value ?? '');
  const lowest = subsystem && outcome?.figuresOf(subsystem.index)?.lowest;
  if (subsystem === undefined || lowest === undefined || outcome?.obstacle !== undefined) return [];
  const { value: wanted } = step.atLeast;
  if (wanted.unit === 'all') return [];
  const least = wanted.unit === 'servers' ? wanted.value : percentRoundedUp(wanted.value, subsystem.full);
  if (lowest.worst >= least) return [];
  const certain = lowest.best < least;
  const left = certain ? `has at most ${lowest.best}` : `may have as few as ${lowest.worst}`;
  const message = `This checks for at least ${counted(least, 'unit')} of ${subsystem.name}, which ${left} in service at this step. Take fewer out before it, or check for less.`;
  return [{ message, span: step.atLeast.span, severity: certain ? 'error' : 'warning', subsystems: [subsystem.name] }];
}
