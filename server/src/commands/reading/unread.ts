import { nearest, oneSlip } from '../../model/nearest.ts';
import type { Action, CommandReading, Obstacle, TargetTerm } from '../action.ts';
import type { Carrier } from '../meaning/action.ts';
import { mentioning, opaque } from '../meaning/bare.ts';
import type { ShellCommand } from '../shell/state/command.ts';
import { type Field, placeOf, unknownIn } from '../shell/words/field.ts';
import type { CompiledUsage } from '../table.ts';
import { changingWord, mayChange, namesChange, readsChange } from './undeclared.ts';

const advice = 'Declare what it does, with `effect: none` where it changes no capacity.';

/** What to do about a tool that is not declared: `kubctl` is one slip of the key from another. */
function adviceOn(tool: string, names: readonly string[]): string {
  const meant = tool.length < 4 ? undefined : names.find((name) => oneSlip(tool, name));
  return meant === undefined ? advice : `Did you mean \`${meant}\`? If not, d${advice.slice(1)}`;
}

/**
 * What is to be said of a command that no usage fits: that it cannot be told where it looks as if it changed capacity,
 * nothing where it does not, unless it names something of the fleet.
 */
export function unread(
  command: ShellCommand,
  tool: string,
  usages: readonly CompiledUsage[] | undefined,
  reading: CommandReading,
  names: readonly string[],
  carrier: Carrier | undefined,
): Action | undefined {
  const found = obstacleOf(command, tool, usages, reading, carrier !== undefined);
  const isStrange = found?.advice === advice && usages === undefined;
  const obstacle = isStrange ? { ...found, advice: adviceOn(tool, names) } : found;
  if (obstacle !== undefined) return opaque(obstacle, reading, command);
  const [head, ...words] = command.words;
  if (head === undefined || !mayChange(command.words, tool)) return undefined;
  // `ssh web1 web2 sudo reboot`: what stands where a command is looked for may be a host.
  // Behind a variable that holds the options, `ssh $X web01 uptime`, it is the host.
  const isHost = hostLike.test(head.value ?? '') && carrier?.obstacle === undefined;
  const hosts = isHost ? namesIn(head, 'hosts') : [];
  const isEdit = tool === 'sed';
  const named = words.slice(0, mostWords).flatMap((word) => namesIn(word, isEdit ? 'hosts' : 'target'));
  const mentioned = [...hosts, ...named];
  if (mentioned.length === 0) return undefined;
  if (isEdit) return mentioning(mentioned, { ...rewriting, span: undefined }, reading);
  const why =
    unknownIn(head)?.why ??
    (usages === undefined ? `\`${tool}\` is not declared` : `no usage of \`${tool}\` is declared with these words`);
  const span = usages?.some(({ strict }) => strict) === true ? verbIn(words) : undefined;
  const what = usages === undefined ? adviceOn(tool, names) : advice;
  return mentioning(mentioned, { why, span, advice: what, asCommand: hosts.length > 0 }, reading);
}

/** So many words of a command that nobody declared are looked up. */
const mostWords = 1000;

/** What is to be said of a command that changes a file which names something of the fleet. */
const rewriting = {
  why: 'it changes what a file says of it',
  advice:
    'Say what goes and comes back in steps like `remove` and `restore` beside it, and suppress this with a reason.',
};

/** A name with a number that is no file: `web01`, and not `web01.sh`. */
const hostLike = /^(?!.*\.(?:sh|bash|env|py|rb|pl|js)$)(?=.*\d)[^/]+$/;

/** What stands where a tool of the user's has its verb, which it does not declare. */
function verbIn(words: readonly Field[]): Obstacle['span'] | undefined {
  const [verb] = words;
  return verb?.value !== undefined && /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u.test(verb.value) ? placeOf(verb) : undefined;
}

