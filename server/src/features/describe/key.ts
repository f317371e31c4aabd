import type { KeyDoc } from '../../model/schema/docs.ts';

/** What the schema says of a key, as Markdown: what it is for, its default, examples. */
export function describeKey({ description, default: usual, examples }: KeyDoc): string {
  const lines = [
    description,
    ...(usual === undefined ? [] : [`Default: \`${usual}\`.`]),
    ...(examples.length === 0 ? [] : [`For example: ${examples.map((one) => `\`${one}\``).join(', ')}.`]),
  ];
  return lines.join('\n\n');
}
