import { lowerFall } from './fall.ts';
import { type PartNotes, type Range, type Run, widened } from './run.ts';

/** What several saw of the same part. */
export function seenByAll(own: readonly PartNotes[]): Omit<PartNotes, 'part'> {
  const witness: PartNotes['witness'] = [];
  const falls: PartNotes['falls'] = [];
  const stays: PartNotes['stays'] = [];
  for (const one of own) {
    for (const [i, fall] of one.falls.entries()) falls[i] = lowerFall(falls[i], fall);
    for (const [i, is] of one.stays.entries()) stays[i] ||= is;
    for (const [i, seen] of one.witness.entries()) {
      const known = witness[i];
      if (seen !== undefined && (known === undefined || seen.value < known.value)) witness[i] = seen;
    }
  }
  const all = (of: (one: PartNotes) => readonly Range[]) => spans(own.map(of));
  return {
    before: all((one) => one.before),
    low: all((one) => one.low),
    after: all((one) => one.after),
    falls,
    stays,
    witness,
  };
}

function spans(lists: readonly (readonly Range[])[]): Range[] {
  const made: Range[] = [];
  for (const list of lists)
    for (const [i, { worst, best }] of list.entries()) made[i] = widened(widened(made[i], worst), best);
  return made;
}

/** The notes of all branches; a round that one of them did not carry out was to it as the last one. */
export function notesTogether(runs: readonly Pick<Run, 'notes' | 'unlooked'>[]): Run['notes'] {
  const [only, another] = runs;
  if (only !== undefined && another === undefined) return only.notes;
  const keys = new Set(runs.flatMap(({ notes }) => [...notes.keys()]));
  const all: Run['notes'] = new Map();
  for (const key of keys) {
    const own = runs.flatMap((run) => run.notes.get(key) ?? run.notes.get(standIn(run, key)) ?? []);
    const [first] = own;
    if (first !== undefined) all.set(key, { part: first.part, ...seenByAll(own) });
  }
  return all;
}

/** The key of the rounds that say what these would have said. */
export function standIn({ unlooked }: Pick<Run, 'unlooked'>, key: string): string {
  const [part = '', ...rounds] = key.split('.');
  for (const [depth, round] of rounds.entries()) {
    const outer = rounds
      .slice(0, depth)
      .map((one) => `.${one}`)
      .join('');
    const known = unlooked.find(
      ({ parts, outer: around, from, last }) =>
        around === outer && from <= Number(round) && Number(round) < last && parts.includes(Number(part)),
    );
    if (known !== undefined) rounds[depth] = `${known.last}`;
  }
  return [part, ...rounds].join('.');
}
