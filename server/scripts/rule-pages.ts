import { createProject } from '../src/project/project.ts';
import { positionsIn } from '../src/report/positions.ts';
import { rules } from '../src/rules/index.ts';
import { rulePage, rulesIndex } from '../src/rules/page.ts';
import type { Rule } from '../src/rules/rule.ts';

/** The files of docs/rules, by name. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([['README.md', rulesIndex(rules)]]);
  for (const rule of rules) pages.set(`${rule.id}.md`, rulePage(rule, await saysOf(rule)));
  return pages;
}

/** What the rule says of its bad example. */
async function saysOf({ id, bad }: Rule): Promise<readonly string[]> {
  const [name = ''] = Object.keys(bad);
  const text = bad[name] ?? '';
  const project = createProject({
    read: async (uri) => {
      const found = bad[uri.slice('file:///'.length)];
      return found === undefined ? { why: 'missing' } : { text: found };
    },
    list: async () => Object.keys(bad),
  });
  const analysis = await project.analyse(`file:///${name}`);
  const places = positionsIn(text);
  return (analysis?.findings ?? [])
    .filter(({ rule }) => rule === id)
    .map(({ span, message }) => {
      const { line, column } = places.at(span.start);
      return `${line}:${column} ${message}`;
    });
}
