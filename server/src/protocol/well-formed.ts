/** Requests of which the parameters name a place in the document. */
const atPosition: ReadonlySet<string> = new Set(
  [
    'hover',
    'completion',
    'definition',
    'references',
    'documentHighlight',
    'prepareRename',
    'rename',
    'signatureHelp',
  ].map((name) => `textDocument/${name}`),
);
const inRange: ReadonlySet<string> = new Set(
  ['codeAction', 'inlayHint', 'semanticTokens/range'].map((name) => `textDocument/${name}`),
);

/** What the parameters of a request lack, as a sentence; undefined where they can be read. */
export function lackOf(method: string, params: unknown): string | undefined {
  if (!method.startsWith('textDocument/')) return undefined;
  if (typeof inside(params, 'textDocument', 'uri') !== 'string') return `\`${method}\` needs \`textDocument.uri\`.`;
  if (atPosition.has(method) && !isPosition(inside(params, 'position'))) return `\`${method}\` needs a \`position\`.`;
  const isRanged = isPosition(inside(params, 'range', 'start')) && isPosition(inside(params, 'range', 'end'));
  return inRange.has(method) && !isRanged ? `\`${method}\` needs a \`range\`.` : undefined;
}

function isPosition(value: unknown): boolean {
  return isIndex(inside(value, 'line')) && isIndex(inside(value, 'character'));
}

function isIndex(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function inside(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (now, key) => (typeof now === 'object' && now !== null ? Reflect.get(now, key) : undefined),
    value,
  );
}
