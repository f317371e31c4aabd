import type { CST } from 'yaml';
import { lineStart } from '../line-start.ts';
import { maskedPart, startsWithPlaceholder, unmask } from '../masks.ts';
import { syntaxProblem } from '../mistakes.ts';
import { proseKeys } from '../prose.ts';
import { inQuotes, quoting, shortened } from '../quoting.ts';
import { readScalar } from '../scalars.ts';
import type { Scalar } from '../tree.ts';
import type { Place } from './built.ts';
import type { Reading } from './reading.ts';

/** The scalar of a token; what it holds that has to be quoted is noted. */
export function scalarIn(token: CST.FlowScalar | CST.BlockScalar, { flow }: Place, reading: Reading): Scalar {
  const scalar = readScalar(token, reading.text);
  const { start, end } = scalar.outer;
  if (scalar.damaged) {
    const firstLine = scalar.source.split('\n', 1)[0]?.trimEnd() ?? '';
    const message = `The quote that begins this value is not closed. Write another ${scalar.source[0] ?? '"'} where the value ends.`;
    const close = scalar.source[0] ?? '"';
    const replacement = {
      title: `Close the quote: ${firstLine}${close}`,
      span: { start: start + firstLine.length, end: start + firstLine.length },
      newText: close,
      spelling: false,
    };
    reading.found.push(syntaxProblem(message, start, start + firstLine.length, 'in the entry', replacement));
  } else if (token.type === 'scalar') {
    const reason = reasonToQuote(token.source, flow);
    // `* wait: 5m` in place of a dash: that it is no list is told of the whole.
    const isBullet =
      scalar.source.startsWith('* ') && reading.text.slice(lineStart(reading.text, start), start).trim() === '';
    if (reason !== undefined && !isBullet) {
      const message = `Quote the value: ${reason}. Write ${inQuotes(shortened(scalar.source))}.`;
      reading.found.push(syntaxProblem(message, start, end, 'not at all', quoting(scalar.source, { start, end })));
    }
    noteLostNumber(token, reading);
  }
  return scalar;
}

function reasonToQuote(source: string, flow: boolean): string | undefined {
  const part = maskedPart(source);
  const first = unmask(source.slice(0, 1));
  if (part === 'start') return `a value cannot begin with ${first === '`' ? 'a backtick' : `\`${first}\``}`;
  if (part === 'placeholder' && (flow || startsWithPlaceholder(source))) return 'without quotes `{{` begins a mapping';
  if (!flow || (part !== '[' && part !== '{')) return undefined;
  return `inside braces or brackets, \`${part}\` begins a ${part === '[' ? 'list' : 'mapping'}`;
}

/** `Ticket #42`, `Look at #operations`: what is meant as a part of the value is a comment. A word right after the `#` shows it. */
function noteLostNumber({ source, offset, end }: CST.FlowScalar, { text, found }: Reading): void {
  const comment = end?.find(({ type }) => type === 'comment');
  if (comment === undefined || !/^#[\p{L}\d]/u.test(comment.source) || !/\p{L}/u.test(source)) return;
  if (/[\r\n]/.test(text.slice(offset, comment.offset))) return;
  if (!/^#\d+\b/.test(comment.source) && !isProse(text, offset)) return;
  const written = text.slice(offset, comment.offset + comment.source.trimEnd().length);
  const message = `Quote the value: without quotes \` #\` begins a comment. Write ${inQuotes(written)}, or put a space after the \`#\`.`;
  const span = { start: offset, end: offset + written.length };
  found.push(syntaxProblem(message, span.start, span.end, 'not at all', quoting(written, span, false)));
}

const beforeProse = new RegExp(`(?:^|[\\s{,])(?:${[...proseKeys].join('|')}):[ \\t]+$`);

/** Whether a value is written for people: there `#` is hardly ever meant to begin a comment without a space after it. */
function isProse(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return beforeProse.test(line);
}
