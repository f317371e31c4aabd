import { rulePageOf } from '../src/project/rule-page.ts';
import { rules } from '../src/rules/index.ts';
import { rulesIndex } from '../src/rules/page.ts';

/** The files of docs/rules, by name. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([['README.md', rulesIndex(rules)]]);
  for (const { id } of rules) pages.set(`${id}.md`, (await rulePageOf(id))?.markdown ?? '');
  return pages;
}
