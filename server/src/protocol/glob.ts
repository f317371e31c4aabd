const known = new Map<string, RegExp>();

/**
 * Whether a pattern covers a path, both with `/` and the path without one in front.
 * `*` and `?` stay inside a name, `**` goes over folders, `{a,b}` is one of several; a pattern without `/` is about the last name.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const expression = known.get(pattern) ?? compiled(pattern);
  known.set(pattern, expression);
  return expression.test(path);
}

/** Whether a pattern covers a path, or a folder that the path is in. */
export function coversGlob(pattern: string, path: string): boolean {
  const folder = pattern.replace(/\/+$/, '');
  return matchesGlob(folder, path) || foldersOf(path).some((above) => matchesGlob(folder, above));
}

function foldersOf(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join('/'));
}

function compiled(pattern: string): RegExp {
  const own = pattern.replace(/^\.?\/+/, '');
  const anywhere = own.includes('/') ? '' : '(?:.*/)?';
  return new RegExp(`^${anywhere}${own.replace(special, translated)}$`, 'i');
}

const special = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[\\^$.|+()[\]{}]/g;

function translated(part: string): string {
  if (part === '**/') return '(?:.*/)?';
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.length > 1)
    return `(?:${part
      .slice(1, -1)
      .split(',')
      .map((choice) => choice.replace(special, translated))
      .join('|')})`;
  return `\\${part}`;
}
