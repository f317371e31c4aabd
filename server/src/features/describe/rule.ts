import { readSuppression } from '../../lint/suppression/comment.ts';
import { ruleById } from '../../rules/index.ts';
import { lineEnd, lineStart } from '../../syntax/line-start.ts';
import { type Span, touches } from '../../syntax/span.ts';

/** A rule named in a suppression at an offset of a text, and where its name stands. */
export function ruleAt(text: string, offset: number): { readonly id: string; readonly span: Span } | undefined {
  const start = lineStart(text, offset);
  const line = text.slice(start, lineEnd(text, offset));
  const comment = /(?:^|\s)(#+\s*runbook-lint-.*)$/.exec(line)?.[1];
  if (comment === undefined) return undefined;
  const found = readSuppression(comment, start + line.length - comment.length);
  return found?.rules.find(({ span }) => touches(span, offset));
}

/** A rule in short, as its page says it. */
export function describeRule(id: string): string | undefined {
  const rule = ruleById(id);
  if (rule === undefined) return undefined;
  return [`**${rule.id}**: ${rule.title}. Default severity: ${rule.severity}.`, rule.summary, rule.details].join(
    '\n\n',
  );
}
