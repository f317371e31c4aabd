import { type Field, part } from '../words/field.ts';

/** What names stand for that were given to commands: `alias k=kubectl`. */
export type Aliases = Map<string, Field>;

/** Carries out `alias name='…'` and `unalias name`. */
export function setAliases(words: readonly Field[], aliases: Aliases): void {
  const tool = words[0]?.value;
  if (tool === 'unalias') for (const { value = '' } of words.slice(1)) aliases.delete(value);
  if (tool !== 'alias') return;
  for (const word of words.slice(1)) {
    const [, name] = /^([\w.-]+)=/.exec(word.value ?? '') ?? [];
    const meaning = name === undefined ? undefined : part(word, name.length + 1);
    if (name !== undefined && meaning !== undefined) aliases.set(name, meaning);
  }
}

/** The words of an alias that is nothing but words; undefined where it is more, which only a shell can read. */
export function wordsOfAlias(alias: Field): readonly Field[] | undefined {
  const text = alias.value ?? '';
  if (!/^[\w./=:@%+, -]+$/.test(text)) return undefined;
  return [...text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => part(alias, index, index + word.length) ?? []);
}
