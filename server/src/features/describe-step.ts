import type { CommandReading, CommandWord } from '../commands/action.ts';
import type { RunbookAnalysis } from '../lint/analysis.ts';
import type { StepOutcome, SubsystemFigures, Verdict } from '../simulation/outcome.ts';
import { range } from './inlay-hints.ts';
import type { StepHere } from './steps.ts';

const verdicts: Readonly<Record<Verdict, string>> = {
  safe: 'Safe: every minimum holds.',
  unsafe: 'Unsafe: see the problems on this step.',
  unknown: 'Unknown: it cannot be told what this step does.',
};

/** Before, lowest and after of every subsystem that the step changes, for each fleet. */
export function describeStep({ runs }: RunbookAnalysis, { outcomes }: StepHere): string | undefined {
  const parts = runs.flatMap(({ fleet }, i) => {
    const outcome = outcomes[i];
    if (outcome === undefined) return [];
    const title = runs.length > 1 ? [`On ${fleet.fleet.name?.value ?? fleet.uri}`] : [];
    return [
      [
        ...title,
        verdicts[outcome.verdict],
        ...table(
          outcome,
          fleet.capacity.subsystems.map(({ name }) => name),
        ),
      ].join('\n\n'),
    ];
  });
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

function table(outcome: StepOutcome, names: readonly string[]): readonly string[] {
  const rows = outcome.figures.flatMap((figure, i) => (isStill(figure) ? [] : [row(names[i] ?? '', figure)]));
  if (rows.length === 0) return [];
  const head = '| subsystem | before | lowest | after | minimum | headroom |\n|---|--:|--:|--:|--:|--:|';
  const witness = outcome.actions.flatMap(({ breaches }) => breaches).find((breach) => breach.witness.length > 0);
  const worst = witness?.witness.map(({ group, count }) => `${count} from ${group}`).join(', ');
  return [[head, ...rows].join('\n'), ...(worst === undefined ? [] : [`Worst for ${witness?.subsystem}: ${worst}.`])];
}

function row(name: string, { before, lowest, after, minimum }: SubsystemFigures): string {
  const headroom = lowest.worst - minimum;
  return `| ${name} | ${range(before)} | ${range(lowest)} | ${range(after)} | ${minimum} | ${headroom} |`;
}

function isStill({ before, lowest, after }: SubsystemFigures): boolean {
  return [lowest, after].every(({ worst, best }) => worst === before.worst && best === before.best);
}

/** How a typed command was understood. */
export function describeCommand(here: StepHere, command: CommandReading, word: CommandWord | undefined): string {
  if (!command.declared) return `\`${command.tool}\` is not declared, so what it does to capacity is not known.`;
  if (command.usage === undefined) return `No usage of \`${command.tool}\` that is declared fits this command.`;
  const lines = [`\`${command.tool} ${command.usage.usage.value ?? ''}\``];
  if (word?.role !== undefined) lines.push(`This word is the ${word.role}.`);
  const outcome = here.outcomes[0]?.actions.find(({ action }) => action.command === command);
  const count = outcome?.count;
  const many =
    count === undefined ? '' : count.least === count.most ? ` ${count.most}` : ` ${count.least} to ${count.most}`;
  const target = outcome === undefined || outcome.target.length === 0 ? '' : ` of ${outcome.target.join(', ')}`;
  lines.push(`Understood as: **${command.effect ?? 'no effect'}**${many}${target}.`);
  if (command.undo !== undefined) lines.push(`Undone by \`${command.undo}\`.`);
  return lines.join('\n\n');
}
