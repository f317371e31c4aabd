import type { Field } from '../words/field.ts';

/** What `kubectl create` writes that holds no servers, by the names of its kind. */
const kinds: Readonly<Record<string, string>> = {
  ...{ configmap: 'ConfigMap', cm: 'ConfigMap', secret: 'Secret', namespace: 'Namespace', ns: 'Namespace' },
  ...{ serviceaccount: 'ServiceAccount', sa: 'ServiceAccount', role: 'Role', rolebinding: 'RoleBinding' },
  ...{ clusterrole: 'ClusterRole', clusterrolebinding: 'ClusterRoleBinding', ingress: 'Ingress', ing: 'Ingress' },
  ...{ service: 'Service', svc: 'Service', cronjob: 'CronJob', cj: 'CronJob', quota: 'ResourceQuota' },
  ...{ priorityclass: 'PriorityClass', pc: 'PriorityClass' },
};

/** The kind of the manifest that `kubectl create configmap … --dry-run=client -o yaml` writes; undefined where it is another command. */
export function manifestOf(args: readonly Field[]): string | undefined {
  const values = args.map(({ value = '' }) => value);
  const verb = values.indexOf('create');
  const isWritten = values.some(
    (value, at) =>
      /^(?:-o=?|--output=)(?:yaml|json)$/.test(value) ||
      (/^(?:-o|--output)$/.test(value) && /^(?:yaml|json)$/.test(values[at + 1] ?? '')),
  );
  const kind = kinds[values[verb + 1] ?? ''];
  return verb < 0 || !isWritten || kind === undefined ? undefined : `kind: ${kind}`;
}
