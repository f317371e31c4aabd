import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { shortUsage } from '../src/commands/usage/items.ts';

interface Usage {
  readonly usage: string;
  readonly effect: string;
  readonly lasts?: string;
  readonly speed?: string | { readonly batch: string; readonly absent?: string };
  readonly undo?: string;
  readonly guards?: readonly string[];
  readonly variants?: readonly Variant[];
}

interface Variant {
  readonly if: readonly string[];
  readonly effect?: string;
  readonly speed?: string;
  readonly continue?: boolean;
}

interface Tool {
  readonly tool: string;
  readonly aliases?: readonly string[];
  readonly usages: readonly Usage[];
}

const folder = new URL('../src/commands/builtin/', import.meta.url);

/** The text of docs/tools.md: what each form of the built-in tools means, made from their declarations. */
export function toolPage(): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const sections = files.sort().map((name) => section(readFileSync(new URL(name, folder), 'utf8')));
  return [
    '# Built-in tools\n',
    'These commands are understood without a declaration.',
    'The page is made from the declarations in `server/src/commands/builtin`, which have the format of [your own](commands.md).',
    'In a usage line, `<role>` stands for a value and `[…]` for what may be left out; options may stand in any order, and those that decide nothing are not shown.\n',
    ...sections,
  ].join('\n');
}

function section(text: string): string {
  const head = /^(?:#.*\n)+/.exec(text)?.[0] ?? '';
  const about = head.replaceAll(/^# ?/gm, '').trim();
  const { commands } = parse(text, { schema: 'failsafe' }) as { readonly commands: readonly Tool[] };
  const titles = commands.map(({ tool, aliases = [] }) => [tool, ...aliases].join(', '));
  const rows = commands.flatMap(({ tool, usages }) => usages.map((usage) => row(tool, usage)));
  const table = ['| command | what it does | how to undo it |', '|---|---|---|', ...rows].join('\n');
  return `## ${titles.join('; ')}\n\n${about}\n\n${table}\n`;
}

function row(tool: string, { usage, undo, ...rest }: Usage): string {
  return `| ${code(`${tool} ${shortUsage(usage)}`)} | ${meaning(rest)} | ${undo === undefined ? '' : code(undo)} |`;
}

function meaning({ effect, lasts, speed, guards, variants = [] }: Omit<Usage, 'usage' | 'undo'>): string {
  const pace = typeof speed === 'object' ? `in batches of ${speed.batch}` : speed;
  const said = [effect, lasts, pace, guards && `held back by: ${guards.join(', ')}`].filter(
    (word) => word !== undefined,
  );
  const others = variants.map((variant) => {
    const does = [variant.effect, variant.speed].filter((word) => word !== undefined).join(', ');
    const first = variant.continue === true ? 'first ' : '';
    return `with ${variant.if.map(code).join(' and ')}: ${first}${does === '' ? 'the same' : does}`;
  });
  return [said.join(', ').replaceAll('<', '&lt;'), ...others].join('; ');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
