import { type Field, fieldOf, part } from '../words/field.ts';
import { toolName } from '../words/tool-name.ts';

/** A command that runs the command in its own words: which of its options take a value, and what else stands before it. */
interface Wrapper {
  readonly takingValue: readonly string[];
  /** Words of its own before the command. */
  readonly own?: number;
  /** `NAME=value` words may stand before the command. */
  readonly assigns?: boolean;
  /** With one of these it runs nothing. */
  readonly asksOnly?: readonly string[];
  /** The command may stand behind a `--`; what stands before it is the wrapper's own. */
  readonly dashes?: boolean;
  /** Options whose value a shell reads: `flock FILE -c '…'`. */
  readonly script?: readonly string[];
  /** A single word is read by a shell: `watch 'a | b'`. */
  readonly readsWord?: boolean;
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
  ['env', { takingValue: ['-u', '-C', '--unset', '--chdir'], assigns: true, script: ['-S', '--split-string'] }],
  ['timeout', { takingValue: ['-k', '-s', '--kill-after', '--signal'], own: 1 }],
  ['nice', { takingValue: ['-n', '--adjustment'] }],
  ['ionice', { takingValue: ['-c', '-n', '-p', '--class', '--classdata'] }],
  ['nohup', { takingValue: [] }],
  ['setsid', { takingValue: [] }],
  ['stdbuf', { takingValue: ['-i', '-o', '-e', '--input', '--output', '--error'] }],
  ['unbuffer', { takingValue: [] }],
  ['strace', { takingValue: ['-a', '-b', '-e', '-E', '-I', '-o', '-O', '-p', '-P', '-s', '-S', '-u', '-X'] }],
  ['chronic', { takingValue: [] }],
  ['time', { takingValue: ['-f', '-o', '--format', '--output'] }],
  ['command', { takingValue: [], asksOnly: ['-v', '-V'] }],
  ['builtin', { takingValue: [] }],
  ['exec', { takingValue: ['-a'] }],
  [
    'flock',
    {
      takingValue: ['-w', '-E', '--timeout', '--wait', '--conflict-exit-code'],
      own: 1,
      script: ['-c', '--command'],
    },
  ],
  ['watch', { takingValue: ['-n', '--interval'], readsWord: true }],
  ['script', { takingValue: ['-c', '-t', '-o', '--command'], script: ['-c', '--command'] }],
  [
    'screen',
    {
      takingValue: ['-S', '-c', '-e', '-h', '-p', '-s', '-t', '-T'],
      asksOnly: ['-r', '-x', '-R', '-ls', '-list'],
      readsWord: true,
    },
  ],
  [
    'tmux',
    { takingValue: ['-s', '-n', '-c', '-t', '-x', '-y', '-F', '-e', '-L', '-S', '-f'], own: 1, readsWord: true },
  ],
  ['retry', { takingValue: ['-t', '-d', '-m', '--times', '--delay', '--max'], dashes: true, own: -1 }],
  ['runuser', { takingValue: ['-u', '-g', '-G', '--user', '--group'] }],
  ['gosu', { takingValue: [], own: 1 }],
  ['su-exec', { takingValue: [], own: 1 }],
  ['taskset', { takingValue: [], own: 1 }],
  ['chrt', { takingValue: ['-T', '-P', '-D'], own: 1 }],
  ['setpriv', { takingValue: [] }],
  ['caffeinate', { takingValue: ['-t', '-w'] }],
  ['proxychains', { takingValue: ['-f'] }],
  ['torsocks', { takingValue: [] }],
  [
    'systemd-run',
    {
      takingValue: [
        ...['-u', '-p', '-E', '-M', '-H', '--unit', '--property', '--slice', '--description', '--setenv', '--uid'],
        ...['--gid', '--on-active', '--on-calendar', '--nice', '--working-directory'],
      ],
    },
  ],
  ['aws-vault', { takingValue: ['-d', '-t', '-n', '--duration', '--region'], dashes: true, own: 2 }],
  ['chamber', { takingValue: [], dashes: true, own: 2 }],
  ['doppler', { takingValue: ['-p', '-c', '-t', '--project', '--config', '--token'], dashes: true, own: 1 }],
  ['op', { takingValue: ['--env-file', '--account'], dashes: true, own: 1 }],
  ['infisical', { takingValue: [], dashes: true, own: 1 }],
  ['saml2aws', { takingValue: [], dashes: true, own: 1 }],
  // Kubernetes in a box, with a kubectl of its own.
  ...(['k3s', 'k0s', 'microk8s', 'rancher'] as const).map((name): [string, Wrapper] => [name, { takingValue: [] }]),
  ['direnv', { takingValue: [], own: 2 }],
  ['bundle', { takingValue: [], own: 1 }],
  ['poetry', { takingValue: [], own: 1 }],
  ['pipenv', { takingValue: [], own: 1 }],
  ['uv', { takingValue: ['--with', '--python', '-p', '--env-file'], own: 1 }],
]);

