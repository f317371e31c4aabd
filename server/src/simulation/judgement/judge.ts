import type { Figures } from '../outcome.ts';
import { type Fall, lowerFall } from '../paths/fall.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { LocalGauge, World } from '../worlds/world.ts';

/** Everything that was seen while a step was carried out. */
export interface Seeing {
  readonly world: World;
  readonly gauges: readonly LocalGauge[];
  readonly notes: ReadonlyMap<string, PartNotes>;
  /** One for each branch: the highest lows of its paths, and what they do not follow. */
  readonly ends: readonly End[];
  /** Whether these gauges of a part may all keep their bounds under one choice; with `spares`, or stay as they were. Undefined: undecided. */
  readonly mayKeep: (part: number, gauges: readonly number[], spares: boolean) => boolean | undefined;
}

export interface End {
  /** By part: the highest low of each gauge. */
  readonly best: ReadonlyMap<number, readonly number[]>;
  readonly others: readonly Figures[];
}

/** What a part of a step does to the gauges, over all of its rounds. */
export interface PartFigures {
  readonly before: readonly Range[];
  readonly low: readonly Range[];
  readonly after: readonly Range[];
  /** Gauges that it lowers below their bound, or further below, in some round, and how. */
  readonly broken: ReadonlyMap<number, Fall>;
  /** Gauges that it does not lower under some choice, where it has one round. */
  readonly spared: ReadonlySet<number>;
  readonly witness: readonly (Seen | undefined)[];
}

export function figuresOfPart(seeing: Seeing, part: number): PartFigures | undefined {
  const rounds = roundsOf(seeing, part);
  const [first] = rounds;
  const last = rounds.at(-1);
  if (first === undefined || last === undefined) return undefined;
  // In a round that nobody came through nothing was seen.
  const low: Range[] = [];
  const witness: (Seen | undefined)[] = [];
  for (const round of rounds) {
    for (const [i, { worst }] of round.low.entries()) {
      const all = low[i];
      if (all === undefined) low[i] = { worst, best: bestLow(seeing, part, i) };
      else all.worst = Math.min(all.worst, worst);
      const seen = round.witness[i];
      const lowest = witness[i];
      if (seen !== undefined && (lowest === undefined || seen.value < lowest.value)) witness[i] = seen;
    }
  }
  // Where it was not carried out on any path, it would have begun where it was left out.
  const before = first.before.length > 0 ? first.before : first.after;
  return { before, low, after: last.after, broken: brokenIn(seeing, rounds), spared: sparedIn(rounds), witness };
}

function roundsOf({ notes }: Seeing, part: number): readonly PartNotes[] {
  const rounds: (readonly [key: string, notes: PartNotes])[] = [];
  for (const round of notes) if (round[1].part === part) rounds.push(round);
  if (rounds.length > 1) rounds.sort(([a], [b]) => inOrder(numbersIn(a), numbersIn(b)));
  return rounds.map(([, own]) => own);
}

/** Behind the number of the part, those of the rounds, the outer ones first. */
function numbersIn(key: string): readonly number[] {
  return key.split('.').map(Number);
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((round, i) => round !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

const none: ReadonlySet<number> = new Set();

function sparedIn([first, ...others]: readonly PartNotes[]): ReadonlySet<number> {
  if (first === undefined) return none;
  return new Set(first.stays.flatMap((is, at) => (is && others.every(({ stays }) => stays[at]) ? [at] : [])));
}

const unbroken: ReadonlyMap<number, Fall> = new Map();

/** A breach is told where the figure is lowered below its bound, or further below, under some choice (docs/simulation.md §3). */
function brokenIn({ gauges }: Seeing, rounds: readonly PartNotes[]): ReadonlyMap<number, Fall> {
  let broken: Map<number, Fall> | undefined;
  for (const { falls } of rounds) {
    for (const { at, gauge, isWatched } of gauges) {
      const fall = falls[at];
      if (isWatched || fall === undefined || fall.to >= gauge.bound) continue;
      broken ??= new Map();
      broken.set(at, lowerFall(broken.get(at), fall) ?? fall);
    }
  }
  return broken ?? unbroken;
}

/** The highest low that some path keeps (docs/simulation.md §11). Where a part comes to its end on none but paths that are ruled out later, each of its rounds speaks for itself. */
function bestLow(seeing: Seeing, part: number, gauge: number): number {
  const lows = seeing.ends.flatMap(({ best, others }) => {
    const low = best.get(part)?.[gauge];
    return low === undefined ? [] : [low + (others[gauge]?.best ?? 0)];
  });
  if (lows.length > 0) return Math.max(...lows);
  return Math.max(...roundsOf(seeing, part).flatMap(({ low }) => low[gauge]?.best ?? []));
}

/**
 * Whether under every choice one of these gauges falls below its bound in the part; undecided counts as no.
 * With `spared`, the gauges that may stay as they were, it has to be the part that lowers it.
 */
export function isCertain(
  seeing: Seeing,
  part: number,
  gauges: readonly number[],
  spared?: ReadonlySet<number>,
): boolean {
  if (gauges.length === 0) return false;
  const alone = spared === undefined ? gauges : gauges.filter((at) => !spared.has(at));
  if (cannotKeepOne(seeing, part, alone)) return true;
  // Each may be kept, but perhaps not by one and the same choice.
  return gauges.length > 1 && seeing.mayKeep(part, gauges, spared !== undefined) === false;
}

/** Whether one of the gauges alone falls under every choice. */
export function cannotKeepOne(seeing: Seeing, part: number, gauges: readonly number[]): boolean {
  return gauges.some((at) => bestLow(seeing, part, at) < (seeing.gauges[at]?.gauge.bound ?? 0));
}
