import type { Field } from './shell-field.ts';

/** A command that runs the command in its own words: which of its options take a value, and what else stands before it. */
interface Wrapper {
  readonly takingValue: readonly string[];
  /** Words of its own before the command. */
  readonly own?: number;
  /** `NAME=value` words may stand before the command. */
  readonly assigns?: boolean;
  /** With one of these it runs nothing. */
  readonly asksOnly?: readonly string[];
}

const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  [
    'sudo',
    {
      takingValue: [
        ...['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-U', '-D', '-R', '-a'],
        ...['--user', '--group', '--host', '--prompt', '--close-from', '--role', '--type', '--command-timeout'],
        ...['--other-user', '--chdir', '--chroot'],
      ],
      assigns: true,
      asksOnly: ['-l', '--list', '-v', '--validate', '-e', '--edit', '-K', '-V'],
    },
  ],
  ['doas', { takingValue: ['-u', '-C', '-a'] }],
  ['env', { takingValue: ['-u', '-C', '--unset', '--chdir'], assigns: true }],
  ['timeout', { takingValue: ['-k', '-s', '--kill-after', '--signal'], own: 1 }],
  ['nice', { takingValue: ['-n', '--adjustment'] }],
  ['ionice', { takingValue: ['-c', '-n', '-p', '--class', '--classdata'] }],
  ['nohup', { takingValue: [] }],
  ['setsid', { takingValue: [] }],
  ['stdbuf', { takingValue: ['-i', '-o', '-e', '--input', '--output', '--error'] }],
  ['unbuffer', { takingValue: [] }],
  ['chronic', { takingValue: [] }],
  ['time', { takingValue: ['-f', '-o', '--format', '--output'] }],
  ['command', { takingValue: [], asksOnly: ['-v', '-V'] }],
  ['builtin', { takingValue: [] }],
  ['exec', { takingValue: ['-a'] }],
  ['flock', { takingValue: ['-w', '-E', '--timeout', '--conflict-exit-code'], own: 1 }],
  ['watch', { takingValue: ['-n', '--interval'] }],
]);

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash']);

/** What a command comes to once its wrappers are taken off. */
export type Peeled =
  | { readonly kind: 'command'; readonly words: readonly Field[]; readonly repeats: Field | undefined }
  /** Words that a shell reads again: `sh -c '…'`, `eval …`. */
  | { readonly kind: 'script'; readonly words: readonly Field[]; readonly repeats: Field | undefined }
  /** A shell that reads its commands from its input. */
  | { readonly kind: 'input' }
  | { readonly kind: 'nothing' };

/**
 * Takes `sudo`, `timeout 5m`, `env A=1` and the like off a command, and finds the script in `sh -c`.
 * A tool that is declared is left as it is.
 */
export function peel(words: readonly Field[], isDeclared: (tool: string) => boolean): Peeled {
  let rest = words;
  let repeats: Field | undefined;
  for (let rounds = 0; rounds < 20; rounds++) {
    const [head] = rest;
    if (head?.value === undefined) return { kind: 'command', words: rest, repeats };
    const name = toolName(head.value);
    if (isDeclared(name)) return { kind: 'command', words: rest, repeats };
    if (name === 'eval') return { kind: 'script', words: rest.slice(1), repeats };
    if (shells.has(name) || name === 'su') return shellOf(name, rest, repeats);
    const wrapper = wrappers.get(name);
    if (wrapper === undefined) return { kind: 'command', words: rest, repeats };
    if (name === 'watch') repeats ??= head;
    const inner = inside(wrapper, rest);
    if (inner === undefined) return { kind: 'nothing' };
    rest = inner;
  }
  return { kind: 'command', words: rest, repeats };
}

/** The last part of a tool's path. */
export function toolName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function inside(wrapper: Wrapper, words: readonly Field[]): readonly Field[] | undefined {
  const { asksOnly = [], own = 0 } = wrapper;
  let at = afterOptions(words, 1, wrapper.takingValue);
  if (words.slice(1, at).some(({ value }) => value !== undefined && asksOnly.includes(value))) return undefined;
  while (wrapper.assigns === true && /^[A-Za-z_]\w*=/.test(words[at]?.value ?? words[at]?.pieces[0]?.text ?? ''))
    at += 1;
  const rest = words.slice(at + own);
  return rest.length === 0 ? undefined : rest;
}

/** The index of the first word that is neither an option nor an option's value. */
export function afterOptions(words: readonly Field[], start: number, takingValue: readonly string[]): number {
  let at = start;
  for (; at < words.length; at++) {
    const text = words[at]?.value ?? words[at]?.pieces[0]?.text ?? '';
    if (text === '--') return at + 1;
    if (!/^[-+]./.test(text)) return at;
    const lastLetter = /^-[A-Za-z]+$/.test(text) ? `-${text.at(-1)}` : text;
    const firstLetter = text.slice(0, 2);
    const glued = !text.startsWith('--') && text.length > 2 && takingValue.includes(firstLetter);
    if (!glued && (takingValue.includes(text) || takingValue.includes(lastLetter))) at += 1;
  }
  return Math.min(at, words.length);
}

function shellOf(name: string, words: readonly Field[], repeats: Field | undefined): Peeled {
  const takingValue =
    name === 'su' ? ['-s', '--shell', '-g', '--group'] : ['-o', '+o', '-O', '+O', '--rcfile', '--init-file'];
  for (let at = 1; at < words.length; at++) {
    const text = words[at]?.value ?? '';
    const commandFlag = /^-[a-z]*c$/.test(text) || text === '--command';
    if (commandFlag) return { kind: 'script', words: words.slice(at + 1, at + 2), repeats };
    if (text.startsWith('--command=')) return { kind: 'command', words, repeats };
    if (name !== 'su' && text === '-s') return { kind: 'input' };
    if (takingValue.includes(text)) at += 1;
    else if (name !== 'su' && !/^[-+]/.test(text)) return { kind: 'command', words, repeats };
  }
  return name === 'su' ? { kind: 'nothing' } : { kind: 'input' };
}