/** Wrappers that do other things too: they run a command only behind this word. */
const runsBehind: Readonly<Record<string, RegExp>> = {
  ...{ 'aws-vault': /^exec$/, chamber: /^exec$/, direnv: /^exec$/, bundle: /^exec$/ },
  ...{
    doppler: /^run$/,
    op: /^run$/,
    infisical: /^run$/,
    saml2aws: /^exec$/,
    poetry: /^run$/,
    pipenv: /^run$/,
    uv: /^run$/,
    k3s: /^kubectl$/,
    k0s: /^kubectl$/,
    microk8s: /^kubectl$/,
    rancher: /^kubectl$/,
    tmux: /^(?:new|new-session|neww|new-window|splitw|split-window)$/,
  },
};

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'rbash']);
/** They run a script, which may be a tool that is declared: `python3 bin/drain.py web01`, `python3 -m drain web01`. */
const interpreters = new Set(['python', 'python2', 'python3', 'ruby', 'perl', 'node', 'php']);
/** Logins that run a command as somebody else. */
const logins = new Set(['su', 'runuser']);
/** Wrappers that are a login where they have no command. */
const becoming = new Set(['sudo', 'doas']);

/** What a command comes to once its wrappers are taken off. */
type Peeled =
  | { readonly kind: 'command'; readonly words: readonly Field[]; readonly repeats: Field | undefined }
  /** Words that a shell reads again: `sh -c '…'`, `eval …`. */
  | {
      readonly kind: 'script';
      readonly words: readonly Field[];
      /** Behind the script of `sh -c`: its `$0`, `$1` and so on. */
      readonly args: readonly Field[];
      readonly repeats: Field | undefined;
    }
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
    rest = [...rest.slice(0, 1).map(byLastPart), ...rest.slice(1)];
    const [head] = rest;
    if (head?.value === undefined) return { kind: 'command', words: rest, repeats };
    const name = toolName(head.value);
    if (isDeclared(name)) return { kind: 'command', words: rest, repeats };
    if (name === 'at' || name === 'batch') return { kind: 'input' };
    if (name === 'eval') return { kind: 'script', words: rest.slice(1), args: [], repeats };
    if (shells.has(name) || (logins.has(name) && !runsAs(name, rest))) return shellOf(name, rest, repeats);
    const script = interpreters.has(name) ? rest.slice(afterOptions(rest, 1, ['-W', '-X', '-I', '-r'])) : [];
    const file = toolName(script[0]?.value ?? '');
    if (isDeclared(file) || /\.(?:py|rb|pl|js|php)$/.test(file)) return { kind: 'command', words: script, repeats };
    // What is read into the shell is a script of its own.
    if ((name === 'source' || name === '.') && rest.length > 1)
      return { kind: 'command', words: rest.slice(1), repeats };
    const wrapper = wrappers.get(name);
    if (wrapper === undefined) return { kind: 'command', words: rest, repeats };
    const behind = runsBehind[name];
    if (behind !== undefined && !behind.test(rest[1]?.value ?? '')) return { kind: 'command', words: rest, repeats };
    if (name === 'watch') repeats ??= head;
    const inner = inside(wrapper, rest);
    const read = scriptIn(wrapper, rest.slice(0, rest.length - (inner?.length ?? 0)), rest);
    if (read !== undefined) return { kind: 'script', words: read, args: [], repeats };
    // `sudo -i <<EOF` is a shell of somebody else.
    if (inner === undefined) return { kind: becoming.has(name) ? 'input' : 'nothing' };
    if (wrapper.readsWord === true && inner.length === 1) return { kind: 'script', words: inner, args: [], repeats };
    rest = inner;
  }
  return { kind: 'command', words: rest, repeats };
}

