/**
 * What YAML takes for more than text but the author meant as text, `{{ name }}`, `web[1-4]` and `*.log`, is masked before YAML is read,
 * character by character, so that every offset stays what it was; in every value the masks are taken off again.
 */
const masks = {
  '{': '\uFDD0',
  '}': '\uFDD1',
  '[': '\uFDD2',
  ']': '\uFDD3',
  ',': '\uFDD4',
  '"': '\uFDD5',
  "'": '\uFDD6',
  '*': '\uFDD7',
  '@': '\uFDD8',
  '`': '\uFDD9',
};
const meant = new Map(Object.entries(masks).map(([char, mask]) => [mask, char]));

const placeholders = /\{\{[^{}\r\n]*\}\}/g;
const hostRanges = /(?<=[\w.\]-])(?:\[\d[\d,/:-]*\]|\{\w+(?:\.\.\w+)+\})/g;
/** `*` of which no alias can be made, and characters with which a plain value cannot begin. */
const strayStarts = /(?<=(?:^|[\r\n{[,])[ ]*(?:- +)*(?:[\w-]+: +)?)(?:[@`]|\*(?![\w-]+[ \t]*(?:[\r\n,}\]:#]|$)))/g;
const anyMask = /[\uFDD0-\uFDD9]/g;

/** The text with `{{ name }}`, `web[1-4]` and `web{1..4}` masked. */
export function maskText(text: string): string {
  const braced = text.includes('{{') ? text.replace(placeholders, masked) : text;
  const ranged = /\[|\.\./.test(braced) ? braced.replace(hostRanges, masked) : braced;
  return /[*@`]/.test(ranged) ? ranged.replace(strayStarts, masked) : ranged;
}

/** The text with the quote at that offset masked: a value that is never closed is read to the end of its line. */
export function maskQuote(text: string, at: number): string {
  const mask = text[at] === "'" ? masks["'"] : masks['"'];
  return text.slice(0, at) + mask + text.slice(at + 1);
}

/** The text with the masks taken off. */
export function unmask(text: string): string {
  return isMasked(text) ? text.replace(anyMask, (mask) => meant.get(mask) ?? mask) : text;
}

function masked(found: string): string {
  return found.replace(/[{}[\],*@`]/g, (char) => (char in masks ? masks[char as keyof typeof masks] : char));
}

function isMasked(text: string): boolean {
  return text.search(anyMask) !== -1;
}

/** What a plain value holds that has to stand in quotes. */
export function maskedPart(source: string): 'quote' | 'start' | 'placeholder' | '[' | '{' | undefined {
  if (/^[\uFDD5\uFDD6]/.test(source)) return 'quote';
  if (/^[\uFDD7-\uFDD9]/.test(source)) return 'start';
  if (source.includes(masks['{'] + masks['{'])) return 'placeholder';
  if (source.includes(masks['['])) return '[';
  return source.includes(masks['{']) ? '{' : undefined;
}

/** Whether a plain value begins with a placeholder. */
export function startsWithPlaceholder(source: string): boolean {
  return source.startsWith(masks['{']);
}
