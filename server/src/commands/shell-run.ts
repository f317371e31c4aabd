import type { Assignment, Command, ParsedScript, Redirection, Word, WordPart } from 'unbash';
import type { Span } from '../syntax/span.ts';
import { mostDepth, obstructed, scopeOf, type Walk } from './shell-command.ts';
import { type Field, fieldOf, spanOf, textOfFields } from './shell-field.ts';
import { outputOf } from './shell-output.ts';
import type { ShellText } from './shell-text.ts';
import { expandHere, expandUnsplit, expandWord, type Scope, type Variable } from './shell-words.ts';
import { peel } from './shell-wrappers.ts';
import { xargs } from './shell-xargs.ts';

const assigning = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);
const reading = new Set(['read', 'mapfile', 'readarray', 'getopts', 'let', 'unset']);

/** Commands with more words than this count for several, so that work is bounded. */
const wordsInCommand = 20;
/** Characters and elements that a variable is followed with. */
const mostValue = 10_000;

/** Runs one simple command: assigns, expands its words, takes wrappers off, and visits what is left. */
export function runCommand(node: Command, walk: Walk): void {
  if (walk.shared.room.left <= 0) return;
  walk.shared.room.left -= 1;
  for (const part of [...node.prefix, ...node.suffix]) {
    if (part.type === 'Word') substitutions(part, walk);
    else if (part.type === 'Assignment' && part.value.type === 'Word') substitutions(part.value, walk);
  }
  const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  if (node.name === undefined) {
    for (const assignment of assignments) assign(assignment, walk);
    return;
  }
  const words = wordsOf(node, walk);
  walk.shared.room.left -= Math.floor(words.length / wordsInCommand);
  const tool = words[0]?.value;
  if (tool !== undefined && assigning.has(tool)) {
    for (const part of node.suffix) if (part.type === 'Assignment') assign(part, walk);
  } else if (tool !== undefined && reading.has(tool)) {
    for (const { value } of words.slice(1)) {
      const name = /^[A-Za-z_]\w*/.exec(value ?? '')?.[0];
      if (name !== undefined) walk.variables.set(name, { words: undefined, why: `\`$${name}\` has no known value` });
    }
  }
  const body = tool === undefined ? undefined : walk.functions.get(tool);
  if (body !== undefined && walk.depth < mostDepth) {
    const variables = new Map(walk.variables);
    for (const [index, word] of words.slice(1).entries()) variables.set(String(index + 1), variableOf([word]));
    variables.set('@', variableOf(words.slice(1)));
    walk.shared.walkBody(body, { ...walk, variables, depth: walk.depth + 1 });
    return;
  }
  run(words, { ...walk, input: inputOf(node.redirects, walk) ?? walk.input });
}

function run(words: readonly Field[], walk: Walk): void {
  const peeled = peel(words, walk.shared.isDeclared);
  if (peeled.kind === 'nothing') return;
  if (peeled.kind === 'input') {
    if (walk.input !== undefined) walk.shared.walkText(walk.input, fresh(walk));
    return;
  }
  const { repeats } = peeled;
  const here =
    repeats === undefined
      ? walk
      : obstructed(walk, { span: spanOf(repeats), why: 'it is repeated, and how often is not known' });
  if (peeled.kind === 'script') {
    if (peeled.words.length > 0) walk.shared.walkText(textOfFields(peeled.words), { ...here, depth: here.depth + 1 });
    return;
  }
  const [head] = peeled.words;
  if (head === undefined) return;
  if (head.value === 'xargs' && !walk.shared.isDeclared('xargs')) runXargs(peeled.words, here);
  else visit(peeled.words, here);
}

function runXargs(words: readonly Field[], walk: Walk): void {
  const { runs, obstacle, together } = xargs(words, walk.input);
  const calm = together ? { ...walk, background: true } : walk;
  const here = obstacle === undefined ? calm : obstructed(calm, obstacle);
  for (const [index, command] of runs.entries()) {
    if (walk.shared.room.left-- <= 0) return;
    const loop = walk.loop ?? (runs.length > 1 && walk.input ? walk.input.span(0, walk.input.text.length) : undefined);
    if (command.length > 0) run(command, { ...here, input: undefined, loop, again: walk.again || index > 0 });
  }
}

function visit(words: readonly Field[], walk: Walk): void {
  const { input, obstacle, loop, background, again, shared } = walk;
  shared.visit({
    words,
    input,
    obstacle,
    loop,
    background,
    again,
    carry: (script, visitInner) =>
      shared.walkText(script, { ...fresh(walk), shared: { ...shared, visit: visitInner } }),
  });
}

/** The walk for a script that knows nothing of this one's variables. */
function fresh(walk: Walk): Walk {
  return { ...walk, variables: new Map(), functions: new Map(), input: undefined, depth: walk.depth + 1 };
}

function wordsOf(node: Command, walk: Walk): readonly Field[] {
  const scope = scopeOf(walk);
  const words: Field[] = [];
  if (node.name !== undefined) words.push(...expandWord(node.name, scope));
  for (const part of node.suffix) {
    if (part.type === 'Word') words.push(...expandWord(part, scope));
    else if (part.type === 'Assignment') words.push(assignmentField(part, scope));
  }
  return words;
}

