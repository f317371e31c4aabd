/** A usage line as it is read: what a command of its form is made of. */
export type UsageItem =
  | UsageWord
  | UsageOption
  | { readonly kind: 'optional'; readonly items: readonly UsageItem[] }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly UsageItem[])[] };

/** A word that is no option; `from` and `to` are its place in the usage line. */
export interface UsageWord {
  readonly kind: 'word';
  readonly parts: readonly UsagePart[];
  readonly from: number;
  readonly to: number;
}

/** An option under all its names; `from` and `to` are the place of the names in the usage line. */
export interface UsageOption {
  readonly kind: 'option';
  readonly names: readonly string[];
  /** Undefined: it takes no value. */
  readonly value: readonly UsagePart[] | undefined;
  /** The value may be left out, and stands behind `=` where it is given. */
  readonly optional: boolean;
  /** It may be given several times, and all of its values count: `[-H <hosts>]...`. */
  readonly again?: boolean;
  readonly from: number;
  readonly to: number;
}

export type UsagePart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'role'; readonly role: string; readonly repeated: boolean };

/** Whether a word has the form of an option: `-n`, `--count`, but not `-` or `--`. */
export function isOption(text: string): boolean {
  return /^--?[^\s-]/.test(text);
}

/** The literal that the item stands for; undefined where it is something else. */
export function literalOf(item: UsageItem): string | undefined {
  const [part] = item.kind === 'word' && item.parts.length === 1 ? item.parts : [];
  return part?.kind === 'literal' ? part.text : undefined;
}

/** How a word has to begin; `whole`: there is nothing more to it. */
export interface WordStart {
  readonly text: string;
  readonly whole: boolean;
}

/** For each place where one of several words has to stand, how these begin. What can be told at a glance, and no more. */
export function choicesIn(items: readonly UsageItem[]): readonly (readonly WordStart[])[] {
  return items.flatMap((item) => {
    if (item.kind !== 'choice') return [];
    const starts = item.branches.map(([first]): WordStart | undefined => {
      const [part, ...rest] = first?.kind === 'word' ? first.parts : [];
      return part?.kind === 'literal' ? { text: part.text, whole: rest.length === 0 } : undefined;
    });
    const known = starts.filter((start) => start !== undefined);
    return known.length < starts.length ? [] : [known];
  });
}

/** The items without options, which stand anywhere: what the words of a command that are no options are fitted to. */
export function operandItems(items: readonly UsageItem[]): readonly UsageItem[] {
  return items.flatMap((item): readonly UsageItem[] => {
    if (item.kind === 'word') return [item];
    if (item.kind === 'option') return [];
    if (item.kind === 'optional') {
      const inside = operandItems(item.items);
      return inside.length === 0 ? [] : [{ kind: 'optional', items: inside }];
    }
    const branches = item.branches.map(operandItems);
    return branches.every((branch) => branch.length === 0) ? [] : [{ kind: 'choice', branches }];
  });
}

/** Every word and option, those in brackets included, in order. */
export function* leaves(items: readonly UsageItem[]): Generator<UsageWord | UsageOption> {
  for (const item of items) {
    if (item.kind === 'optional') yield* leaves(item.items);
    else if (item.kind === 'choice') for (const branch of item.branches) yield* leaves(branch);
    else yield item;
  }
}

/** The parts of a word or of an option's value. */
export function partsOf(leaf: UsageWord | UsageOption): readonly UsagePart[] {
  return (leaf.kind === 'word' ? leaf.parts : leaf.value) ?? [];
}

/** A usage line for people to read, on one line. */
export function usageText(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** A usage line in short: without the options that decide nothing and only have to be known. */
export function shortUsage(text: string | undefined): string {
  return usageText(text)
    .replaceAll('[=<_>]', '')
    .replaceAll(/ \[-(?:[^[\]<]|<_(?:\.\.\.)?>)*\]/g, '');
}
