import type { BrokenLimit, Report } from '../rule.ts';
import { figureOf } from '../telling/figure.ts';
import { harmOf } from '../telling/harm.ts';
import type { CountData } from './count-fixes.ts';
import { restoreFirst, untilWarm, withoutRemedy } from './remedy.ts';
import { type SafeContext, safeFigure } from './safe-figure.ts';

/**
 * The message of a rule on this limit, with its advice: the largest safe figure as a sentence; where none is safe, why there is no fix for it.
 * As it was where there is nothing to say.
 */
export function safeFigureAdvice(own: BrokenLimit): (report: Report, context: SafeContext) => string {
  return (report, context) => {
    const { action: index } = report.data as CountData;
    const action = context.actions[index];
    // The turns of a loop that says no figure are no figure either.
    const { message } = report;
    if (action === undefined || (action.loop !== undefined && figureOf(action) === undefined)) return message;
    const safe = safeFigure(index, context);
    if (safe === undefined) return message;
    if (safe.value > 0) return `${message} The ${safe.kind} is ${safe.value}${safe.unit === 'percent' ? ' %' : ''}.`;
    const why = action.effect === 'scale-to' ? undefined : context.whatIf.why(index, 1);
    if (why === undefined) return message;
    const before = withoutRemedy(message);
    const none = `Not even one${safe.kind === 'largest safe batch' ? ' at a time' : ''} is safe`;
    const isBare = message.includes('can be spared');
    if (isBare || (why.isHere && why.limit === own)) {
      const first = own === 'rate' ? '' : ` ${restoreFirst}`;
      const told = isBare ? message : `${before} ${none}.${first}`;
      const warms = context.capacity?.groups.some(({ warmup }) => warmup > 0) === true;
      return own !== 'rate' && warms && context.whatIf.clearsLater() ? untilWarm(told) : told;
    }
    const where = why.isHere ? '' : ` at step ${why.step}`;
    return `${before} ${none}: it ${harmOf(why.limit, why.subsystem)}${where}.`;
  };
}
