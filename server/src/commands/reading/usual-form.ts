import { type Field, fieldOf, part } from '../shell/words/field.ts';

/** A command in the form in which its tool is declared. */
export function usualForm(words: readonly Field[]): readonly Field[] {
  return withoutOptions(asService(ofWindows(words)));
}

/** The words of a carried command without what stands around them. */
export function carriedForm(words: readonly Field[]): readonly Field[] {
  return withoutBraces(words).map(withoutKey);
}

/** `/etc/init.d/nginx stop` is `service nginx stop`. */
function asService(words: readonly Field[]): readonly Field[] {
  const head = words[0];
  if (head?.value?.startsWith('/etc/') !== true) return words;
  const [, folder = ''] = /^(\/etc\/(?:rc\.d\/)?init\.d\/)[\w.@-]+$/.exec(head.value) ?? [];
  const name = folder === '' ? undefined : part(head, folder.length);
  if (name === undefined) return words;
  const service = { text: 'service', why: undefined, from: head.from, to: head.to, exact: false, origin: undefined };
  return [fieldOf([service], head.source, head.quoted, head), name, ...words.slice(1)];
}

/** `shutdown /r /m \\\\web01` is what Windows is told: its options, with the dash that they may have as well. */
function ofWindows(words: readonly Field[]): readonly Field[] {
  const [head, ...rest] = words;
  const isIt =
    /^shutdown(?:\.exe)?$/.test(head?.value ?? '') && rest.some(({ value = '' }) => /^(?:\/[A-Za-z]$|\\)/.test(value));
  if (head === undefined || !isIt) return words;
  const written = (word: Field, text: string) =>
    fieldOf(
      [{ text, why: undefined, from: word.from, to: word.to, exact: false, origin: undefined }],
      word.source,
      false,
    );
  const options = rest.map((word) =>
    /^\/[A-Za-z]$/.test(word.value ?? '') ? written(word, `-${word.value?.slice(1).toLowerCase()}`) : word,
  );
  return [written(head, 'shutdown.exe'), ...options];
}

/** `ssh $SSH_OPTS web01 …`: a variable of such a name holds options, which say nothing of the host. */
function withoutOptions(words: readonly Field[]): readonly Field[] {
  if (words[0]?.value !== 'ssh') return words;
  const at = words.findIndex(({ pieces: [piece, ...others] }, index) => {
    const isOptions = others.length === 0 && /^`\$\{?\w*(?:OPT|ARG|FLAG)/i.test(piece?.why ?? '');
    return index > 0 && !isOptions;
  });
  return at > 1 ? [words[0], ...words.slice(at)] : words;
}

/** `-ScriptBlock { Restart-Service W3SVC }`. */
function withoutBraces(words: readonly Field[]): readonly Field[] {
  const opens = words[0]?.value?.startsWith('{') === true;
  const closes = opens && words.at(-1)?.value?.endsWith('}') === true;
  return words.flatMap((word, at) => {
    const { value = '' } = word;
    const from = opens && at === 0 ? 1 : 0;
    const to = value.length - (closes && at === words.length - 1 ? 1 : 0);
    if (from === 0 && to === value.length) return [word];
    return to <= from ? [] : (part(word, from, to) ?? word);
  });
}

/** `ansible -a 'cmd="…"'`: the command is the value of a key. */
function withoutKey(word: Field): Field {
  const [whole, quote = '', command] = /^cmd=(["']?)(.+)\1$/s.exec(word.value ?? '') ?? [];
  if (whole === undefined || command === undefined) return word;
  const from = 'cmd='.length + quote.length;
  return part(word, from, from + command.length) ?? word;
}