/** `a=b` among the words of a command: a word like any other. */
function assignmentField(part: Assignment, scope: Scope): Field {
  const { value, pos } = part;
  if (value.type !== 'Word') return expandUnsplit({ ...bare(part), text: part.text, value: part.text }, scope);
  const head = bare({ pos, end: value.pos });
  const name = expandUnsplit({ ...head, text: scope.source.text.slice(pos, value.pos), value: '' }, scope);
  const rest = expandUnsplit(value, scope);
  return fieldOf([...name.pieces, ...rest.pieces], scope.source, true, { from: pos, to: part.end });
}

function bare({ pos, end }: { readonly pos: number; readonly end: number }) {
  return { type: 'Word', pos, end, parts: undefined } as const;
}

function assign(assignment: Assignment, walk: Walk): void {
  const { name, value, append, index } = assignment;
  const scope = scopeOf(walk);
  const unknown: Variable = { words: undefined, why: `\`$${name}\` has no known value` };
  if (index !== undefined) walk.variables.set(name, unknown);
  else if (value.type === 'ArrayValue') {
    const added = variableOf(value.elements.flatMap((element) => expandWord(element, scope)));
    const before = append === true ? walk.variables.get(name) : { words: [], why: '' };
    const words = before?.words && added.words && [...before.words, ...added.words];
    walk.variables.set(name, words === undefined || words.length > mostValue ? unknown : { words, why: '' });
  } else {
    const added = variableOf([expandUnsplit(value, scope)]);
    const before = append === true ? (walk.variables.get(name)?.words?.[0]?.text ?? undefined) : '';
    const text = added.words?.[0]?.text;
    const known = before !== undefined && text !== undefined && before.length + text.length <= mostValue;
    walk.variables.set(
      name,
      known
        ? { words: [{ text: before + text, origin: undefined }], why: '' }
        : { ...unknown, why: added.why || unknown.why },
    );
  }
}

function variableOf(fields: readonly Field[]): Variable {
  const words: { readonly text: string; readonly origin: Span | undefined }[] = [];
  for (const field of fields) {
    if (field.value === undefined) {
      return { words: undefined, why: field.pieces.find(({ text }) => text === undefined)?.why ?? '' };
    }
    words.push({ text: field.value, origin: field.pieces.find(({ origin }) => origin !== undefined)?.origin });
  }
  return { words, why: '' };
}

/** Walks the commands in the substitutions of a word: `$( … )` runs too. */
export function substitutions(word: Word, walk: Walk): void {
  if (word.parts !== undefined && walk.depth < mostDepth) for (const part of word.parts) inPart(part, walk);
}

function inPart(part: WordPart, walk: Walk): void {
  if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') {
    for (const child of part.parts) inPart(child, walk);
  } else if ((part.type === 'CommandExpansion' || part.type === 'ProcessSubstitution') && part.script !== undefined) {
    const inner: Walk = { ...walk, variables: new Map(walk.variables), input: undefined, depth: walk.depth + 1 };
    const { source: own } = part.script;
    if (own === undefined) walk.shared.walkScript(part.script, inner);
    else {
      const place = walk.source.span(part.pos, part.end);
      const source: ShellText = { text: own, holes: new Map(), span: () => place, origin: () => undefined };
      walk.shared.walkScript(part.script, { ...inner, source });
    }
  }
}

/** What a command of a pipeline hands on. */
export function outputOfCommand(node: Command, walk: Walk): ShellText | undefined {
  return outputOf(wordsOf(node, walk), inputOf(node.redirects, walk) ?? walk.input);
}

/** What a substitution writes; undefined where it is not known. */
export function outputOfScript(script: ParsedScript, scope: Scope): string | undefined {
  const [statement] = script.commands;
  if (statement === undefined || script.commands.length > 1 || script.source !== undefined) return undefined;
  const { command } = statement;
  const commands = command.type === 'Pipeline' ? command.commands : [command];
  let output: ShellText | undefined;
  for (const node of commands) {
    if (node.type !== 'Command') return undefined;
    const words = [node.name, ...node.suffix].flatMap((part) => (part?.type === 'Word' ? expandWord(part, scope) : []));
    output = outputOf(words, hereInput(node.redirects, scope) ?? output);
    if (output === undefined) return undefined;
  }
  return output === undefined || output.holes.size > 0 ? undefined : output.text;
}

/** The here-document or here-string of a command. */
export function inputOf(redirects: readonly Redirection[], walk: Walk): ShellText | undefined {
  return redirects.length === 0 ? undefined : hereInput(redirects, scopeOf(walk));
}

function hereInput(redirects: readonly Redirection[], scope: Scope): ShellText | undefined {
  for (const redirect of redirects) {
    if (redirect.type === 'HereString' && redirect.target !== undefined) {
      return textOfFields([expandUnsplit(redirect.target, scope)]);
    }
    if (redirect.type === 'HereDoc') {
      return textOfFields([expandHere(redirect.body, redirect.delimiter?.quoted === true, scope)]);
    }
  }
  return undefined;
}
