/** What kind of file it is. */
export type FileKind = 'runbook' | 'fleet' | 'commands' | 'config' | 'other';

const byName: readonly (readonly [RegExp, FileKind])[] = [
  [/^(?:.*\.)?runbook\.ya?ml$/, 'runbook'],
  [/.\.fleet\.ya?ml$/, 'fleet'],
  [/.\.commands\.ya?ml$/, 'commands'],
  [/^\.runbook-lint\.ya?ml$/, 'config'],
];

/** Decides by the last part of a URI or path, then by what the text begins its lines with (docs/configuration.md); never by what a client calls it. */
export function fileKind(uri: string, text: string): FileKind {
  const path = uri.replace(/[?#].*$/, '').toLowerCase();
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), path.lastIndexOf(':')) + 1);
  const named = byName.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return named[1];
  return /\.ya?ml$/.test(name) || !name.includes('.') ? kindByContent(text) : 'other';
}

/** Looks for keys at the top level without reading the YAML: in a block they stand at the beginning of a line, and nothing else does. */
function kindByContent(text: string): FileKind {
  const has = /^\s*\{/.test(text) ? flowKey(text.slice(0, mostFlow)) : blockKey(firstDocument(text));
  if (has('runbook')) return 'runbook';
  return has('fleet') && has('subsystems') ? 'fleet' : 'other';
}

const mostFlow = 10_000;

function blockKey(text: string): (key: string) => boolean {
  return (key) => new RegExp(`^\uFEFF?(["']?)${key}\\1[ \\t]*:(?:\\s|$)`, 'm').test(text);
}

function flowKey(text: string): (key: string) => boolean {
  return (key) => new RegExp(`[{,]\\s*(["']?)${key}\\1\\s*:`).test(text);
}

/** Up to the marker of a second document. */
function firstDocument(text: string): string {
  const start = Math.max(0, text.search(/^[^\s#%-]/m));
  const length = text.slice(start).search(/^(?:---|\.\.\.)(?:\s|$)/m);
  return length < 0 ? text : text.slice(0, start + length);
}
