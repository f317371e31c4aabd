/**
 * `{{ name }}` looks to YAML like a mapping in a mapping.
 * While a text is parsed the braces stand as other characters of the same length, so that every place stays what it is.
 */
const pattern = /\{\{[^{}\n\r]*\}\}/g;
const open = '\uE000\uE000';
const close = '\uE001\uE001';

export function maskBraces(text: string): string {
  return text.includes('{{') ? text.replace(pattern, (all) => `${open}${all.slice(2, -2)}${close}`) : text;
}

export function unmaskBraces(text: string): string {
  return text.includes('\uE000') || text.includes('\uE001')
    ? text.replaceAll('\uE000', '{').replaceAll('\uE001', '}')
    : text;
}

/** Whether a plain value starts with a parameter, so that YAML would not read it as text. */
export function startsMasked(source: string): boolean {
  return source.startsWith(open);
}
