/**
 * Turns the built-in tools (server/src/commands/builtin/*.yaml) into a module, so that no YAML is read at run time:
 * every tool is one string of JSON, which is parsed when a command first names the tool.
 * Writes server/src/commands/generated/builtin.js and its types.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
const source = new URL('server/src/commands/builtin/', root);
const target = new URL('server/src/commands/generated/', root);

const types = `/** The declaration of each built-in tool as JSON, by the tool's name. */
export declare const tools: ReadonlyMap<string, string>;
/** The names of tools by their other names. */
export declare const aliases: ReadonlyMap<string, string>;
`;

const files = readdirSync(source).filter((name) => name.endsWith('.yaml'));
const declared = files.sort().flatMap((name) => {
  // Every scalar is a string, as it is where users declare their tools.
  return parse(readFileSync(new URL(name, source), 'utf8'), { schema: 'failsafe' }).commands;
});

const tools = declared.map(({ aliases, ...tool }) => [tool.tool, JSON.stringify(tool)]);
const aliases = declared.flatMap((tool) => (tool.aliases ?? []).map((alias) => [alias, tool.tool]));
const names = [...tools, ...aliases].map(([name]) => name);
const twice = names.find((name, i) => names.indexOf(name) !== i);
if (twice !== undefined) throw new Error(`The built-in tool ${twice} is declared twice.`);

const map = (pairs) => `new Map(${JSON.stringify(pairs)})`;
mkdirSync(target, { recursive: true });
writeFileSync(
  new URL('builtin.js', target),
  `export const tools = ${map(tools)};\nexport const aliases = ${map(aliases)};\n`,
);
writeFileSync(new URL('builtin.d.ts', target), types);
