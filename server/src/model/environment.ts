/** What is everything but production, and so may be any other kind. */
const notProduction = 'non-production';

/** Words by which people name the same kind of environment; one that stands beside another kind's names something else. */
const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['production', ['production', 'prod', 'prd', 'live']],
  ['staging', ['staging', 'stage', 'stg']],
  ['pre-production', ['preprod', 'preproduction', 'preprd']],
  [notProduction, ['nonprod', 'nonproduction', 'nonprd']],
  ['development', ['development', 'develop', 'dev', 'devel']],
  ['testing', ['testing', 'test', 'tst', 'qa', 'uat', 'acceptance', 'ci']],
  ['sandbox', ['sandbox', 'sbx', 'playground', 'demo', 'local', 'minikube', 'kind']],
];

/** The kind of environment that a name says: `prod-eu-1` is production; undefined where it says none, or several. */
function environmentKind(name: string): string | undefined {
  const words = new Set(
    name
      .toLowerCase()
      .replace(/(pre|non)-(prod|production|prd)\b/g, '$1$2')
      .split(/[^a-z]+/),
  );
  const found = kinds.filter(([, synonyms]) => synonyms.some((synonym) => words.has(synonym)));
  return found.length === 1 ? found[0]?.[0] : undefined;
}

/** Whether two names certainly mean different environments: of different kinds. */
export function areDifferentKinds(a: string, b: string): boolean {
  const [one, other] = [environmentKind(a), environmentKind(b)];
  if (one === undefined || other === undefined || one === other) return false;
  return (one !== notProduction && other !== notProduction) || one === 'production' || other === 'production';
}

/** Whether two names that people declared for environments mean the same: alike but for case, or `prod` for `production`. */
export function areSame(a: string, b: string): boolean {
  if (a.toLowerCase() === b.toLowerCase()) return true;
  const isBare = [a, b].some((name) => kinds.some(([, synonyms]) => synonyms.includes(name.toLowerCase())));
  const kind = environmentKind(a);
  return isBare && kind !== undefined && kind === environmentKind(b);
}
