import type { Action, MayBeEmpty } from '../commands/action.ts';
import type { Fix } from './finding.ts';
import type { FixContext, Report, Rule } from './rule.ts';

const fleet = `fleet: demo
subsystems:
  web: { capacity: 12, minimum: 8 }
commands:
  - tool: fleetctl
    usages:
      - { usage: "erase [--hosts <hosts>]", effect: remove, absent: all }
`;

/** A list that turns out empty once took everything: the word is told of before anybody runs it. */
export const emptySelector: Rule = {
  id: 'empty-selector',
  severity: 'error',
  title: 'May be empty, and empty means everything',
  summary: 'A variable or a list may be empty when the step runs, and the command then takes everything.',
  details: [
    'A variable that nothing in the step sets has whatever value the shell has for it, which may be none.',
    'A command whose declaration says `absent: all` takes everything that it can where it is given no value.',
    'Write `"${HOSTS:?}"`, so that the shell stops where the variable is empty, or test it before.',
    '`xargs` runs its command once even where nothing is handed on to it; `xargs -r` does not.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Erase old hosts\nsteps:\n  - run: fleetctl erase --hosts "$HOSTS"\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml': 'runbook: Erase old hosts\nsteps:\n  - run: fleetctl erase --hosts "${HOSTS:?}"\n',
    'x.fleet.yaml': fleet,
  },
  passesSafe: true,
  checkStep({ actions }) {
    const reports = actions.flatMap(({ mayBeEmpty, command, effect }) =>
      mayBeEmpty === undefined ? [] : [reportOf(mayBeEmpty, command?.tool ?? '', effect)],
    );
    return reports.filter(({ span }, i) => reports.findIndex((other) => other.span.start === span.start) === i);
  },
  fixes: guard,
};

function reportOf(word: MayBeEmpty, tool: string, effect: Action['effect']): Report {
  const { span, text, guarded } = word;
  const isList = guarded?.text.endsWith(' -r') === true;
  const subject = isList ? `What \`${text}\` reads` : `\`${text}\``;
  const verb = effect === 'restart' ? 'restarts' : effect === 'replace' ? 'replaces' : 'takes out';
  const advice =
    guarded === undefined
      ? 'Make sure that it is not before this runs.'
      : isList
        ? `Write \`${guarded.text}\`, which runs nothing then.`
        : `Write \`"${guarded.text}"\`, so that the shell stops where it is empty.`;
  const message = `${subject} may be empty, and without a value \`${tool}\` ${verb} everything. ${advice}`;
  return { message, span, data: word };
}

function guard(report: Report, { step, text }: FixContext): readonly Fix[] {
  const { guarded } = report.data as MayBeEmpty;
  if (guarded === undefined || step?.kind !== 'run') return [];
  // Braces end a plain value inside a flow map.
  if (step.script.style === 'plain' && /\{[^\n]*$/.test(text.slice(0, step.script.span.start))) return [];
  const title = guarded.text.endsWith(' -r') ? 'Run nothing where the list is empty' : 'Guard the variable';
  const edits = [{ span: guarded.span, newText: guarded.text }];
  return [{ title, preferred: true, spelling: false, edits }];
}
