import type { Rule } from './rule.ts';
import { placeOf } from './telling/places.ts';
import { isNamed, type StillOut, stillOut } from './telling/still-out.ts';
import { calledTarget } from './telling/subject.ts';
import { counted } from './telling/words.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { capacity: 12, minimum: 6 }\n';

/** What was taken out for a while and is forgotten is missed at the next incident. */
export const notRestored: Rule = {
  id: 'not-restored',
  severity: 'hint',
  title: 'Still out at the end',
  summary: 'Capacity that the runbook takes out is not put back by it.',
  details: [
    'The fleet is left smaller than it was, and the next runbook starts from there.',
    'Put the servers back with a `restore`, or say `permanent: true` on the step if they are meant to stay out.',
    'Nothing is said of what comes back by itself, nor of a command that is declared to be permanent.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Look at web\nsteps:\n  - remove: { subsystem: web, count: 4 }\n  - manual: Look at them\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Look at web\nsteps:\n  - id: out\n    remove: { subsystem: web, count: 4 }\n  - manual: Look at them\n  - restore: out\n',
    'x.fleet.yaml': fleet,
  },
  checkSteps: (context) =>
    onceAStep(stillOut(context)).map((out) => {
      const { path, action, count, names } = out;
      const whose = names.length === 0 ? 'the fleet' : calledTarget(action, names);
      const [them, are] = count === 1 ? ['it', 'it is'] : ['them', 'they are'];
      const some =
        isNamed(action) && count === names.length
          ? whose
          : `${count === undefined ? 'Servers' : counted(count, 'server')} of ${whose}`;
      const isOut = action.maybe === undefined ? `${count === 1 ? 'is' : 'are'} still` : 'may still be';
      const message = `${some} ${isOut} out when the runbook ends. Restore ${them}, or say \`permanent: true\` if ${are} meant to stay out.`;
      return { step: path, message, span: placeOf(action) };
    }),
};

/** One report a step: commands and turns of a loop on the same target add up. */
function onceAStep(all: readonly StillOut[]): readonly StillOut[] {
  const reports: StillOut[] = [];
  for (const one of all) {
    const last = reports.at(-1);
    if (last?.path !== one.path) reports.push(one);
    else if (isCounted(last) && isCounted(one) && (isSame(last, one) || (isNamed(last.action) && isNamed(one.action))))
      reports[reports.length - 1] = { ...last, ...together(last, one) };
  }
  return reports;
}

function isCounted({ count, action }: StillOut): boolean {
  return count !== undefined || action.maybe !== undefined;
}

/** What may be out and what is are not added up: they may be out instead of one another. */
function together(one: StillOut, other: StillOut): Pick<StillOut, 'names' | 'count' | 'action'> {
  const names = [...new Set([...one.names, ...other.names])];
  const action = one.action.maybe === undefined ? other.action : one.action;
  const isSum = action.maybe === undefined && one.count !== undefined && other.count !== undefined;
  return { names, count: isSum ? one.count + other.count : undefined, action: isSum ? one.action : action };
}

function isSame(a: StillOut, b: StillOut): boolean {
  return a.names.join() === b.names.join();
}
