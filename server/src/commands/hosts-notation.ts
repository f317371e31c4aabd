import type { HostsNotation } from '../model/commands.ts';

/** Stretches of a word that each name hosts in node-set notation, or a clause on why it cannot be read so. */
export type HostWords =
  | { readonly words: readonly { readonly text: string; readonly from: number; readonly to: number }[] }
  | { readonly why: string };

const everything = new Set(['all', '*']);
/** What a pattern has and a plain name has not, by notation. */
const special: Readonly<Record<HostsNotation, RegExp | undefined>> = {
  nodeset: undefined,
  comma: /[[\]*?]/,
  space: /[[\]*?]/,
  ansible: /[[\]*?~!&@]/,
  glob: /[[\]*?{}]/,
  regex: /[[\]*?{}()|^$+\\]/,
};

/** Reads a word in the notation of its tool: the same characters name other hosts to another tool (SPEC §3). */
export function hostWords(text: string, notation: HostsNotation): HostWords {
  if (notation === 'nodeset' || everything.has(text)) return { words: [{ text, from: 0, to: text.length }] };
  const parting = { comma: /[^,\s]+/g, space: /\S+/g, ansible: /[^,:\s]+/g, glob: /\S+/g, regex: /\S+/g }[notation];
  const words: { text: string; from: number; to: number }[] = [];
  for (const { 0: word, index } of text.matchAll(parting)) {
    if (!everything.has(word) && special[notation]?.test(word) === true) {
      return { why: `\`${word}\` is a pattern, and which hosts it fits is not worked out` };
    }
    words.push({ text: word, from: index, to: index + word.length });
  }
  return { words };
}
