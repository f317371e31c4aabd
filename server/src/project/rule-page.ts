import { ruleById } from '../rules/index.ts';
import { rulePage } from '../rules/page.ts';
import type { Rule } from '../rules/rule.ts';
import { createProject } from './project.ts';

/** A rule's page in Markdown, with what the linter says of its bad example; undefined where there is no such rule. */
export async function rulePageOf(id: string): Promise<{ readonly rule: Rule; readonly markdown: string } | undefined> {
  const rule = ruleById(id);
  return rule && { rule, markdown: rulePage(rule, await saysOf(rule)) };
}

/** What the rule says of its bad example, a line for each finding. */
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
  return (analysis?.findings ?? [])
    .filter(({ rule }) => rule === id)
    .map(({ span, message }) => {
      const lines = text.slice(0, span.start).split(/\r\n|\n|\r/);
      return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} ${message}`;
    });
}
