/** What a selector asks of the labels of a group. */
export type Selector = (labels: ReadonlyMap<string, string>) => boolean;

const key = '[\\w./-]+';
const pair = new RegExp(`^(${key})\\s*(==?|:|!=)\\s*([^\\s=!(),]*)$`);
const set = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const bare = new RegExp(`^(!?)\\s*(${key})$`);

/**
 * Reads `k=v`, `k:v`, `k!=v`, `k in (a, b)`, `k notin (a, b)`, `k` and `!k`, with commas between them that mean *and*.
 * Undefined where it has another form.
 */
export function parseSelector(text: string): Selector | undefined {
  const asked = text.split(/,(?![^(]*\))/).map((one) => requirement(one.trim()));
  const all = asked.filter((one) => one !== undefined);
  return all.length < asked.length ? undefined : (labels) => all.every((one) => one(labels));
}

function requirement(text: string): Selector | undefined {
  const [, name = '', sign, value = ''] = pair.exec(text) ?? [];
  if (sign !== undefined) return (labels) => (labels.get(name) === value) === (sign !== '!=');
  const [, among = '', how, list = ''] = set.exec(text) ?? [];
  if (how !== undefined) {
    const values = list.split(',').map((one) => one.trim());
    return (labels) => values.includes(labels.get(among) ?? '') === (how === 'in');
  }
  const [, not, own = ''] = bare.exec(text) ?? [];
  return not === undefined ? undefined : (labels) => labels.has(own) === (not === '');
}
