import type { CommandReading, CommandWord } from '../../commands/action.ts';
import { shortUsage, usageText } from '../../commands/usage/items.ts';
import type { CommandUsage } from '../../model/commands.ts';
import { duration } from '../../rules/telling/words.ts';
import type { StepHere } from '../steps/walk-steps.ts';
import { roleDocs } from './role-docs.ts';
import { amountText, type Understood, understood, understoodBriefly } from './understood.ts';

const harmless = new Set(['none', 'carry']);
const reversible = new Set(['remove', 'scale-to', 'block', 'guard-off']);
const rolling = new Set(['restart', 'replace']);

/** How a typed command was understood, as Markdown; `word` is the one that is asked about. */
export function describeCommand(here: StepHere, command: CommandReading, word: CommandWord | undefined): string {
  const { tool, usage, effect, declared, undo } = command;
  if (!declared) {
    return `\`${tool}\` is not declared, so what it does to capacity is not known. Declare its usage lines under \`commands\` in the fleet, with \`effect: none\` where it does nothing.`;
  }
  if (usage === undefined) return `No usage of \`${tool}\` that is declared fits this command.`;
  const role =
    word?.role === undefined ? undefined : `This word is its \`<${word.role}>\`: ${lowered(roleDocs[word.role])}`;
  const found = understood(here, command);
  const lines = [
    `\`${tool} ${shortUsage(usage.usage.value)}\``,
    ...(role === undefined ? [] : [role]),
    found === undefined ? harmlessLine(effect) : `Understood as: **${found.effect}**${extent(found)}`,
    ...(found === undefined ? [] : paceLines(found)),
    ...(found?.action.maybe === undefined ? [] : [`It may not be run: ${found.action.maybe.why}.`]),
    ...(found?.obstacle === undefined ? [] : [`It cannot be told what it does: ${found.obstacle}.`]),
    ...guardLines(usage),
    ...(found?.action.unguarded === undefined ? [] : [`\`${found.action.unguarded.value}\` switches that off.`]),
    ...(undo === undefined ? [] : [`Undone by \`${usageText(undo)}\`.`]),
  ];
  return lines.join('\n\n');
}

function lowered(text = 'a word that does not matter.'): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function harmlessLine(effect: string | undefined): string {
  if (effect === undefined || harmless.has(effect)) {
    return effect === 'carry'
      ? 'Understood as: **carry**, it runs another command on hosts.'
      : 'Understood as: **no effect** on capacity.';
  }
  return `Understood as: **${effect}**.`;
}

/** What stands behind the effect in a sentence. */
function extent(found: Understood): string {
  const brief = understoodBriefly(found);
  if (brief === 'cannot tell') return '.';
  if (found.effect === 'scale-to') return `, ${brief.replace(/^scale/, 'the size of')}.`;
  return `${brief.slice(found.effect.length)}.`;
}

function paceLines({ action, effect }: Understood): readonly string[] {
  const { batch, pause, takes, lasts } = action;
  const pace =
    batch !== undefined
      ? `In batches of ${amountText(batch.value)}${pause === undefined ? '' : `, ${duration(pause.value)} apart`}.`
      : rolling.has(effect)
        ? 'All at once.'
        : undefined;
  return [
    ...(pace === undefined ? [] : [pace]),
    ...(takes === undefined ? [] : [`A batch takes ${duration(takes.value)}.`]),
    ...(reversible.has(effect) && lasts === 'permanent' ? ['It is for good: the servers do not come back.'] : []),
    ...(lasts === 'self-healing' ? ['The platform puts back what goes, by itself.'] : []),
  ];
}

function guardLines({ guards }: CommandUsage): readonly string[] {
  const names = guards.flatMap(({ value }) => (value === undefined ? [] : [guardWords[value] ?? `\`${value}\``]));
  return names.length === 0
    ? []
    : [`The platform itself holds back by ${names.join(', ')}; that changes no figure here.`];
}

const guardWords: Readonly<Record<string, string>> = {
  pdb: 'a disruption budget',
  minimum: 'a lower bound of the size',
  prompt: 'a question that has to be answered',
};
