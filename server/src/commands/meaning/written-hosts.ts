import { type Field, fieldOf, part } from '../shell/words/field.ts';

/** The host in `$USER@web01`, `ssh://ops@web01:22` and `\\web01`: whose login it is, and how it is spoken to, does not matter. */
export function hostIn(word: Field): Field {
  if (word.value !== undefined) {
    const [, before, host] = /^([a-z][a-z+]*:\/\/(?:[^/@]*@)?|\\+)([^/:?#\\]+)/.exec(word.value) ?? [];
    const from = before?.length ?? 0;
    return (host && part(word, from, from + host.length)) || word;
  }
  const at = word.pieces.findLastIndex(({ text }) => text?.includes('@') === true);
  const piece = word.pieces[at];
  if (piece?.text === undefined) return word;
  const cut = piece.text.lastIndexOf('@') + 1;
  const host = { ...piece, text: piece.text.slice(cut), from: piece.exact ? piece.from + cut : piece.from };
  return fieldOf([host, ...word.pieces.slice(at + 1)], word.source, word.quoted);
}

/** Tools that speak to the management controller of a host, which has a name of its own in the network. */
const managing: ReadonlySet<string> = new Set(['ipmitool', 'ipmipower', 'powerman', 'racadm', 'redfishtool']);
const kinds = 'ipmi|bmc|i?lo|ilom|i?drac|oob|mgmt|mgt|imm|xcc|cimc|lom|rac|rsa|rib|sp|con|console|lights-?out';
/** Behind the name, `web01-ipmi`, `web01.ilo`, `web01-idrac.example.com`, or before it, `bmc-web01`. */
const behind = new RegExp(`^([^.]*[^.-])[-_.](?:${kinds})(?=\\.|$)`, 'i');
const before = new RegExp(`^(?:${kinds})[-_.](?=.)`, 'i');

/** Tools of xCAT, whose ranges are written with the names of both ends, or with how many come after the first. */
const ofXcat: ReadonlySet<string> = new Set(['rpower', 'xdsh', 'psh', 'rsetboot', 'rinstall']);

/** What a word of a tool that has names of its own for hosts says in node-set notation. */
export function hostNamed(name: string, tool = ''): string {
  if (managing.has(tool)) return name.replace(behind, '$1').replace(before, '');
  return ofXcat.has(tool) ? nodeRange(name) : name;
}

/** `node001-node010` and `node001+9`: the form is that of noderange(3). */
function nodeRange(name: string): string {
  const [, stem = '', first, last, more] = /^(\D*)(\d+)(?:[-:]\1(\d+)|\+(\d{1,5}))$/.exec(name) ?? [];
  if (first === undefined) return name;
  const end = last ?? `${Number(first) + Number(more)}`.padStart(first.length, '0');
  return `${stem}[${first}-${end}]`;
}
