import { roleIn } from '../../commands/table.ts';
import { leaves, literalOf, partsOf, type UsageItem, usageText } from '../../commands/usage/items.ts';
import { parseUsage } from '../../commands/usage/usage.ts';
import type { Analysis } from '../../lint/analysis.ts';
import type { CommandTool, CommandUsage } from '../../model/commands.ts';
import { sourceSpan } from '../../syntax/decoding/scalar-source.ts';
import { type Span, touches } from '../../syntax/span.ts';
import { roleDocs } from './role-docs.ts';

/** What is known of a usage line at an offset of a fleet or of a commands file: of the role under the cursor, else of the line. */
export function describeUsage(
  analysis: Analysis,
  offset: number,
): { readonly markdown: string; readonly span: Span } | undefined {
  const tools = toolsIn(analysis);
  for (const tool of tools) {
    for (const usage of tool.usages) {
      const { scalar, span } = usage.usage;
      if (!touches(span, offset)) continue;
      const line = usage.usage.value ?? '';
      for (const { 0: word, index } of line.matchAll(/<\w+(?:\.\.\.)?>/g)) {
        const place = sourceSpan(scalar, index, index + word.length);
        const role = roleIn(word) ?? '';
        if (!touches(place, offset)) continue;
        const repeated = word.endsWith('...>') ? ' One or more of them.' : '';
        return { markdown: `\`${word}\`\n\n${roleDocs[role] ?? 'There is no such role.'}${repeated}`, span: place };
      }
      return { markdown: lineText(tool, usage), span };
    }
  }
  return undefined;
}

function toolsIn(analysis: Analysis): readonly CommandTool[] {
  if (analysis.kind === 'commands') return analysis.tools;
  return analysis.kind === 'fleet' ? analysis.fleet.commands : [];
}

function lineText({ tool }: CommandTool, usage: CommandUsage): string {
  const { effect, absent, undo } = usage;
  const name = tool.value ?? '';
  const lines = [
    `\`${name} ${usageText(usage.usage.value)}\``,
    `For example: \`${name} ${exampleOf(parseUsage(usage.usage.value ?? '').items, samples)}\`, which is understood as **${effect?.value ?? 'not told'}**.`,
    ...(absent?.value === undefined ? [] : [`Without a count, a percent or hosts: **${absent.value}**.`]),
    ...(undo?.value === undefined ? [] : [`Undone by \`${usageText(undo.value)}\`.`]),
  ];
  return lines.join('\n\n');
}

const samples: Readonly<Record<string, string>> = {
  subsystem: 'billing',
  group: 'core-a',
  hosts: 'web[1-4]',
  zone: 'zone-a',
  selector: 'role=core',
  target: 'core-a',
  count: '4',
  percent: '10',
  batch: '2',
  pause: '30s',
  environment: 'production',
  command: 'uptime',
  least: '2',
  most: '8',
  _: 'x',
};

/** A command of the form of a usage: what has to be there, and options that say how many or which. */
function exampleOf(items: readonly UsageItem[], values: Readonly<Record<string, string>>): string {
  const said = items.flatMap((item): readonly string[] => {
    if (item.kind === 'choice') return [exampleOf(item.branches[0] ?? [], values)];
    if (item.kind === 'optional') return saysHowMany(item.items) ? [exampleOf(item.items, values)] : [];
    const literal = literalOf(item);
    if (literal !== undefined) return [literal];
    const value = partsOf(item)
      .map((part) => (part.kind === 'literal' ? part.text : (values[part.role] ?? 'x')))
      .join('');
    if (item.kind === 'word') return [value];
    const option = item.names.reduce((a, b) => (b.length > a.length ? b : a), '');
    return item.value === undefined || item.optional ? [option] : [option, value];
  });
  return said.filter((word) => word !== '').join(' ');
}

const telling = new Set(['count', 'hosts', 'target', 'group', 'subsystem']);

function saysHowMany(items: readonly UsageItem[]): boolean {
  return [...leaves(items)].some((leaf) =>
    partsOf(leaf).some((part) => part.kind === 'role' && telling.has(part.role)),
  );
}
