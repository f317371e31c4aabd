import type { Redirection } from 'unbash';
import type { Hole, ShellText } from '../words/text.ts';

/** Commands of the shell that write nothing. */
const mute = new Set(
  'sleep cd export local declare typeset readonly set unset shift test [ [[ true false : wait trap exit return break continue read let'.split(
    ' ',
  ),
);

/** Whether a command writes into the pipe that it stands in. */
export function writes(tool: string | undefined, redirects: readonly Redirection[]): boolean {
  if (tool !== undefined && mute.has(tool)) return false;
  return !redirects.some(
    ({ type, operator, descriptor }) =>
      type === 'Redirect' &&
      (descriptor === undefined || (descriptor.type === 'FileDescriptor' && descriptor.value === 1)) &&
      /^(?:>|>>|>\||>&|&>|&>>)$/.test(operator),
  );
}

/** Texts that are written one after the other, each on lines of its own; undefined where there are none. */
export function joined(texts: readonly ShellText[]): ShellText | undefined {
  if (texts.length === 0) return undefined;
  const starts: number[] = [];
  const holes = new Map<number, Hole>();
  let text = '';
  for (const one of texts) {
    if (text !== '') text += '\n';
    starts.push(text.length);
    for (const [at, hole] of one.holes) holes.set(text.length + at, hole);
    text += one.text.replace(/\n$/, '');
  }
  const within = (at: number) => {
    const index = Math.max(
      0,
      starts.findLastIndex((start) => start <= at),
    );
    return { own: texts[index], start: starts[index] ?? 0 };
  };
  return {
    text,
    holes,
    span(from, to) {
      const [low, high] = [within(from), within(Math.max(from, to - 1))];
      const first = low.own?.span(from - low.start, Math.min(to - low.start, low.own.text.length));
      const last = high.own?.span(Math.max(0, from - high.start), to - high.start);
      return { start: first?.start ?? 0, end: Math.max(first?.end ?? 0, last?.end ?? 0) };
    },
    origin(from, to) {
      const { own, start } = within(from);
      return own?.origin(from - start, Math.min(to - start, own.text.length));
    },
  };
}