/** The profile that `aws-vault exec PROFILE` gives the command that it runs. */
export function profileIn(wrapping: readonly Field[]): Field | undefined {
  const at = wrapping.findIndex(({ value = '' }) => toolName(value) === 'aws-vault');
  return at < 0 ? undefined : wrapping.slice(at + 2).find(({ value = '-' }) => !value.startsWith('-'));
}

/** `$KAFKA_HOME/bin/kafka-server-stop.sh`: in which folder a tool stands need not be known. */
function byLastPart(head: Field): Field {
  if (head.value !== undefined) return head;
  const known = head.pieces.slice(head.pieces.findLastIndex(({ text }) => text === undefined) + 1);
  const [, folder, name] = /^(.*)(\/[^/]+)$/.exec(known.map(({ text = '' }) => text).join('')) ?? [];
  const path = name && part(fieldOf(known, head.source, head.quoted), folder?.length ?? 0);
  return path ? path : head;
}

function inside(wrapper: Wrapper, words: readonly Field[]): readonly Field[] | undefined {
  const { asksOnly = [], own = 0, dashes = false } = wrapper;
  const dash = dashes ? words.findIndex(({ value }) => value === '--') : -1;
  if (dash > 0) return dash + 1 < words.length ? words.slice(dash + 1) : undefined;
  let at = afterOptions(words, 1, wrapper.takingValue);
  if (words.slice(1, at).some(({ value }) => value !== undefined && asksOnly.includes(value))) return undefined;
  while (wrapper.assigns === true && /^[A-Za-z_]\w*=/.test(words[at]?.value ?? words[at]?.pieces[0]?.text ?? ''))
    at += 1;
  if (own < 0) while (/^\d+[smh]?$/.test(words[at]?.value ?? '')) at += 1;
  for (let left = own; left > 0; left--) at = afterOptions(words, at + 1, wrapper.takingValue);
  const rest = words.slice(at);
  return rest.length === 0 ? undefined : rest;
}

/** The word that a shell reads behind an option of the wrapper; an option of the command that it runs is none. */
function scriptIn(
  { script = [] }: Wrapper,
  own: readonly Field[],
  words: readonly Field[],
): readonly Field[] | undefined {
  // `script -qc '…'`: flags in front of the letter.
  const at = own.findIndex(
    ({ value = '' }) => script.includes(value) || (/^-[A-Za-z]+$/.test(value) && script.includes(`-${value.at(-1)}`)),
  );
  return at < 0 ? undefined : words.slice(at + 1, at + 2);
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

/** `runuser -u nginx -- CMD` hands its words on, other than `runuser - nginx -c '…'`. */
function runsAs(name: string, words: readonly Field[]): boolean {
  return name === 'runuser' && words.some(({ value = '' }) => /^(?:-u|--user)/.test(value));
}

function shellOf(name: string, words: readonly Field[], repeats: Field | undefined): Peeled {
  const isLogin = logins.has(name);
  const takingValue = isLogin
    ? ['-s', '--shell', '-g', '--group']
    : ['-o', '+o', '-O', '+O', '--rcfile', '--init-file'];
  for (let at = 1; at < words.length; at++) {
    const text = words[at]?.value ?? '';
    // `bash -n x.sh` reads the script and runs nothing of it.
    if (!isLogin && /^-[euvx]*n[euvx]*c?$/.test(text)) return { kind: 'nothing' };
    const commandFlag = /^-[a-z]*c$/.test(text) || text === '--command';
    if (commandFlag)
      return { kind: 'script', words: words.slice(at + 1, at + 2), args: isLogin ? [] : words.slice(at + 2), repeats };
    const word = words[at];
    const glued = word && text.startsWith('--command=') ? part(word, '--command='.length) : undefined;
    if (glued !== undefined) return { kind: 'script', words: [glued], args: [], repeats };
    if (!isLogin && text === '-s') return { kind: 'input' };
    if (takingValue.includes(text)) at += 1;
    else if (!isLogin && !/^[-+]/.test(text)) return { kind: 'command', words: words.slice(at), repeats };
  }
  return { kind: 'input' };
}
