import type { Command, Redirection } from 'unbash';
import { expandWord } from '../expansion/expand.ts';
import type { Field } from '../words/field.ts';
import type { ShellText } from '../words/text.ts';
import { toolName } from '../words/tool-name.ts';
import type { Walk } from './command.ts';
import { scopeOf } from './command.ts';
import { joined } from './written.ts';

/** Files that the script itself has written, and what it put into them, as far as that is known. */
export type Files = Map<string, ShellText>;

/** What the script has put into the file of that name. */
export function fileNamed(name: string | undefined, files: ReadonlyMap<string, ShellText>): ShellText | undefined {
  return name === undefined ? undefined : files.get(plain(name));
}

function plain(path: string): string {
  return path.replace(/^\.\//, '');
}

const writing = /^(?:>|>\||>>|&>|&>>)$/;

/** Puts down what `cat > drain.sh <<EOF` writes; what is added to a file, or written perhaps, makes it unknown. */
export function writeFiles(node: Command, output: () => ShellText | undefined, walk: Walk): void {
  const { files } = walk.shared;
  let written: { readonly text: ShellText | undefined } | undefined;
  for (const redirect of node.redirects) {
    if (redirect.type !== 'Redirect' || redirect.target === undefined || !writing.test(redirect.operator)) continue;
    const [path, ...others] = expandWord(redirect.target, scopeOf(walk));
    if (path?.value === undefined || others.length > 0) files.clear();
    if (path?.value === undefined || path.value.startsWith('/dev/')) continue;
    const { descriptor } = redirect;
    const isOutput = descriptor === undefined || (descriptor.type === 'FileDescriptor' && descriptor.value === 1);
    const name = plain(path.value);
    const isKnown = isOutput && walk.obstacle === undefined && /^>>?$/.test(redirect.operator);
    const before = redirect.operator === '>>' ? [files.get(name)] : [];
    if (isKnown) written ??= { text: output() };
    const texts = isKnown ? [...before, written?.text].filter((text) => text !== undefined) : [];
    const text = texts.length > before.length ? joined(texts) : undefined;
    if (text === undefined) files.delete(name);
    else files.set(name, text);
  }
}

/** What several commands write together is not put down: `{ …; } > nodes.txt`. */
export function forgetWritten(redirects: readonly Redirection[], walk: Walk): void {
  for (const redirect of redirects) {
    if (redirect.type !== 'Redirect' || redirect.target === undefined || !writing.test(redirect.operator)) continue;
    for (const { value } of expandWord(redirect.target, scopeOf(walk))) forget(value, walk.shared.files);
  }
}

/** Commands that leave a file that they name as it is. */
const leaving = new Set(
  'cat head tail sort uniq shuf grep egrep awk tac wc ls stat file diff less more chmod chown bash sh zsh dash ksh source . kubectl k oc helm scp rsync ssh xargs parallel crontab echo printf test [ jq yamllint shellcheck cut tr while git terraform ansible ansible-playbook docker pssh parallel-ssh clush pdsh'.split(
    ' ',
  ),
);

/** What another command does to a file that it names is not known. */
export function forgetFiles(words: readonly Field[], files: Files): void {
  if (files.size === 0) return;
  const [head, ...args] = words;
  const tool = toolName(head?.value ?? '');
  // `awk -i inplace`; to others the letter means something else (`ssh -i KEY`).
  const isKept = leaving.has(tool) && !(tool === 'awk' && args.some(({ value }) => value === '-i'));
  if (isKept) return;
  for (const { value } of args) forget(value, files);
}

/** A name that is not known may be that of any file. */
function forget(name: string | undefined, files: Files): void {
  if (name === undefined) files.clear();
  else files.delete(plain(name));
}

const readers = new Set(['cat', 'head', 'tail', 'sort', 'uniq', 'shuf', 'grep', 'awk', 'sed', 'tac']);

/** `head -n 3 nodes.txt` as a filter that reads the file, where the script has written it. */
export function asFilter(
  words: readonly Field[],
  files: ReadonlyMap<string, ShellText>,
): { readonly words: readonly Field[]; readonly input: ShellText } | undefined {
  const [head] = words;
  const last = words.at(-1);
  if (files.size === 0 || head === last || !readers.has(toolName(head?.value ?? ''))) return undefined;
  const input = fileNamed(last?.value, files);
  return input && { words: words.slice(0, -1), input };
}

/** The file behind `-f` that the script has written: `kubectl apply -f web.yaml`. */
export function namedFile(words: readonly Field[], files: ReadonlyMap<string, ShellText>): ShellText | undefined {
  if (files.size === 0) return undefined;
  const at = words.findIndex(({ value }) => value === '-f' || value === '--filename');
  const glued = words.flatMap(({ value }) => /^(?:-f|--filename=)(.+)$/.exec(value ?? '')?.[1] ?? [])[0];
  return fileNamed(at < 0 ? glued : words[at + 1]?.value, files);
}
