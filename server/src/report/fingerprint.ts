import type { FileReport } from './report.ts';

/**
 * One mark for each finding, by which a later run knows it again although lines were put in above it:
 * made of the rule, the path and the words of the line, with a number behind it where several are alike.
 */
export function fingerprints({ path, analysis, findings }: FileReport): readonly string[] {
  const times = new Map<string, number>();
  return findings.map(({ rule, span }) => {
    const mark = hash([path, rule, lineAt(analysis.text, span.start)].join('\0'));
    const count = (times.get(mark) ?? 0) + 1;
    times.set(mark, count);
    return `${mark}:${count}`;
  });
}

function lineAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  return line.trim().replace(/\s+/g, ' ');
}

/** FNV-1a of 64 bits, as 16 hexadecimal digits: it need only tell apart, and works in a browser too. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}
