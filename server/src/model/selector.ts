/** What a selector asks of the labels of a group. */
type Selector = (labels: ReadonlyMap<string, string>) => boolean;

const key = '[\\w./-]+';
const pair = new RegExp(`^(${key})\\s*(==?|:|!=)\\s*([^\\s=!(),]*)$`);
const set = new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const bare = new RegExp(`^(!?)\\s*(${key})$`);

/**
 * Reads `k=v`, `k:v`, `k!=v`, `k in (a, b)`, `k notin (a, b)`, `k` and `!k`, with commas between them that mean *and*.
 * Undefined where it has another form.
 */
export function parseSelector(text: string): Selector | undefined {
  const asked = requirements(text).map((one) => requirement(one.trim()));
  const all = asked.filter((one) => one !== undefined);
  return all.length < asked.length ? undefined : (labels) => all.every((one) => one(labels));
}

/** What stands between the commas; those in parentheses part the values of one label. */
function requirements(text: string): readonly string[] {
  const all: string[] = [];
  let isOpen = false;
  for (const part of text.split(',')) {
    if (isOpen) all.push(`${all.pop()},${part}`);
    else all.push(part);
    const paren = /[()](?=[^()]*$)/.exec(part)?.[0];
    if (paren !== undefined) isOpen = paren === '(';
  }
  return all;
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
