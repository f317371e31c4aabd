import { parseArgs } from 'node:util';
import { nearest } from '../model/nearest.ts';
import type { SchemaKind } from '../model/schemas.ts';
import { type SeveritySetting, severitySettings } from '../model/severity.ts';

/** What a command line asks for. */
export type Request =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | CheckRequest
  | SimulateRequest
  | ExplainRequest
  | { readonly command: 'schema'; readonly schema: SchemaKind };

const formats = ['stylish', 'json', 'sarif', 'github', 'junit'] as const;
export type Format = (typeof formats)[number];

export interface CheckRequest {
  readonly command: 'check';
  /** Files, folders, globs; as typed. */
  readonly paths: readonly string[];
  readonly format: Format;
  /** Mistakes that can be mended without a doubt are mended in the files. */
  readonly fix: boolean;
  /** A whole number ≥ 0. */
  readonly maxWarnings: number;
  readonly rules: ReadonlyMap<string, SeveritySetting>;
  readonly fleet: string | undefined;
  readonly quiet: boolean;
  /** Undefined: as the terminal and the environment say. */
  readonly colour: boolean | undefined;
}

export interface ExplainRequest {
  readonly command: 'explain';
  readonly rule: string;
  readonly colour: boolean | undefined;
}

export interface SimulateRequest {
  readonly command: 'simulate';
  readonly path: string;
  readonly format: 'table' | 'json';
  readonly fleet: string | undefined;
  readonly colour: boolean | undefined;
}

const schemaNames: readonly SchemaKind[] = ['runbook', 'fleet', 'commands', 'config'];

/** A command line that makes no sense; the message says what to write instead. */
export class UsageError extends Error {}

const options = {
  format: { type: 'string' },
  fix: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  rule: { type: 'string' },
  fleet: { type: 'string' },
  quiet: { type: 'boolean' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

type OptionName = keyof typeof options;

const commands = {
  check: ['format', 'fix', 'max-warnings', 'rule', 'fleet', 'quiet', 'color', 'no-color'],
  simulate: ['format', 'fleet', 'color', 'no-color'],
  explain: ['color', 'no-color'],
  schema: ['color', 'no-color'],
} as const satisfies Record<string, readonly OptionName[]>;

type CommandName = keyof typeof commands;

/** Reads the words after the program's name. Throws a `UsageError`. */
export function readCommandLine(words: readonly string[]): Request {
  const { given, operands } = readWords(words);
  if (given.has('help')) return { command: 'help' };
  if (given.has('version')) return { command: 'version' };
  const first = operands[0];
  if (first === 'help') return { command: 'help' };
  const command = first !== undefined && isCommand(first) ? first : 'check';
  const rest = first === command ? operands.slice(1) : operands;
  for (const name of given.keys()) {
    if (!commands[command].some((allowed) => allowed === name)) {
      throw new UsageError(`The command \`${command}\` has no option \`--${name}\`.`);
    }
  }
  if (command === 'check') return checkRequest(given, rest);
  if (command === 'simulate') return simulateRequest(given, rest);
  if (command === 'explain') {
    return {
      command,
      rule: onlyOperand(command, rest, 'the id of a rule, such as `below-minimum`'),
      colour: colourOf(given),
    };
  }
  return {
    command,
    schema: oneOf(onlyOperand(command, rest, 'a kind of file, such as `fleet`'), schemaNames, 'schema'),
  };
}

/** A sentence to append to an error; empty where nothing is near. */
export function didYouMean(word: string, known: Iterable<string>, prefix = ''): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean \`${prefix}${meant.name}\`?`;
}

export const commandNames = Object.keys(commands);

type Given = ReadonlyMap<OptionName, readonly string[]>;

function readWords(words: readonly string[]): { given: Given; operands: readonly string[] } {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<OptionName, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!isOption(name)) {
      throw new UsageError(`There is no option \`${rawName}\`.${didYouMean(name, Object.keys(options), '--')}`);
    }
    given.set(name, [...(given.get(name) ?? []), wordFor(name, rawName, value, token.inlineValue === true)]);
  }
  return { given, operands };
}

function wordFor(name: OptionName, rawName: string, value: string | undefined, inline: boolean): string {
  if (options[name].type === 'boolean') {
    if (value !== undefined) throw new UsageError(`The option \`${rawName}\` takes no value.`);
    return '';
  }
  if (value === undefined || value === '' || (!inline && /^-\D/.test(value))) {
    throw new UsageError(`The option \`${rawName}\` needs a value.`);
  }
  return value;
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}

function checkRequest(given: Given, paths: readonly string[]): CheckRequest {
  return {
    command: 'check',
    paths: paths.length === 0 ? ['.'] : paths,
    format: oneOf(last(given, 'format') ?? 'stylish', formats, 'format'),
    fix: given.has('fix'),
    maxWarnings: wholeNumber(last(given, 'max-warnings')),
    rules: new Map((given.get('rule') ?? []).map(ruleSeverity)),
    fleet: last(given, 'fleet'),
    quiet: given.has('quiet'),
    colour: colourOf(given),
  };
}

function simulateRequest(given: Given, operands: readonly string[]): SimulateRequest {
  return {
    command: 'simulate',
    path: onlyOperand('simulate', operands, 'a runbook'),
    format: oneOf(last(given, 'format') ?? 'table', ['table', 'json'] as const, 'format'),
    fleet: last(given, 'fleet'),
    colour: colourOf(given),
  };
}

function last(given: Given, name: OptionName): string | undefined {
  return given.get(name)?.at(-1);
}

function colourOf(given: Given): boolean | undefined {
  if (given.has('no-color')) return false;
  return given.has('color') ? true : undefined;
}

function onlyOperand(command: CommandName, operands: readonly string[], what: string): string {
  const [only, second] = operands;
  if (only === undefined) throw new UsageError(`The command \`${command}\` needs ${what}.`);
  if (second !== undefined)
    throw new UsageError(`The command \`${command}\` takes one word only, not also \`${second}\`.`);
  return only;
}

function oneOf<T extends string>(word: string, known: readonly T[], what: string): T {
  const found = known.find((name) => name === word);
  if (found !== undefined) return found;
  const list = known.map((name) => `\`${name}\``).join(', ');
  throw new UsageError(`There is no ${what} \`${word}\`; there are ${list}.${didYouMean(word, known)}`);
}

function wholeNumber(word: string | undefined): number {
  if (word === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw new UsageError(`\`--max-warnings\` takes a whole number, not \`${word}\`.`);
}

function ruleSeverity(word: string): [string, SeveritySetting] {
  const [, id, severity] = /^([^=]+)=(.*)$/.exec(word) ?? [];
  if (id === undefined || severity === undefined) {
    throw new UsageError(`\`--rule\` takes \`ID=SEVERITY\`, such as \`count-slip=off\`, not \`${word}\`.`);
  }
  return [id, oneOf(severity, severitySettings, 'severity')];
}
