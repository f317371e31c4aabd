import type { Command } from 'unbash';
import type { Field } from '../words/field.ts';
import type { Gate, Together, Walk } from './command.ts';

/** `wait` waits for all that runs in the background, `wait -n` for one of them: up to there as many run as the script lets. */
export function waitFor(node: Command, words: readonly Field[], walk: Walk): void {
  const { running } = walk.shared;
  if (!words.some(({ value }) => value === '-n')) {
    running.open = undefined;
    running.gate = undefined;
    running.elsewhere = false;
  } else if (running.gate === undefined) setGate(Math.max(0, node.pos - 160), node.pos, walk);
}

/** A `sleep` gives what was left running on other hosts its time; what this script started itself may take longer. */
export function sleepFor([, time]: readonly Field[], { shared, obstacle, background }: Walk): void {
  const { running } = shared;
  const isLong = /[1-9]/.test(time?.value ?? '');
  if (!running.elsewhere || !isLong || background || obstacle !== undefined) return;
  running.open = undefined;
  running.elsewhere = false;
}

/** Walks a script on another host: what it leaves in the background there goes on beside what comes next. */
export function elsewhere({ running }: Walk['shared'], walkScript: () => void): void {
  const before = { ...running };
  running.elsewhere = false;
  walkScript();
  running.elsewhere = before.elsewhere || (before.open === undefined && running.open !== undefined);
  running.open = before.open ?? running.open;
  running.gate = before.gate;
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
export function besides(id: number, gate: Gate | undefined, { background, job }: Walk): Together {
  const inFront = background ? { job } : { inFront: true };
  return gate === undefined
    ? { id, limit: undefined, ...inFront }
    : { id, limit: gate.limit, limitPlace: gate.place, isGate: true, ...inFront };
}
