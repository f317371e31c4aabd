import type { SyntaxNode } from 'unbash';
import type { Walk } from '../state/command.ts';
import { beside } from '../state/leave.ts';
import { wordsOf } from '../state/typed.ts';
import { type Field, textOfFields } from '../words/field.ts';
import { toolName } from '../words/tool-name.ts';
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

const lockValues = ['-w', '-E', '--timeout', '--wait', '--conflict-exit-code'];

/** The file that `flock FILE CMD` locks for itself alone; undefined where the command takes no such lock, or nobody knows which. */
function lockOf(node: SyntaxNode, walk: Walk): string | undefined {
  const words = node.type === 'Command' && node.name !== undefined ? wordsOf(node, walk) : [];
  const own = words[0]?.value === 'sudo' ? words.slice(1) : words;
  if (toolName(own[0]?.value ?? '') !== 'flock') return undefined;
  const at = afterOptions(own, 1, lockValues);
  return own.slice(1, at).some(({ value = '' }) => /^(?:-[a-z]*[su]|--shared|--unlock)/.test(value))
    ? undefined
    : own[at]?.value;
}

/** Of what goes to the background and locks one file, one runs at a time; beside anything else nobody knows how many do. */
export function locked(node: SyntaxNode, walk: Walk): void {
  const { running } = walk.shared;
  const lock = lockOf(node, walk);
  if (running.open === undefined) running.lock = lock;
  if (running.lock === undefined) return;
  running.gate = { limit: lock === running.lock ? 1 : 'unknown', place: undefined };
}
