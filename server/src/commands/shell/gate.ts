import type { Command } from 'unbash';
import type { Gate, Together, Walk } from './command.ts';
import type { Field } from './field.ts';

/** `wait` waits for all that runs in the background, `wait -n` for one of them: up to there as many run as the script lets. */
export function waitFor(node: Command, words: readonly Field[], walk: Walk): void {
  const { running } = walk.shared;
  if (!words.some(({ value }) => value === '-n')) {
    running.open = undefined;
    running.gate = undefined;
  } else if (running.gate === undefined) setGate(Math.max(0, node.pos - 160), node.pos, walk);
}

/** `jobs` as a command of its own, and neither a word of another, as in `kubectl get jobs`, nor a variable in `(( … ))`. */
export const runsJobs = /(?:^|[\n;&|`!]|(?<!\()\()\s*jobs\b(?![=./-])/;

const jobsCompared = new RegExp(
  `${runsJobs.source}${/[^;\n]*?(?:-(ge|gt)|(>=?))\s*"?(\$?\{?(\w+)\}?)"?[^;\n]*$/.source}`,
);

/** `[ $(jobs -r | wc -l) -ge 4 ]`: how many may run; where that is not known, nobody knows how many do. */
export function setGate(from: number, to: number, walk: Walk): void {
  const { source, variables, shared } = walk;
  const found = jobsCompared.exec(
    source.text
      .slice(from, to)
      .trimEnd()
      .replace(/(?:;|\n)?\s*(?:do|then|&&)?$/, ''),
  );
  const [, less, sign, written = '', name = ''] = found ?? [];
  const text = /^\d+$/.test(name) ? name : variables.get(name)?.words?.[0]?.text;
  const limit =
    text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) + (less === 'gt' || sign === '>' ? 1 : 0) : 0;
  const at = written === '' ? -1 : source.text.indexOf(written, from + (found?.index ?? 0));
  shared.running.gate =
    limit > 0
      ? { limit, place: at < 0 ? undefined : source.span(at, at + written.length) }
      : { limit: 'unknown', place: undefined };
}

/** What runs beside what is in the background. */
export function besides(id: number, gate: Gate | undefined, background: boolean): Together {
  const inFront = background ? {} : { inFront: true };
  return gate === undefined
    ? { id, limit: undefined, ...inFront }
    : { id, limit: gate.limit, limitPlace: gate.place, isGate: true, ...inFront };
}
