import { leaves, partsOf, type UsageItem, type UsagePart, type UsageWord } from './items.ts';
import { roles, type UsageMistake } from './usage.ts';

/** Mistakes of a usage line whose form can be read, but which no command could be matched with for certain; `inside` are the roles read inside a word. */
export function checkUsage(
  items: readonly UsageItem[],
  text: string,
  effect: string | undefined,
  inside: readonly string[],
): readonly UsageMistake[] {
  if (items.length === 0) {
    return text.trim() === ''
      ? [
          {
            message: 'This usage line is empty. Write the verb and its values: `remove <subsystem>`.',
            from: 0,
            to: text.length,
          },
        ]
      : [];
  }
  return [...twice(items), ...openEnded(items), ...disguised(text), ...lacking(items, text, effect, inside)];
}

function twice(items: readonly UsageItem[]): readonly UsageMistake[] {
  const seen = new Set<string>();
  const mistakes: UsageMistake[] = [];
  for (const leaf of leaves(items)) {
    if (leaf.kind !== 'option') continue;
    const again = leaf.names.find((name) => seen.has(name));
    if (again !== undefined) {
      const message = `The option \`${again}\` stands in this usage line twice. Keep one of the two.`;
      mistakes.push({ message, from: leaf.from, to: leaf.to });
    }
    for (const name of leaf.names) seen.add(name);
  }
  return mistakes;
}

/** A role as other help texts write it, `$COUNT`, `{count}` or `COUNT`: here it would be a word of the command itself. */
function disguised(text: string): readonly UsageMistake[] {
  return [...text.matchAll(/(?<![\w<-])(\$\{?|\{|%)?([A-Za-z]+)[}%]?(?![\w>-])/g)].flatMap(
    ({ 0: whole, 1: sign, 2: name = '', index }) => {
      const role = name.toLowerCase();
      if (!roles.includes(role) || (sign === undefined && name === role)) return [];
      const message = `\`${whole}\` would be a word of the command itself. Write the role as \`<${role}>\`.`;
      return [{ message, from: index, to: index + whole.length, meant: { text: `<${role}>`, certain: false } }];
    },
  );
}

/** Words behind a role that takes every word; alternatives do not stand behind one another. */
function openEnded(items: readonly UsageItem[]): readonly UsageMistake[] {
  const mistakes: UsageMistake[] = [];
  const word = (leaf: UsageWord, before: string | undefined): string | undefined => {
    const repeated = leaf.parts.find((part) => part.kind === 'role' && part.repeated);
    const name = repeated?.kind === 'role' ? repeated.role : undefined;
    if (before === 'command') {
      const message = '`<command...>` takes every word to the end, so nothing can follow it. Put it last.';
      mistakes.push({ message, from: leaf.from, to: leaf.to });
    } else if (name !== undefined && before !== undefined) {
      const message = `\`<${before}...>\` takes every word, so where \`<${name}...>\` begins cannot be told. Give one of them an option.`;
      mistakes.push({ message, from: leaf.from, to: leaf.to });
    }
    return name ?? before;
  };
  const walk = (list: readonly UsageItem[], before: string | undefined): string | undefined => {
    let last = before;
    for (const item of list) {
      if (item.kind === 'word') last = word(item, last);
      else if (item.kind === 'optional') last = walk(item.items, last);
      else if (item.kind === 'choice') {
        const from = last;
        last = item.branches.map((branch) => walk(branch, from)).findLast((name) => name !== undefined);
      }
    }
    return last;
  };
  walk(items, undefined);
  return mistakes.slice(0, 1);
}

/** Effects that need a value of one of these roles. */
const needed: Readonly<Record<string, { readonly roles: readonly string[]; readonly message: string }>> = {
  carry: {
    roles: ['command'],
    message: 'A usage that carries a command has to say where it stands. Add `<command...>`.',
  },
  'scale-to': {
    roles: ['count', 'percent', 'least', 'most'],
    message: 'A usage that scales has to say where the new size stands. Add `<count>`, or `<least>` and `<most>`.',
  },
};

function lacking(
  items: readonly UsageItem[],
  text: string,
  effect: string | undefined,
  inside: readonly string[],
): readonly UsageMistake[] {
  const need = Object.hasOwn(needed, effect ?? '') ? needed[effect ?? ''] : undefined;
  if (need === undefined || inside.some((role) => need.roles.includes(role))) return [];
  for (const leaf of leaves(items)) {
    if (partsOf(leaf).some((part) => part.kind === 'role' && need.roles.includes(part.role))) return [];
  }
  return [{ message: need.message, from: 0, to: text.length }];
}

/** Two usages of one tool with the same signature take the same commands. */
export function signatureOf(items: readonly UsageItem[]): string {
  const options: string[] = [];
  const words: string[] = [];
  const walk = (list: readonly UsageItem[], needed: string) => {
    for (const item of list) {
      if (item.kind === 'optional') walk(item.items, `${needed}?`);
      else if (item.kind === 'choice') for (const [i, branch] of item.branches.entries()) walk(branch, `${needed}${i}`);
      else if (item.kind === 'option') {
        options.push(
          `${needed}${[...item.names].sort().join('|')}${item.value === undefined ? '' : `=${formOf(item.value)}`}`,
        );
      } else words.push(`${needed}${formOf(item.parts)}`);
    }
  };
  walk(items, '');
  return `${words.join(' ')}\n${options.sort().join(' ')}`;
}

/** What a word has to look like, whatever its roles mean. */
function formOf(parts: readonly UsagePart[]): string {
  return parts.map((part) => (part.kind === 'literal' ? part.text : `<${part.repeated ? '...' : ''}>`)).join('');
}
