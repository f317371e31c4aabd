import type { Analysis, RunbookAnalysis } from '../lint/analysis.ts';
import { whatIfOf } from '../lint/lint.ts';
import { largestSafe } from '../rules/safe-count.ts';
import type { Offer } from './completion.ts';
import { fleetsOf } from './family.ts';
import { stepAt, withInner } from './steps.ts';

/** Names that fit as the value of a key. */
export function namesFor(analysis: Analysis, path: readonly string[]): readonly Offer[] {
  const keys = path.filter((key) => key !== '[]');
  const last = keys.at(-1);
  if (last === 'restore' && analysis.kind === 'runbook') return stepIds(analysis);
  if (last === 'dependsOn' || last === 'serves') return offersOf(analysis, 'subsystem');
  return last === undefined ? [] : offersOf(analysis, last);
}

/** Names of one kind; the roles of usage lines and the keys of targets are called the same. */
export function offersOf(analysis: Analysis, role: string): readonly Offer[] {
  const offers = fleetsOf(analysis).flatMap(({ capacity }): readonly Offer[] => {
    const subsystems = capacity.subsystems.map(({ name, full, minimum }) =>
      nameOffer(name, `subsystem, ${full} units, minimum ${minimum}`),
    );
    const groups = capacity.groups.flatMap(({ name, aliases, size }) =>
      [name, ...aliases].map((one) => nameOffer(one, `group, ${size} servers`)),
    );
    const hosts = capacity.groups.flatMap(({ declared, name }) =>
      (declared?.hosts ?? []).flatMap(({ value }) =>
        value === undefined ? [] : [nameOffer(value, `hosts of ${name}`)],
      ),
    );
    const zones = capacity.zones.map((zone) => nameOffer(zone, 'zone'));
    const labels = capacity.groups.flatMap((group) =>
      [...group.labels].map(([key, value]) => nameOffer(`${key}=${value}`, `label of ${group.name}`)),
    );
    switch (role) {
      case 'subsystem':
        return subsystems;
      case 'group':
        return groups;
      case 'hosts':
        return hosts;
      case 'zone':
        return zones;
      case 'selector':
      case 'labels':
        return labels;
      case 'target':
        return [...groups, ...subsystems, ...hosts, ...zones];
      default:
        return [];
    }
  });
  return [...new Map(offers.map((offer) => [offer.label, offer])).values()];
}

function nameOffer(label: string, detail: string): Offer {
  return { label, kind: 'name', detail };
}

function stepIds({ steps }: RunbookAnalysis): readonly Offer[] {
  return steps.flatMap(({ reading }) =>
    withInner(reading).flatMap(({ step }) =>
      step.id?.value === undefined ? [] : [nameOffer(step.id.value, step.name?.value ?? 'step')],
    ),
  );
}

const countKeys = new Set(['count', 'batch', 'to']);

/** Counts for a step that says one already: the largest safe one first. */
export function countsAt(analysis: RunbookAnalysis, key: string, offset: number): readonly Offer[] {
  if (!countKeys.has(key)) return [];
  const here = stepAt(analysis, offset);
  const index = here?.reading.actions.findIndex(({ effect }) => effect !== 'wait') ?? -1;
  const outcome = here?.outcomes[0]?.actions[index];
  if (here === undefined || outcome === undefined) return [];
  const whatIf = whatIfOf(analysis, here.path);
  const size = Math.max(0, ...(analysis.runs[0]?.fleet.capacity.groups ?? []).map((group) => group.size));
  const bound = Math.max(outcome.count?.most ?? 0, size) + 1;
  const safe = key === 'to' ? 0 : largestSafe(bound, (servers) => whatIf.clears(index, servers));
  const offers: Offer[] = safe > 0 ? [{ label: `${safe}`, kind: 'count', detail: 'the largest safe count' }] : [];
  if (safe !== 1) offers.push({ label: '1', kind: 'count', detail: undefined });
  return offers;
}
