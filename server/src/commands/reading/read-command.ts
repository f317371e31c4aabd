import type { Seconds } from '../../model/leaf.ts';
import { type Span, sameSpan } from '../../syntax/span.ts';
import type { Action, CommandReading, CommandWord } from '../action.ts';
import { type Match, matchUsage } from '../match/match.ts';
import { actionOf, type Carrier, effectsOf } from '../meaning/action.ts';
import { opaque, waiting } from '../meaning/bare.ts';
import { carrierOf } from '../meaning/carrier.ts';
import { environmentsOf } from '../meaning/environment.ts';
import { eachPair, withoutFigures } from '../meaning/pairs.ts';
import { perhapsRecreated, recreating } from '../meaning/recreate.ts';
import { isTargetRole } from '../meaning/target.ts';
import { withFanOut } from '../meaning/variables.ts';
import type { ShellCommand } from '../shell/state/command.ts';
import { type Field, part, placeOf, spanOf, textOfFields } from '../shell/words/field.ts';
import { wholeOf } from '../shell/words/place.ts';
import { onlyHole, type ShellText } from '../shell/words/text.ts';
import { toolName } from '../shell/words/tool-name.ts';
import { peel } from '../shell/wrappers/wrappers.ts';
import type { CommandTable, CompiledUsage } from '../table.ts';
import { statementsOf } from './statements.ts';
import { typographic } from './typography.ts';
import { mentionsChange } from './undeclared.ts';
import { unread } from './unread.ts';
import { carriedForm, usualForm } from './usual-form.ts';

/** Where the readings of a script are gathered. */
export interface Gathered {
  readonly commands: CommandReading[];
  add(action: Action, command: Pick<ShellCommand, 'together' | 'within'>): void;
}

/** Reads one command: what it was understood as, and what it changes. A carried command is read with it. */
export function readCommand(
  command: ShellCommand,
  table: CommandTable,
  gathered: Gathered,
  carrier: Carrier | undefined,
): void {
  const all = usualForm(command.words);
  const head = all[0];
  if (head === undefined) return;
  const words = all.slice(1);
  const typed = head.value;
  const tool = toolName(typed ?? '');
  if (tool === 'sleep' && !table.declares('sleep')) {
    const seconds = command.background || command.obstacle !== undefined ? 0 : slept(words);
    if (seconds > 0) gathered.add(waiting(seconds, spanOf(head)), command);
  }
  const usages = table.usagesOf(tool);
  const statements = usages?.some(({ strict }) => strict) ? [] : statementsOf(command, tool);
  for (const words of statements) readCommand({ ...command, words, input: undefined }, table, gathered, carrier);
  if (statements.length > 0) return;
  const found = usages === undefined ? undefined : matchUsage(words, usages, command.input);
  const match = found && withFanOut(found, head, command.variables);
  const effects =
    match === undefined || asksForHelp(words, match, usages) ? [] : effectsOf(match, carrier, table.served);
  const effect = effects[0]?.effect;
  const reading: CommandReading = {
    tool: typed === undefined ? '' : tool,
    span: wholeOf(command.words),
    toolSpan: toolSpan(head, tool),
    words: readWords(command.words, found),
    usage: match?.usage.usage,
    declared: usages !== undefined,
    effect,
    undo: match === undefined || effect === 'none' ? undefined : undoOf(match, tool),
    environments: environmentsOf(match, effect, command.variables),
  };
  // The turns of a loop and the calls of a function stand on the same words.
  const isTold = gathered.commands.some(({ tool, span }) => tool === reading.tool && sameSpan(span, reading.span));
  if (!isTold) gathered.commands.push(reading);
  if (match === undefined) {
    const action = unread(command, tool, usages, reading, table.names, carrier);
    if (action !== undefined) gathered.add(action, command);
    return;
  }
  if (asksForHelp(words, match, usages)) return;
  const printed = effect === 'none' || (effect === 'carry' && !mentionsChange(words)) ? undefined : typographic(words);
  if (printed !== undefined) {
    gathered.add(opaque(printed, reading, command), command);
    return;
  }
  for (const [index, does] of effects.entries()) {
    for (const one of eachPair(index === 0 ? match : withoutFigures(match), does.effect)) {
      const action = actionOf(one, does, reading, carrier, command);
      if (action !== undefined) gathered.add(action, command);
    }
  }
  const again = effect === 'restore' ? recreating(match, reading, gathered.commands) : undefined;
  const action = again && actionOf(withoutFigures(match), again, reading, carrier, command);
  if (action !== undefined) gathered.add(perhapsRecreated(action), command);
  if (effect === 'carry') carry(command, match, table, gathered, reading, carrier);
}

