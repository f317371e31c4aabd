import type { Analysis, RunbookAnalysis } from '../../lint/analysis.ts';
import type { HostsNotation } from '../../model/commands.ts';
import { fitting } from '../../model/hosts.ts';
import type { Capacity, GroupCapacity } from '../../simulation/fleet/capacity.ts';
import { fleetsOf } from '../names/family.ts';
import type { NameKind } from '../names/occurrence.ts';
import { withInner } from '../steps/steps.ts';
import type { Offer } from './completion.ts';

/** Names that fit as the value of a key, of which some is typed; the path holds the keys from the root to it. */
export function namesFor(analysis: Analysis, path: readonly string[], typed: string): readonly Offer[] {
  const keys = path.filter((key) => key !== '[]');
  const last = keys.at(-1);
  if (last === 'restore' && analysis.kind === 'runbook') return stepIds(analysis);
  const inFleet = analysis.kind === 'fleet';
  if (last === 'serves') return offersOf(analysis, 'subsystem');
  if (last === 'dependsOn') return offersOf(analysis, 'subsystem').filter(({ label }) => label !== keys.at(-2));
  if (last === 'environment') return environments(analysis);
  if (inFleet && last === 'unavailable') return offersOf(analysis, 'hosts', { notation: 'nodeset', typed });
  // Hosts that stand in another group already.
  if (inFleet && last === 'hosts') return [];
  if (keys.at(-2) === 'labels') return labelValues(analysis, last ?? '');
  return last === undefined ? [] : offersOf(analysis, last, { notation: 'nodeset', typed });
}

/** Names that fit as a key of the mapping at the path. */
export function keyNamesFor(analysis: Analysis, path: readonly string[]): readonly Offer[] {
  const last = path.at(-1);
  if (last === 'labels') return labelKeys(analysis);
  return last === 'serves' ? offersOf(analysis, 'subsystem') : [];
}

/** How the command wants hosts written, and what is typed of one. */
interface HostsWanted {
  readonly notation: HostsNotation;
  readonly typed: string;
}

/**
 * Names of one kind; the roles of usage lines and the keys of targets are called the same.
 * In a command hosts stand in the notation of its tool.
 */
export function offersOf(analysis: Analysis, role: string, wanted?: HostsWanted): readonly Offer[] {
  return distinct(fleetsOf(analysis).flatMap(({ capacity }) => ofRole(capacity, role, wanted)));
}

function ofRole(capacity: Capacity, role: string, wanted?: HostsWanted): readonly Offer[] {
  switch (role) {
    case 'subsystem':
      return capacity.subsystems.map(({ name, full, minimum }) =>
        nameOffer(name, `subsystem, ${full} units, minimum ${minimum}`, 'subsystem'),
      );
    case 'group':
      return capacity.groups.flatMap(({ name, aliases, size }) =>
        [name, ...aliases].map((one) => nameOffer(one, `group, ${size} servers`, 'group', name)),
      );
    case 'hosts':
    case 'except':
      return [
        ...(wanted?.notation === 'ansible' ? ofRole(capacity, 'group') : []),
        ...capacity.groups.flatMap((group) => hostsOf(group, wanted)),
      ];
    case 'zone':
      return capacity.zones.map((zone) => nameOffer(zone, 'zone', 'zone'));
    case 'selector':
      return capacity.groups.flatMap((group) =>
        [...group.labels].map(([key, value]) => nameOffer(`${key}=${value}`, `label of ${group.name}`, 'label')),
      );
    case 'target':
    case 'pod':
    case 'local':
      return ['group', 'subsystem', 'hosts', 'zone'].flatMap((one) => ofRole(capacity, one, wanted));
    default:
      return [];
  }
}

/** Of each group so many hosts are offered by their own names; more are found when more is typed. */
const mostHosts = 50;

/** The hosts of a group: as they are declared where node sets are read, and one by one where a command takes them. */
function hostsOf({ declared, hosts, name }: GroupCapacity, wanted: HostsWanted | undefined): readonly Offer[] {
  const detail = `hosts of ${name}`;
  const sets = wanted === undefined || wanted.notation === 'nodeset' ? (declared?.hosts ?? []) : [];
  const offers = sets.flatMap(({ value }) => (value === undefined ? [] : [nameOffer(value, detail, 'host')]));
  if (wanted === undefined || hosts === undefined) return offers;
  const { typed } = wanted;
  for (const host of fitting(hosts, {
    fits: (one) => one.startsWith(typed),
    prefix: typed,
    prefixDecides: true,
  })?.names() ?? []) {
    if (offers.push(nameOffer(host, `host of ${name}`, 'host')) > mostHosts) break;
  }
  return offers;
}

function labelKeys(analysis: Analysis): readonly Offer[] {
  return distinct(
    fleetsOf(analysis).flatMap(({ capacity }) =>
      capacity.groups.flatMap(({ labels }) => [...labels.keys()].map((key) => nameOffer(key, 'label'))),
    ),
  );
}

function labelValues(analysis: Analysis, wanted: string): readonly Offer[] {
  return distinct(
    fleetsOf(analysis).flatMap(({ capacity }) =>
      capacity.groups.flatMap(({ labels, name }) =>
        [...labels].flatMap(([key, value]) =>
          key === wanted ? [nameOffer(value, `label of ${name}`, 'label', `${key}=${value}`)] : [],
        ),
      ),
    ),
  );
}

/** What the fleets of a runbook say that they are for. */
function environments(analysis: Analysis): readonly Offer[] {
  if (analysis.kind !== 'runbook') return [];
  const values = fleetsOf(analysis).flatMap(({ fleet }) => fleet.environment?.value ?? []);
  return distinct(values.map((value) => nameOffer(value, 'environment of the fleet')));
}

/** Parameters, to be put between braces. */
export function parameterOffers({ head }: RunbookAnalysis): readonly Offer[] {
  return head.parameters.flatMap(({ name, default: usual }) =>
    name.value === undefined
      ? []
      : [
          nameOffer(
            name.value,
            usual?.value === undefined ? 'parameter' : `parameter, default ${usual.value}`,
            'parameter',
          ),
        ],
  );
}

function nameOffer(label: string, detail: string, kind?: NameKind, name = label): Offer {
  return { label, kind: 'name', detail, ...(kind === undefined ? {} : { about: { kind, name } }) };
}

function stepIds({ steps }: RunbookAnalysis): readonly Offer[] {
  return steps.flatMap(({ reading }) =>
    withInner(reading).flatMap(({ step }) =>
      step.id?.value === undefined ? [] : [nameOffer(step.id.value, step.name?.value ?? 'step')],
    ),
  );
}

function distinct(offers: readonly Offer[]): readonly Offer[] {
  const byLabel = new Map<string, Offer>();
  for (const offer of offers) if (!byLabel.has(offer.label)) byLabel.set(offer.label, offer);
  return [...byLabel.values()];
}
