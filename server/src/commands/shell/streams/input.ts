import type { Command, ParsedScript, Redirection, Word } from 'unbash';
import { expandHere, expandUnsplit, expandWord, type Scope } from '../expansion/expand.ts';
import { mostDepth, scopeOf, type Walk } from '../state/command.ts';
import { asFilter, fileNamed } from '../state/files.ts';
import { wordsOf } from '../state/typed.ts';
import { textOfFields } from '../words/field.ts';
import { type ShellText, unknownText } from '../words/text.ts';
import { peel } from '../wrappers/wrappers.ts';
import { outputOf } from './output.ts';

/** What a command of a pipeline hands on. */
export function outputOfCommand(node: Command, walk: Walk): ShellText | undefined {
  const peeled = peel(wordsOf(node, walk), walk.shared.isDeclared);
  if (peeled.kind !== 'command') return undefined;
  const { words, input } = asFilter(peeled.words, walk.shared.files) ?? {
    words: peeled.words,
    input: inputOf(node.redirects, walk) ?? walk.input,
  };
  return outputOf(words, input, walk.shared.listingOf);
}

/** What a substitution writes; undefined where it is not known. */
export function outputOfScript(script: ParsedScript, outer: Scope): ShellText | undefined {
  const statement = script.commands.at(-1);
  if (statement === undefined || outer.depth > mostDepth) return undefined;
  const scope = { ...outer, depth: outer.depth + 1 };
  if (script.commands.length > 1) {
    const own = withAssigned(script.commands.slice(0, -1), scope);
    return own && outputOfScript({ ...script, commands: [statement] }, own);
  }
  const { command } = statement;
  const commands = command.type === 'Pipeline' ? command.commands : [command];
  let output: ShellText | undefined;
  for (const node of commands) {
    if (node.type !== 'Command') return undefined;
    const words = [node.name, ...node.suffix].flatMap((part) => (part?.type === 'Word' ? expandWord(part, scope) : []));
    const input: ShellText | undefined = hereInput(node.redirects, scope) ?? output;
    if (words.length === 0) return input;
    const peeled = peel(words, scope.isDeclared);
    if (peeled.kind !== 'command') return undefined;
    const filter = asFilter(peeled.words, scope.files) ?? { words: peeled.words, input };
    output = outputOf(filter.words, filter.input, scope.listingOf);
  }
  return output;
}

/** `$(IFS=,; echo "${HOSTS[*]}")`: the words that follow are expanded with it; undefined where more than that stands before them. */
function withAssigned(statements: ParsedScript['commands'], scope: Scope): Scope | undefined {
  const variables = new Map(scope.variables);
  for (const { command } of statements) {
    if (command.type !== 'Command' || command.name !== undefined) return undefined;
    for (const { name, value, append, index } of command.prefix.filter((part) => part.type === 'Assignment')) {
      const text = value.type === 'Word' ? expandUnsplit(value, scope).value : undefined;
      if (text === undefined || append === true || index !== undefined) return undefined;
      variables.set(name, { words: [{ text, origin: undefined }], why: '' });
    }
  }
  return { ...scope, variables };
}

/** The here-document, here-string or file of a command. */
export function inputOf(redirects: readonly Redirection[], walk: Walk): ShellText | undefined {
  return redirects.length === 0 ? undefined : hereInput(redirects, scopeOf(walk));
}

function hereInput(redirects: readonly Redirection[], scope: Scope): ShellText | undefined {
  for (const redirect of redirects) {
    if (redirect.type === 'Redirect' && redirect.operator === '<' && redirect.target !== undefined) {
      return fileInput(redirect.target, scope);
    }
    if (redirect.type === 'HereString' && redirect.target !== undefined) {
      return textOfFields([expandUnsplit(redirect.target, scope)]);
    }
    if (redirect.type === 'HereDoc') {
      return textOfFields([expandHere(redirect.body, redirect.delimiter?.quoted === true, scope)]);
    }
  }
  return undefined;
}

/** What is read from a file is not known, what is read from `<(CMD)` as far as its output is. */
function fileInput(target: Word, scope: Scope): ShellText {
  const part = target.parts?.length === 1 ? target.parts[0] : undefined;
  const script = part?.type === 'ProcessSubstitution' ? part.script : undefined;
  const output = script && script.source === undefined ? outputOfScript(script, scope) : undefined;
  const name = scope.source.text.slice(target.pos, target.end);
  const [path] = expandWord(target, scope);
  const known = fileNamed(path?.value, scope.files);
  if (known !== undefined) return known;
  const why = `what \`${name}\` holds is not known`;
  return output ?? unknownText(scope.source.span(target.pos, target.end), { why });
}
