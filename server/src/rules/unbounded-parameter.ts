import { stepNumber } from '../model/step-number.ts';
import type { Fix } from './finding.ts';
import { boundEdits } from './fixes/bound-edits.ts';
import type { FixContext, Report, Rule, TriedParameter } from './rule.ts';
import { harmOf } from './telling/harm.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';

/** The value that somebody will type one night is not the one that was tried by day. */
export const unboundedParameter: Rule = {
  id: 'unbounded-parameter',
  severity: 'warning',
  title: 'A parameter may take a value that breaks a minimum',
  summary: 'Within its bounds, a parameter may have a value with which the runbook is no longer safe.',
  details: [
    'The simulation runs with the default of each parameter; then each is tried over its bounds, one at a time.',
    'Without a maximum, a number may be as large as the whole target.',
    'Every step that uses such a parameter is unsafe.',
    'Set the bound that the message names, or list the values that may be given.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Debug billing\nparameters:\n  count: { default: 2, maximum: 8 }\nsteps:\n  - remove: { subsystem: billing, count: "{{ count }}" }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Debug billing\nparameters:\n  count: { default: 2, maximum: 4 }\nsteps:\n  - remove: { subsystem: billing, count: "{{ count }}" }\n',
    'x.fleet.yaml': fleet,
  },
  checkRunbook: ({ tried }) => tried.flatMap(reportOf),
  fixes,
};

function reportOf(tried: TriedParameter): readonly Report[] {
  const { parameter, breaks, largest, smallest } = tried;
  const { name, maximum, minimum, allowed } = parameter;
  if (breaks === undefined) return [];
  const bound = largest === undefined ? minimum : maximum;
  const span = allowed?.find(({ value }) => value === breaks.value)?.span ?? bound?.span ?? name.span;
  const harm = harmOf(breaks.limit, breaks.subsystem, breaks.certain);
  const message = `The parameter \`${name.value}\` may be ${breaks.value}, and that ${harm} at step ${stepNumber(breaks.step)}. ${advice(tried)}`;
  const subsystems = breaks.subsystem === undefined ? [] : [breaks.subsystem];
  return [{ message, span, subsystems, data: { name: name.value, largest, smallest } }];
}

function advice({ largest, smallest, parameter, isUnsafe }: TriedParameter): string {
  // With its default the runbook is not safe either.
  if (isUnsafe && (largest ?? smallest) !== undefined) {
    const ends = [
      ...(largest === undefined ? [] : [`up to ${largest}`]),
      ...(smallest === undefined ? [] : [`down to ${smallest}`]),
    ];
    return `Mend first what its default does; ${ends.join(', and ')}, no more is broken than with that.`;
  }
  const bounds = [
    ...(largest === undefined ? [] : [`${largest} is the largest safe value`]),
    ...(smallest === undefined ? [] : [`${smallest} is the smallest safe value`]),
  ];
  if (bounds.length === 0) return 'Take it from the list of values that may be given.';
  const missing = largest !== undefined && parameter.maximum === undefined ? ' It has no maximum.' : '';
  const said = bounds.join(', and ');
  return `${said}.${missing} Set its bounds accordingly.`;
}

function fixes(report: Report, { head, text }: FixContext): readonly Fix[] {
  const { name, largest, smallest } = report.data as { name: string; largest?: number; smallest?: number };
  const parameter = head?.parameters.find((one) => one.name.value === name);
  if (parameter === undefined || (largest === undefined && smallest === undefined)) return [];
  const bounds = {
    ...(smallest === undefined ? {} : { minimum: smallest }),
    ...(largest === undefined ? {} : { maximum: largest }),
  };
  const edits = boundEdits(parameter, bounds, text);
  if (edits === undefined) return [];
  const said = Object.entries(bounds).map(([key, value]) => `${key} to ${value}`);
  return [{ title: `Set the parameter's ${said.join(', and its ')}`, preferred: true, spelling: false, edits }];
}