function asksForHelp(
  words: readonly Field[],
  { usage, carried, literals }: Match,
  usages: readonly CompiledUsage[] = [],
): boolean {
  const own = carried[0] === undefined ? words : words.slice(0, words.indexOf(carried[0]));
  // `aws ec2 terminate-instances help`; a tool of the user's may know something of that name.
  const isHarmless = usage.usage.effect?.value === 'none';
  const last = own.at(-1)?.value ?? '';
  if (!isHarmless && !usage.strict && last === 'help') return true;
  // `helm uninstall -h`, `terraform destroy -help`; where there is no verb the letter may mean something else, `halt -h`.
  const isAsked = (last === '-h' && literals.length > 0) || last === '-help' || last === '--version';
  if (isAsked && !usage.strict && !usages.some(({ options }) => options.has(last))) return true;
  return own.some(({ value }) => value === '--help') && !usage.options.has('--help');
}

function carry(
  command: ShellCommand,
  match: Match,
  table: CommandTable,
  gathered: Gathered,
  reading: CommandReading,
  outer: Carrier | undefined,
): void {
  const bound = match.bound.filter(({ role }) => role === 'command').map(({ field }) => field);
  const words = carriedForm(match.carried.length > 0 ? match.carried : bound);
  // What is read out of JSON is a list of commands, not of words.
  const lists = match.usage.usage.inside.length > 0 ? words.map((word) => [word]) : [words];
  const scripts = words.length > 0 ? lists.map(textOfFields) : command.input === undefined ? [] : [command.input];
  if (match.obstacle !== undefined) {
    // Where its own words are in doubt, the carried command may begin at any of them.
    const { slip } = match.obstacle;
    if (slip !== undefined || mentionsChange(command.words) || mayCarryChange(command, scripts, table))
      gathered.add(opaque(match.obstacle, reading, command), command);
    return;
  }
  const unknown = words.length === 0 ? onlyHole(command.input) : undefined;
  if (unknown !== undefined && command.words.some(({ value = '' }) => /haproxy/.test(value))) {
    gathered.add(opaque({ span: reading.toolSpan, why: unknown.why }, reading, command), command);
    return;
  }
  const carrier = carrierOf(match, reading.toolSpan, outer);
  const visit = (inner: ShellCommand) => readCommand(inner, table, gathered, carrier);
  // `exec POD -- sh -c '…'`: a shell that is given its script as a word of its own gets it whole.
  // Quotes within quotes are for a shell that takes them off first.
  const isQuoted = words.some(
    ({ value = '' }, at) => opensQuote.test(value) || (at === words.length - 1 && /^["']/.test(value)),
  );
  const isScript = () => !isQuoted && peel(words, (tool) => table.declares(tool)).kind === 'script';
  if (words.length > 1 && (handsOn(match) || isScript())) command.carryWords(words, visit);
  else for (const script of scripts) command.carry(script, visit);
}

/** A quote that ends in a later word. */
const opensQuote = /^[^"']*(?:"[^"]*|'[^']*)$/;

/** Whether the words go to the command as they are, and no shell elsewhere reads them: it stays on this host, as `bundle exec` does. */
function handsOn({ usage: { roles } }: Match): boolean {
  return ![...roles].some(isTargetRole);
}

/** Whether what seems to be carried, or any end of the words if it were, would take something out. */
function mayCarryChange(command: ShellCommand, scripts: readonly ShellText[], table: CommandTable): boolean {
  let changes = false;
  const gathered: Gathered = {
    commands: [],
    add: ({ effect, mentions }) => {
      changes ||= !lenient.has(effect) && mentions === undefined;
    },
  };
  const ends = command.words.slice(1, mostOwnWords).map((_, index) => textOfFields(command.words.slice(index + 1)));
  for (const script of [...scripts, ...ends]) {
    if (!changes) command.carry(script, (inner) => readCommand(inner, table, gathered, undefined));
  }
  return changes;
}

const lenient: ReadonlySet<Action['effect']> = new Set(['wait', 'restore', 'add', 'block', 'unblock', 'guard-on']);

/** So many words of a carrier are tried as the beginning of what it carries. */
const mostOwnWords = 8;

const secondsIn: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** The whole seconds of a `sleep`; 0, the worst case, where they are not known. */
function slept(words: readonly Field[]): Seconds {
  let sum = 0;
  for (const { value = '' } of words) {
    const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,9})?)([smhd]?)$/.exec(value) ?? [];
    if (number === undefined) return 0;
    sum += Number(number) * (secondsIn[unit] ?? 0);
  }
  return Math.floor(sum);
}

function toolSpan(head: Field, tool: string): Span {
  const length = head.value?.length ?? 0;
  return length > tool.length && tool.length > 0 ? placeOf(head, length - tool.length) : spanOf(head);
}

/** The words with their roles; an option and its value in one word are told one by one. */
function readWords(words: readonly Field[], match: Match | undefined): readonly CommandWord[] {
  const plain = (field: Field, role?: string) => ({ value: field.value, span: spanOf(field), role });
  if (match === undefined) return words.map((field) => plain(field));
  const roles = new Map(match.bound.map(({ role, field }) => [field, role]));
  for (const field of match.carried) roles.set(field, 'command');
  const whole = new Set(words);
  const inner = match.bound.filter(({ field }) => !whole.has(field));
  return words.flatMap((field): readonly CommandWord[] => {
    const role = roles.get(field);
    if (role !== undefined || inner.length === 0) return [plain(field, role)];
    const own = inner.filter(
      ({ field: { source, from, to } }) => source === field.source && from >= field.from && to <= field.to,
    );
    if (own.length === 0) return [plain(field)];
    const values = own.map((bound) => plain(bound.field, bound.role));
    const name = match.given.some(({ word }) => word === field) ? optionName(field, own[0]?.field) : undefined;
    return name === undefined ? values : [plain(name), ...values];
  });
}

/** `--count` of `--count=4`, `-n` of `-n4`. */
function optionName(word: Field, value: Field | undefined): Field | undefined {
  const length = (word.value?.length ?? 0) - (value?.value?.length ?? 0);
  const name = part(word, 0, length);
  return name?.value?.endsWith('=') ? part(word, 0, length - 1) : name;
}

/** The command that takes it back, with the same name of the tool and the same values. */
function undoOf(match: Match, typed: string): string | undefined {
  const { usage, tool } = match.usage;
  const undo = usage.undo?.value;
  const own = `${tool.tool.value} `;
  const named = undo?.startsWith(own) ? `${typed} ${undo.slice(own.length)}` : undo;
  // The size before is not in the command.
  const isSize =
    usage.effect?.value === 'scale-to' || usage.variants.some(({ effect }) => effect?.value === 'scale-to');
  return named?.replace(/<(\w+)(?:\.\.\.)?>/g, (whole: string, role: string, at: number) => {
    if (isSize && (role === 'count' || role === 'least' || role === 'most')) return whole;
    const values = role === '_' ? [anyValue(match, named.slice(0, at))] : valuesOf(match, role);
    return values.length === 0 || values.some((value) => !value) ? whole : values.join(' ');
  });
}

function valuesOf({ bound }: Match, role: string): readonly (string | undefined)[] {
  return bound.filter((one) => one.role === role).map(({ field }) => field.value);
}

/** A value that has no role of its own: behind an option that option's, else the first word that is no option's. */
function anyValue({ bound, given, usage }: Match, before: string): string | undefined {
  const option = usage.options.get(/(?:^|\s)(-{1,2}[\p{L}\p{M}\p{N}_-]+)[ =]$/u.exec(before)?.[1] ?? '');
  if (option?.value !== undefined && !option.optional) {
    return given.find((one) => one.option === option)?.values[0]?.value;
  }
  const ofOptions = new Set(given.flatMap(({ values }) => values));
  return bound.find(({ role, field }) => role === '_' && !ofOptions.has(field))?.field.value;
}
