import { readSuppression } from '../lint/suppression-comment.ts';
import { ruleById } from '../rules/index.ts';
import { type Span, touches } from '../syntax/span.ts';

/** A rule named in a suppression at an offset of a text, and where its name stands. */
export function ruleAt(text: string, offset: number): { readonly id: string; readonly span: Span } | undefined {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const rest = text.slice(offset, offset + 1000).search(/[\r\n]/);
  const line = text.slice(start, rest < 0 ? Math.min(text.length, offset + 1000) : offset + rest);
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
