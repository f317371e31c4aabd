/** Where lines begin and end in a text, for features that speak of lines. A line feed, a carriage return, or both end one. */
export interface Lines {
  readonly count: number;
  /** The line that an offset is in. */
  at(offset: number): number;
  start(line: number): number;
  /** Where the line's own text ends, before its line break. */
  end(line: number): number;
}

/** The lines of a text, which is searched once. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) i += 1;
    if (code === 10 || code === 13) starts.push(i + 1);
  }
  const start = (line: number) => starts[line] ?? text.length;
  return {
    count: starts.length,
    start,
    at(offset) {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },
    end(line) {
      let end = line + 1 < starts.length ? start(line + 1) : text.length;
      while (end > start(line) && /[\r\n]/.test(text[end - 1] ?? '')) end -= 1;
      return end;
    },
  };
}
