import { lowerFall } from '../paths/fall.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { Seeing } from './judge.ts';

/** What was seen of one step in several worlds, all with the same gauges, as seen in one that may be any of them. */
export function seenTogether(all: readonly [Seeing, ...(readonly Seeing[])]): Seeing {
  const [first, ...others] = all;
  if (others.length === 0) return first;
  const notes = new Map<string, PartNotes>();
  for (const seeing of all) {
    for (const [key, own] of seeing.notes) {
      const known = notes.get(key);
      notes.set(key, known === undefined ? own : notesOfBoth(known, own));
    }
  }
  return {
    world: first.world,
    gauges: first.gauges,
    notes,
    ends: all.flatMap(({ ends }) => ends),
    mayKeep: (part, gauges, spares) => {
      let unsure = false;
      for (const { mayKeep } of all) {
        const kept = mayKeep(part, gauges, spares);
        if (kept) return true;
        unsure ||= kept === undefined;
      }
      return unsure ? undefined : false;
    },
  };
}

/** What is seen of a step that asks for more than there is, so that it does not come to its end. */
export function withoutEnd(seeing: Seeing): Seeing {
  const nowhere = () => ({ worst: Number.POSITIVE_INFINITY, best: Number.NEGATIVE_INFINITY });
  const notes = new Map(
    [...seeing.notes].map(([key, own]) => [
      key,
      { ...own, low: own.low.map(nowhere), after: own.after.map(nowhere), falls: [], stays: [], witness: [] },
    ]),
  );
  return { ...seeing, notes, ends: [], mayKeep: () => false };
}

function notesOfBoth(a: PartNotes, b: PartNotes): PartNotes {
  return {
    part: a.part,
    before: span(a.before, b.before),
    low: span(a.low, b.low),
    after: span(a.after, b.after),
    falls: a.low.map((_, i) => lowerFall(a.falls[i], b.falls[i])),
    stays: a.low.map((_, i) => a.stays[i] || b.stays[i]),
    witness: a.low.map((_, i): Seen | undefined => {
      const [one, other] = [a.witness[i], b.witness[i]];
      return one === undefined || (other !== undefined && other.value < one.value) ? other : one;
    }),
  };
}

function span(a: readonly Range[], b: readonly Range[]): Range[] {
  return a.map(({ worst, best }, i) => ({
    worst: Math.min(worst, b[i]?.worst ?? worst),
    best: Math.max(best, b[i]?.best ?? best),
  }));
}
