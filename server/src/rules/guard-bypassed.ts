import type { ActionOutcome } from '../simulation/outcome.ts';
import type { Fix } from './finding.ts';
import type { FixContext, Report, Rule } from './rule.ts';
import { list } from './telling/words.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 8 }
groups:
  nodes: { hosts: "node-[1-10]", serves: [web] }
`;

const guards: Readonly<Record<string, string>> = {
  pdb: 'the pod disruption budget',
  minimum: "the tool's own minimum",
  prompt: 'the question before it goes on',
};

/** The platform would have held this back, had it been asked. */
export const guardBypassed: Rule = {
  id: 'guard-bypassed',
  severity: 'warning',
  title: "Switches the platform's own guard off",
  summary:
    'An option switches off what the platform itself would hold back, and the step takes a subsystem below its minimum.',
  details: [
    'A platform has guards of its own: a pod disruption budget, a minimum size, a question.',
    'An option like `--disable-eviction` goes past them.',
    'Where the simulation finds the step safe the guard has nothing to hold back, and nothing is said.',
    'Where it does not, the option is what makes the difference between a command that waits and one that breaks the minimum.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml':
      'runbook: Drain nodes\nsteps:\n  - run: kubectl drain node-1 node-2 node-3 --ignore-daemonsets --disable-eviction\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Drain nodes\nsteps:\n  - run: kubectl drain node-1 node-2 --ignore-daemonsets --disable-eviction\n',
    'x.fleet.yaml': fleet,
  },
  passesSafe: true,
  checkStep: ({ outcome }) => (outcome?.actions ?? []).flatMap(reportOf).slice(0, 1),
  fixes: withoutOption,
};

function reportOf({ action, breaches, certain }: ActionOutcome): readonly Report[] {
  const { unguarded, command } = action;
  if (unguarded === undefined || breaches.length === 0) return [];
  const named = (command?.usage?.guards ?? []).flatMap(({ value = '' }) => guards[value] ?? value);
  const guard = named.length === 0 ? "the platform's own guard" : list(named);
  const names = list(breaches.map(({ subsystem }) => subsystem));
  const takes = certain ? 'takes' : 'may take';
  const message = `\`${unguarded.value}\` switches off ${guard}, which could hold this back: it ${takes} ${names} below the minimum. Leave the option out, or take fewer servers.`;
  return [{ message, span: unguarded.span }];
}

/** Takes the option out with the blank before it, where it is a word of its own. */
function withoutOption({ span }: Report, { text }: FixContext): readonly Fix[] {
  const option = text.slice(span.start, span.end);
  const value = /^=[\w.-]+/.exec(text.slice(span.end))?.[0] ?? '';
  const blank = /[ \t]+$/.exec(text.slice(0, span.start))?.[0] ?? '';
  const isWord =
    /^--?\w/.test(option) && blank !== '' && /^(?:\s|$|["';|&)])/.test(text.slice(span.end + value.length));
  if (!isWord) return [];
  const edits = [{ span: { start: span.start - blank.length, end: span.end + value.length }, newText: '' }];
  return [{ title: `Leave \`${option}\` out`, preferred: true, spelling: false, edits }];
}
