import type { Field } from '../words/field.ts';
import type { Walk } from './command.ts';

/** Nothing runs behind a `break`, `continue` or `return`, as long as it is certain that it is reached. */
export function leave(
  tool: 'break' | 'continue' | 'return',
  words: readonly Field[],
  { shared: { leaving }, obstacle }: Walk,
): void {
  if (tool === 'return') {
    if (leaving.calls > 0 && obstacle === undefined) leaving.now = 'call';
  } else if (leaving.loops > 0 && obstacle === undefined && words.length === 1)
    leaving.now = tool === 'break' ? 'loop' : 'turn';
}

/** Walks what runs in a shell beside this one, `$( … )` or before a `&`: what is left there is left there alone. */
export function beside({ leaving }: Walk['shared'], walk: () => void): void {
  const { now } = leaving;
  walk();
  leaving.now = now;
}

/** Walks a script that another shell reads, which has no loop and no function around it. */
export function apart(shared: Walk['shared'], walk: () => void): void {
  const { leaving } = shared;
  const { loops, calls } = leaving;
  Object.assign(leaving, { loops: 0, calls: 0 });
  beside(shared, walk);
  Object.assign(leaving, { loops, calls });
}
