import { type Action, type CommandReading, rolls } from '../../commands/action.ts';
import type { Edit } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { firstInBraces } from './braces.ts';

/** The edit that gives a command its count: in place of `--all`, else after its last word. Undefined: its usage takes none as an option. */
export function writtenOption(action: Action, command: CommandReading, figure: string): Edit | undefined {
  const usage = command.usage?.usage.value ?? '';
  const option = optionFor(rolls(action) ? 'batch' : 'count', usage);
  if (action.everythingAt === undefined) return undefined;
  if (option === undefined) return rolls(action) ? undefined : writtenOperand(action, command, usage, figure);
  if (command.words.some(({ value }) => value === option || value?.startsWith(`${option}=`))) return undefined;
  const text = `${option} ${figure}`;
  const { everythingAt: place } = action;
  if (place.start !== action.at.start) return rolls(action) ? undefined : { span: place, newText: text };
  const { end } = command.span;
  return { span: { start: end, end }, newText: ` ${text}` };
}

/** The edit that bounds how many hosts are done at once, by an option of the command or of what carries it there: `pdsh -f 2`. */
export function writtenFanOut({ at, command }: Action, figure: string, context: FixContext): Edit | undefined {
  const inner = command?.span ?? at;
  for (const { span, toolSpan, usage, words } of context.commands.toReversed()) {
    if (span.start > inner.start || span.end < inner.end) continue;
    const usual = usage?.usage.value ?? '';
    const option = optionFor('batch', usual);
    if (option === undefined || words.some(({ role }) => role === 'batch')) continue;
    const [verbs = ''] = /^(?:[a-z][-\w]* )*/.exec(usual) ?? [];
    const { end } = words[verbs.split(' ').length - 1]?.span ?? toolSpan;
    const edit = { span: { start: end, end }, newText: ` ${option} ${figure}` };
    if (context.mends([edit])) return edit;
  }
  return undefined;
}

/** A count that is the last operand of its usage, and that may be left out. */
function writtenOperand(action: Action, { span }: CommandReading, usage: string, figure: string): Edit | undefined {
  const isLast = /\[<count>\](?: \[-[^\]]*\])*$/.test(usage.trim());
  if (!isLast || action.everythingAt?.start !== action.at.start) return undefined;
  return { span: { start: span.end, end: span.end }, newText: ` ${figure}` };
}

/** The long form of the option that takes the role: `--count` of `[-n|--count <count>]`. */
export function optionFor(role: string, usage: string): string | undefined {
  const [, options] = new RegExp(`(?<![\\w<])(-[-\\w|]+)[ =]<${role}>`).exec(usage) ?? [];
  return options?.split('|').at(-1);
}

/** The edit that gives a structured step a batch, in the form that its target is written in. */
export function insertedBatch(figure: string, { step, text }: FixContext): Edit | undefined {
  if (step?.kind !== 'restart' && step?.kind !== 'replace') return undefined;
  const { start } = step.target.span;
  if (text[start] === '{') return firstInBraces(`batch: ${figure}`, text, start + 1);
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^ +$/.test(indent) ? { span: { start, end: start }, newText: `batch: ${figure}\n${indent}` } : undefined;
}
