/**
 * Whether a text has the form of a pattern: `*` stands for any text, `|` between alternatives.
 * Takes time in proportion to the text, whatever the pattern.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  return pattern.split('|').some((form) => fitsForm(form.split('*'), text));
}

function fitsForm([first = '', ...others]: readonly string[], text: string): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
