/** A change of a text: what stands from `start` up to `end`, in UTF-16 units, becomes `newText`. */
interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * Lets a runbook name its fleet: the value of its top-level `fleet:` is replaced, whatever form it has;
 * where there is none, a line is put below `runbook:`, or at the top.
 * @param path of the fleet from the runbook, with `/`
 */
export function nameFleet(text: string, path: string): TextChange {
  const value = /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  // The key, its value on the same line but for a comment, and further lines that belong to it.
  const present = /^fleet[ \t]*:[ \t]*([^\r\n#]*[^\s#])?([ \t]+#[^\r\n]*)?(?:\r?\n(?:[ \t]+[^\r\n]*|-[^\r\n]*))*/m.exec(
    text,
  );
  if (present !== null) {
    const newText = `fleet: ${value}${present[2] ?? ''}`;
    return { start: present.index, end: present.index + present[0].length, newText };
  }
  const title = /^runbook[ \t]*:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*/m.exec(text);
  if (title === null) return { start: 0, end: 0, newText: `fleet: ${value}${eol}` };
  const at = title.index + title[0].length;
  return { start: at, end: at, newText: `${eol}fleet: ${value}` };
}

/** The way from a file to another one of the same file system, both as absolute paths with `/`. */
export function relativePath(from: string, to: string): string {
  const folders = from.split('/').slice(0, -1);
  const target = to.split('/');
  let same = 0;
  while (same < folders.length && same < target.length - 1 && folders[same] === target[same]) same += 1;
  const up = folders.slice(same).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...target.slice(same)].join('/');
}