function obstacleOf(
  { words, input }: Pick<ShellCommand, 'words' | 'input'>,
  tool: string,
  usages: readonly CompiledUsage[] | undefined,
  reading: CommandReading,
  isCarried: boolean,
): Obstacle | undefined {
  const [head] = words;
  if (head === undefined) return undefined;
  const word = changingWord(words, tool);
  const reads = input !== undefined && readsChange(input.text, tool);
  const hole = words.slice(0, 3).find(({ value }) => value === undefined);
  if (head.value === undefined) {
    // A script that is read from `drain.sh`, or made of the names that something lists; or nothing at all is known of what a host is told to do.
    const unknown = unknownIn(head);
    const isMade = (isCarried && words.length === 1) || head.pieces.some(({ drawn }) => drawn !== undefined);
    return word !== undefined || isMade || namesChange(unknown?.why ?? '') ? unknown : undefined;
  }
  if (usages !== undefined) {
    const near = nearVerb(words, usages);
    if (near !== undefined) return near;
    if (word !== undefined)
      return { span: placeOf(word), why: `no usage of \`${tool}\` is declared with these words`, advice };
    if (reads) return { span: reading.toolSpan, why: 'what it reads looks as if it changed capacity' };
    return hole === undefined ? undefined : unknownIn(hole);
  }
  const isTold = word !== undefined || reads;
  return !isTold ? undefined : { span: reading.toolSpan, why: `\`${tool}\` is not declared`, advice };
}

/** A word that is a slip or two away from a verb that changes something; of a built-in tool not every verb is declared, so that one slip counts. */
function nearVerb(words: readonly Field[], usages: readonly CompiledUsage[]): Obstacle | undefined {
  const all = new Set(usages.flatMap(({ literals }) => literals));
  const verbs = usages.flatMap(({ literals, usage }) => (usage.effect?.value === 'none' ? [] : literals));
  const tool = words[0]?.value ?? '';
  const isStrict = usages.some(({ strict }) => strict);
  for (const [index, field] of words.slice(1, 9).entries()) {
    const { value: name = '' } = field;
    if (name.startsWith('-') || all.has(name)) continue;
    // `deployment` and `deployments` may stand side by side.
    const isPlural = (verb: string) => name === `${verb}s` || verb === `${name}s`;
    const among = isStrict ? verbs : verbs.filter((verb) => oneSlip(name, verb) && !isPlural(verb));
    const near = name.length < 4 ? undefined : nearest(name, among)?.name;
    // A word that is no slip of a verb begins a command of its own (`kubectl argo rollouts`); one behind an option may be its value.
    // Of a user's own tool all is declared, and a name may stand before the verb (`pool web drain`).
    if (near === undefined && !isStrict && words[index]?.value?.startsWith('-') !== true) return undefined;
    if (near === undefined) continue;
    const isSlip = isStrict || name.length > 4;
    const slip = isSlip ? ({ kind: 'verb', tool, name, among: [...new Set(verbs)] } as const) : undefined;
    return { span: placeOf(field), why: `no usage declares \`${name}\``, advice: `Did you mean \`${near}\`?`, slip };
  }
  return undefined;
}

/** `web01.yml` is a file that is about a host. */
const ofFile = /\.(?:ya?ml|json|toml|conf|cfg|ini|txt|md|csv|log|sql|tf|tpl|gpg|pem|key|crt|gz|tgz|zip|done|bak)$/;
const folder = /^(?:~|\/(?:etc|var|opt|usr|srv|home|tmp|run|root|dev|proc|sys|mnt))\//;

/** Words that could be names, those inside a word too: the last part of a URL, the value of an option. */
function namesIn(field: Field, role: 'target' | 'hosts'): readonly TargetTerm[] {
  const { value } = field;
  if (value === undefined || value.length > 400) return [];
  // In which folder a file of this host lies says nothing of the fleet.
  if (role === 'target' && folder.test(value)) return [];
  const whole = /^[\p{L}\p{M}\p{N}_.[\],:-]+$/u.test(value) && !value.startsWith('-') ? [{ text: value, from: 0 }] : [];
  const parts = [...value.matchAll(/[\p{L}\p{M}\p{N}_.-]+/gu)].map(({ 0: text, index }) => ({ text, from: index }));
  const others = parts.filter(({ text }) => text !== value && !text.startsWith('-'));
  return [...whole, ...others]
    .filter(({ text }) => role === 'hosts' || !ofFile.test(text))
    .slice(0, 20)
    .map(
      ({ text, from }): TargetTerm => ({
        role,
        text,
        span: placeOf(field, from, from + text.length),
        strict: false,
      }),
    );
}
