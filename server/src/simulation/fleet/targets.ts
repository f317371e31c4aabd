import type { ActionTarget } from '../../commands/action.ts';
import type { Capacity } from './capacity.ts';
import { resolveTarget, type Selection } from './resolve.ts';

/** Targets with the same words mean the same. */
export function wordsOf({ wholeFleet, terms }: ActionTarget): string {
  const only = terms.length === 1 && !wholeFleet ? terms[0] : undefined;
  // Nearly every target is one word, and every step asks for its target.
  if (only !== undefined && only.notation === undefined && only.oneOf === undefined)
    return `${only.role}${only.strict ? '! ' : '  '}${only.text}`;
  let words = wholeFleet ? '*' : '';
  for (const { role, text, strict, notation = '', oneOf } of terms)
    words += `${role}${strict ? '!' : ' '}${notation} ${text} ${oneOf?.value ?? ''}\n`;
  return words;
}

interface Looked {
  readonly outside: readonly string[];
  readonly selections: Map<string, Selection>;
  /** Of targets with words that are not found. */
  readonly unfound: WeakMap<ActionTarget, Selection>;
}

const looked = new WeakMap<Capacity, Looked>();

/** What a target means in the fleet; looked up once for each way of writing it, as long as all of its words are found. */
export function selectionOf(
  target: ActionTarget,
  capacity: Capacity,
  outside: readonly string[],
  words = wordsOf(target),
): Selection {
  let own = looked.get(capacity);
  if (own?.outside !== outside) {
    own = { outside, selections: new Map(), unfound: new WeakMap() };
    looked.set(capacity, own);
  }
  const known = own.selections.get(words) ?? own.unfound.get(target);
  if (known !== undefined) return known;
  const made = resolveTarget(target, capacity, outside);
  // What is not found is told with its place, which is another wherever it is written.
  if (made.unknown.length === 0 && made.obstacle === undefined) own.selections.set(words, made);
  else own.unfound.set(target, made);
  return made;
}
