import type { CommandEnvironment, CommandReading } from '../commands/action.ts';
import { looksOnly } from '../commands/reading/undeclared.ts';
import { areDifferentKinds, areSame } from '../model/environment.ts';
import type { Related } from './finding.ts';
import type { Report, Rule, RunbookContext, StepContext } from './rule.ts';

const none: readonly Report[] = [];
const fleet = 'fleet: demo\nenvironment: production\nsubsystems:\n  web: { capacity: 12, minimum: 8 }\n';

/** The right command in the wrong place is the wrong command. */
export const environmentMismatch: Rule = {
  id: 'environment-mismatch',
  severity: 'error',
  title: 'Another environment',
  summary: 'The runbook, its fleet and its commands do not agree on the environment.',
  details: [
    "The runbook's `environment` is compared with the fleet's, and with what a command says: a context, a profile, a workspace, and variables like `AWS_PROFILE`.",
    'A command that only looks, such as `kubectl --context staging get pods`, may look anywhere.',
    "A declaration's `environments` say which environment a value means.",
    'A value that is not listed there counts only where it names another kind of environment: `staging-eu` in a runbook for production.',
  ].join('\n'),
  bad: {
    'x.runbook.yaml': 'runbook: Restart web\nenvironment: staging\nsteps:\n  - remove: { subsystem: web, count: 2 }\n',
    'x.fleet.yaml': fleet,
  },
  good: {
    'x.runbook.yaml':
      'runbook: Restart web\nenvironment: production\nsteps:\n  - remove: { subsystem: web, count: 2 }\n',
    'x.fleet.yaml': fleet,
  },
  checkRunbook: agrees,
  checkStep: (context) => acts(context).slice(0, 1),
};

function agrees({ head, fleet: declared, fleetUri }: RunbookContext): readonly Report[] {
  const [own, other] = [head.environment, declared?.environment];
  if (own?.value === undefined || other?.value === undefined || areSame(own.value, other.value)) return [];
  const message = `The runbook is for ${own.value}, and its fleet is of ${other.value}. Name the fleet of ${own.value}, or correct the environment.`;
  return [{ message, span: own.span, related: related(other.value, other.span, fleetUri) }];
}

function acts({ commands, head, fleet: declared, fleetUri }: StepContext): readonly Report[] {
  const own = head.environment?.value;
  const wanted = own ?? declared?.environment?.value;
  if (wanted === undefined || !commands.some(saysWhere)) return none;
  const whose = own === undefined ? 'the fleet is of' : 'the runbook is for';
  return commands.flatMap((command) => {
    const { environments, tool } = command;
    const wrong = environments.find((said) => isElsewhere(said, wanted));
    if (wrong === undefined || carriesLook(command, commands)) return [];
    const means = wrong.environment === undefined ? '' : `, which is ${wrong.environment}`;
    const message = `\`${tool}\` acts on \`${wrong.name}\`${means}, and ${whose} ${wanted}. Correct the one that is wrong.`;
    const place = own === undefined ? declared?.environment : undefined;
    return [{ message, span: wrong.span, related: place === undefined ? [] : related(wanted, place.span, fleetUri) }];
  });
}

function saysWhere({ environments }: CommandReading): boolean {
  return environments.length > 0;
}

/** `kubectl exec web-1 -- df -h`: all that it carries only looks. */
function carriesLook({ effect, span }: CommandReading, commands: readonly CommandReading[]): boolean {
  if (effect !== 'carry') return false;
  const inner = commands.filter((one) => one.span.start > span.start && one.span.end <= span.end);
  const looks = (one: CommandReading) =>
    one.effect === 'none' || one.effect === 'carry' || (!one.declared && looksOnly(one.tool));
  return inner.length > 0 && inner.every(looks);
}

function isElsewhere({ name, environment }: CommandEnvironment, wanted: string): boolean {
  if (environment !== undefined) return !areSame(environment, wanted);
  return areDifferentKinds(name, wanted);
}

function related(environment: string, span: Related['span'], uri: string | undefined): readonly Related[] {
  return uri === undefined ? [] : [{ uri, span, message: `The fleet is of ${environment}.` }];
}
