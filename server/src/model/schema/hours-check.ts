import { entryOf, type Node } from '../../syntax/tree.ts';
import { nearest } from '../nearest.ts';
import { parametersIn } from '../parameters.ts';
import { parseSchedule } from '../schedule.ts';
import { isTimeZone, timeZones } from '../time-zone.ts';
import type { SchemaProblem } from './problem.ts';

/** Hours and time zones that cannot be, though they have the right form; a pattern of JSON Schema cannot say it. */
export function hoursProblems(kind: string, node: Node): readonly SchemaProblem[] {
  if (kind === 'runbook') return problemsIn(entryOf(node, 'window')?.value);
  const subsystems = kind === 'fleet' ? entryOf(node, 'subsystems')?.value : undefined;
  if (subsystems?.kind !== 'mapping') return none;
  return subsystems.entries.flatMap(({ value }) => {
    const minimum = entryOf(value, 'minimum')?.value;
    return minimum?.kind === 'sequence' ? minimum.items.flatMap(problemsIn) : none;
  });
}

const none: readonly SchemaProblem[] = [];

function problemsIn(node: Node | undefined): readonly SchemaProblem[] {
  return [
    ...check(entryOf(node, 'during')?.value, duringProblem),
    ...check(entryOf(node, 'timezone')?.value, zoneProblem),
  ];
}

type Told = Pick<SchemaProblem, 'message' | 'replacement'> | undefined;

function check(
  node: Node | undefined,
  tell: (text: string, span: SchemaProblem['span']) => Told,
): readonly SchemaProblem[] {
  if (node?.kind !== 'scalar' || node.damaged || node.style === 'empty') return none;
  if (parametersIn(node.value).length > 0) return none;
  const told = tell(node.value.trim(), node.span);
  return told === undefined ? none : [{ rule: 'schema', span: node.span, ...told }];
}

function duringProblem(text: string): Told {
  if (parseSchedule(text) !== undefined) return undefined;
  const message = `\`${text}\` begins and ends at the same time, or begins at the end of a day. Write \`00:00-24:00\` for a whole day.`;
  return { message };
}

function zoneProblem(text: string, span: SchemaProblem['span']): Told {
  if (isTimeZone(text)) return undefined;
  // A name of three letters is short for several zones, and near to none.
  const meant = text.length > 3 ? nearest(text, timeZones()) : undefined;
  const said = `There is no time zone \`${text}\``;
  if (meant === undefined) {
    return { message: `${said}. Use a name of the IANA database, such as \`America/Los_Angeles\`.` };
  }
  const title = `Did you mean \`${meant.name}\`?`;
  return { message: `${said}. ${title}`, replacement: { title, span, newText: meant.name, spelling: meant.certain } };
}
