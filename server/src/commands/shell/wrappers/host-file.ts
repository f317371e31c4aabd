import { type Files, fileNamed } from '../state/files.ts';
import { type Field, fieldOf } from '../words/field.ts';
import { knownText } from '../words/text.ts';
import { toolName } from '../words/tool-name.ts';

/** Options that take a file of hosts, the option that takes the hosts themselves, and what stands between them there. */
const options: Readonly<Record<string, { readonly file: RegExp; readonly hosts: string; readonly between: string }>> = {
  ...{ pssh: { file: /^(?:-h|--hosts)$/, hosts: '-H', between: ' ' } },
  ...{ 'parallel-ssh': { file: /^(?:-h|--hosts)$/, hosts: '-H', between: ' ' } },
  ...{ clush: { file: /^--(?:hostfile|machinefile)$/, hosts: '-w', between: ',' } },
};

/** The words with the hosts in the place of a file that the script has written: `pssh -h hosts.txt`, `pdsh -w ^hosts.txt`. */
export function withHosts(words: readonly Field[], files: Files): readonly Field[] {
  const tool = toolName(words[0]?.value ?? '');
  const own = options[tool];
  if (files.size === 0 || (own === undefined && tool !== 'pdsh')) return words;
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (own?.file.test(word.value ?? '') && hostsIn(next, 0, own.between, files)) return [instead(word, own.hosts)];
    const isFile = own?.file.test(words[at - 1]?.value ?? '') === true;
    const isCaret = tool === 'pdsh' && word.value?.startsWith('^') === true;
    if (!isFile && !isCaret) return [word];
    const hosts = hostsIn(word, isCaret ? 1 : 0, own?.between ?? ',', files);
    return [hosts === undefined ? word : instead(word, hosts)];
  });
}

/** The hosts in the file that a word names behind its first characters; a comment is none. */
function hostsIn(word: Field | undefined, from: number, between: string, files: Files): string | undefined {
  const text = fileNamed(word?.value?.slice(from), files);
  const known = text && knownText(text);
  const lines = known?.split('\n').flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  return lines?.filter((name) => name !== '').join(between);
}

function instead({ source, from, to }: Field, text: string): Field {
  return fieldOf([{ text, why: undefined, from, to, exact: false, origin: undefined }], source, true, { from, to });
}
