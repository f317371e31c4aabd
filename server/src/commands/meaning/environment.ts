import type { Effect } from '../../model/commands.ts';
import type { CommandEnvironment } from '../action.ts';
import type { Match } from '../match/match.ts';
import { placeOf } from '../shell/words/field.ts';
import type { Variable } from '../shell/words/variable.ts';
import { leaves, partsOf } from '../usage/items.ts';

/** Variables by which tools are told where to act. */
const telling: ReadonlySet<string> = new Set([
  ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'KUBECONFIG', 'KUBE_CONTEXT', 'KUBECONTEXT', 'HELM_KUBECONTEXT'],
  ...[
    'NOMAD_ADDR',
    'VAULT_ADDR',
    'ETCDCTL_ENDPOINTS',
    'ANSIBLE_INVENTORY',
    'CONSUL_HTTP_ADDR',
    'DOCKER_CONTEXT',
    'DOCKER_HOST',
    'TF_WORKSPACE',
    'OS_CLOUD',
  ],
  ...['CLOUDSDK_CORE_PROJECT', 'CLOUDSDK_ACTIVE_CONFIG_NAME', 'ENVIRONMENT', 'RAILS_ENV', 'APP_ENV'],
]);

/**
 * Where a command says that it acts: its own words first, then the variables that it is run with.
 * One that only looks acts nowhere, unless it says where those after it act: `kubectl config use-context staging`.
 */
export function environmentsOf(
  match: Match | undefined,
  effect: Effect | undefined,
  variables: ReadonlyMap<string, Variable>,
): readonly CommandEnvironment[] {
  if (match === undefined) return [];
  if ((effect === undefined || effect === 'none') && !isAboutOne(match)) return [];
  const { environments } = match.usage.usage;
  const said = match.bound.flatMap(({ role, field }): readonly CommandEnvironment[] => {
    if (role !== 'environment' || !field.value) return [];
    return [{ name: field.value, environment: environments.get(field.value), span: placeOf(field) }];
  });
  const set: CommandEnvironment[] = [];
  for (const [variable, { words, place }] of variables) {
    const name = telling.has(variable) ? words?.[0]?.text : undefined;
    if (name && place) set.push({ name, environment: environments.get(name), span: place });
  }
  return set.length === 0 ? said : [...said, ...set];
}

/** The environment is a word of its own, or an option that there has to be; a tool of the user's may ask for that one always. */
function isAboutOne({ usage: { items, strict } }: Match): boolean {
  return [...leaves(items)].some((item) => {
    const counts = item.kind === 'word' || (!strict && items.includes(item));
    return counts && partsOf(item).some((part) => part.kind === 'role' && part.role === 'environment');
  });
}
