import { rulePageOf } from '../../project/rule-page.ts';
import type { Handler } from '../handler.ts';
import type { RulePage, RulePageParams } from '../messages.ts';

/** The page of a rule, made on the spot: it needs no network. */
export const rulePage: Handler<RulePageParams, RulePage | null> = async (_session, { rule: id }) => {
  const page = await rulePageOf(id);
  return page === undefined ? null : { rule: id, title: page.rule.title, markdown: page.markdown };
};
