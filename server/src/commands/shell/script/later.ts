import { obstructed, type Walk } from '../state/command.ts';
import { fileNamed } from '../state/files.ts';
import { type Field, part, spanOf, textOfFields } from '../words/field.ts';
import type { ShellText } from '../words/text.ts';
import { linesIn } from '../wrappers/xargs.ts';

/** `trap 'CMD' EXIT`: what runs when the script ends. What is for other signals runs where something fails, and is left out. */
export function setTrap(words: readonly Field[], { atExit, obstacle }: Walk): void {
  if (words[0]?.value !== 'trap') return;
  const [action, ...signals] = words.slice(1).filter(({ value }) => value !== '--');
  if (action === undefined || !signals.some(({ value = '' }) => /^(?:(?:SIG)?EXIT|0)$/i.test(value))) return;
  atExit.now = action.value === '' || action.value === '-' ? undefined : { action, obstacle };
}

/** Runs what the script has put off until its end. */
export function runTrap(walk: Walk): void {
  const { now } = walk.atExit;
  if (now === undefined) return;
  walk.atExit.now = undefined;
  const ending: Walk = { ...walk, depth: walk.depth + 1 };
  const { action, obstacle } = now;
  walk.shared.walkText(textOfFields([action]), obstacle === undefined ? ending : obstructed(ending, obstacle));
}

/** The hour of a line of `crontab`, and the command behind it. */
const scheduled = /^\s*(?:@[a-z]+|(?:[\d*/,A-Za-z-]+[ \t]+){4}[\d*/,A-Za-z-]+)[ \t]+(?=\S)/;

/** `crontab -`: what its lines do is done again and again, at hours of their own. */
export function runScheduled([head, ...args]: readonly Field[], walk: Walk, read: ShellText | undefined): void {
  const input = fileNamed(args.at(-1)?.value, walk.shared.files) ?? read;
  if (head === undefined || input === undefined) return;
  const why = '`crontab` runs it again and again, at hours of its own';
  for (const line of linesIn(input)) {
    const [hour] = scheduled.exec(line.value ?? '') ?? [];
    const command = hour === undefined ? undefined : part(line, hour.length);
    if (command !== undefined)
      walk.shared.walkText(textOfFields([command]), obstructed(walk, { span: spanOf(head), why }));
  }
}
