import type { Walk } from './command.ts';
import { type Field, textOfFields } from './field.ts';
import { beside } from './leave.ts';
import { parallelValues } from './parallel.ts';
import { afterOptions } from './wrappers.ts';
import { optionField, procs } from './xargs.ts';

const values = [...parallelValues, '--id', '--semaphore-name', '--semaphore-timeout', '--st'];

/** Whether the words are those of GNU sem: `sem -j 4 CMD`, or `parallel --semaphore`. */
export function isSemaphore(tool: string, words: readonly Field[]): boolean {
  const own = () => words.slice(1, afterOptions(words, 1, values));
  return tool === 'sem' || (tool === 'parallel' && own().some(({ value }) => value === '--semaphore'));
}

/** Runs CMD in the background as soon as fewer than `-j` of them run, one where it is left out; `sem --wait` waits for all. */
export function semaphore(words: readonly Field[], walk: Walk): void {
  const { shared } = walk;
  const { running } = shared;
  const at = afterOptions(words, 1, values);
  const options = words.slice(1, at);
  const { atOnce, atOncePlace } = procs(optionField(options, '-j', '--jobs'), 1);
  const limit = atOnce ?? 'unknown';
  // What runs in the background by other means is not counted.
  const isOwn = running.open === undefined || running.gate?.limit === limit;
  if (at < words.length) {
    running.open ??= ++running.last;
    running.gate = { limit: isOwn ? limit : 'unknown', place: atOncePlace };
    const inside: Walk = { ...walk, background: true, input: undefined, depth: walk.depth + 1 };
    beside(shared, () => shared.walkText(textOfFields(words.slice(at)), inside));
  }
  const waits = options.some(({ value }) => value === '--wait' || value === '--fg');
  if (waits && running.gate !== undefined) Object.assign(running, { open: undefined, gate: undefined });
}
