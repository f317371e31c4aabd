import type { Action } from '../commands/action.ts';
import type { ParameterUse } from '../model/leaf.ts';
import type { Parameter, RunbookHead } from '../model/runbook.ts';
import { beyondLimits } from '../simulation/limits.ts';
import type { Span } from '../syntax/span.ts';
import type { Rule } from './rule.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n';

/** What to do about a command where nothing better is known. */
const besideIt =
  'Where it can be written out, do so; else say what goes and comes back in steps like `remove` and `restart` beside it, and suppress this with a reason.';
const fewerChoices = 'Name groups or zones in it and in the steps before it, so that fewer choices are left.';

/** Silence means proven safe, so what cannot be judged says so, once and quietly (docs/simulation.md §12). */
export const cannotTell: Rule = {
  id: 'cannot-tell',
  severity: 'information',
  title: 'Cannot tell what the step does',
  summary: 'The step looks as if it changes capacity, and its effect cannot be worked out.',
  details: [
    'The finding stands on the word that is the obstacle: a variable without a known value, a name that is not in the fleet, an option that is not declared.',
    'The step is taken to change nothing, and what is said of later steps holds on that assumption.',
    'Write the value out, give the parameter a default, or declare the command.',
    'Where the fleet has a mistake in the size or the minimum of what a step touches, mend the fleet first.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Shrink web\nparameters:\n  count: {}\nsteps:\n  - remove: { subsystem: web, count: "{{ count }}" }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Shrink web\nsteps:\n  - remove: { subsystem: web, count: 2 }\n',
    'x.fleet.yaml': fleet,
  },
  passesSafe: true,
  checkStep({ outcome, actions, step, head }) {
    const performed: readonly Pick<Action, 'obstacle'>[] = outcome?.actions ?? actions;
    // A slip is told by `unknown-name`.
    const untold = performed.find(({ obstacle }) => obstacle !== undefined && obstacle.slip === undefined);
    const obstacle = outcome?.obstacle ?? untold?.obstacle;
    // A failure of this program is told by `internal-error`.
    if (obstacle === undefined || obstacle.isOurs === true || isUndeclared(obstacle.span, step.uses, head)) return [];
    const isTyped = step.kind === 'run' && obstacle.span.start !== step.key.start;
    const usual = obstacle.why === beyondLimits ? fewerChoices : isTyped ? besideIt : undefined;
    const advice = obstacle.advice ?? adviceFor(obstacle.span, step.uses, head.parameters) ?? usual;
    const message = `Cannot tell what this does to capacity: ${obstacle.why}.${advice === undefined ? '' : ` ${advice}`}`;
    return [{ message, span: obstacle.span }];
  },
};

/** What to do where the obstacle is a parameter without a value. */
function adviceFor(span: Span, uses: readonly ParameterUse[], declared: readonly Parameter[]): string | undefined {
  const use = uses.find((one) => touching(one.span, span));
  const parameter = declared.find(({ name }) => name.value === use?.name);
  const hasValue = [parameter?.default, parameter?.minimum, parameter?.maximum, parameter?.allowed].some(
    (one) => one !== undefined,
  );
  return parameter === undefined || hasValue
    ? undefined
    : `Give the parameter \`${use?.name}\` a \`default\`, an \`enum\` or bounds.`;
}

/** A parameter that the runbook does not have is told by `unknown-name`, too. */
function isUndeclared(
  span: Span,
  uses: readonly ParameterUse[],
  { parameters, parametersAreRead }: RunbookHead,
): boolean {
  const isDeclared = ({ name: used }: ParameterUse) => parameters.some(({ name }) => name.value === used);
  return parametersAreRead && uses.some((use) => touching(use.span, span) && !isDeclared(use));
}

function touching(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
