import { Composer, Parser } from 'yaml';

/** Whether any reader of YAML finds a mistake in a text: one that does not know that `{{ name }}` and the like are meant as text. */
export function isFaultyYaml(text: string): boolean {
  try {
    const documents = new Composer({ uniqueKeys: false }).compose(new Parser().parse(text));
    return [...documents].some(({ errors }) => errors.length > 0);
  } catch {
    return true;
  }
}
