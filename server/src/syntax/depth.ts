import type { CST } from 'yaml';
import { mostDepth } from './limits.ts';

/**
 * Where a collection stands deeper than is read, in keys too; undefined where none does.
 * Walks without recursion, and has to come before the library's own walk: near the end of the stack a process may die of it.
 */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  const pending: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = [];
  for (const token of tokens) pending.push({ token, depth: 0 });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    if (token === null || token === undefined) continue;
    if (token.type === 'document') pending.push({ token: token.value, depth });
    if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection') continue;
    if (depth > mostDepth) return token.offset;
    for (const { key, value } of token.items)
      pending.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
  }
  return undefined;
}
