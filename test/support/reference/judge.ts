import { everyStep, type PlainStep, takenBy } from './case.ts';
import type { Facts, Gauge } from './gauges.ts';
import { isOf, type World } from './world.ts';

export type RuleId = Gauge['rule'] | 'removal-rate' | 'exceeds-target';

export interface Range {
  readonly worst: number;
  readonly best: number;
}

/** What is said of a step. */
export interface Report {
  /** By subsystem, in the fleet's order. */
  readonly figures: readonly { readonly before: Range; readonly lowest: Range; readonly after: Range }[];
  readonly rules: ReadonlyMap<RuleId, Broken>;
}

export interface Broken {
  /** In every world, and not in some only. */
  readonly certain: boolean;
  readonly subsystems: readonly string[];
  /** What it is about, more exactly: the gauges or the subsystems. */
  readonly about: readonly number[];
}

/** What the gauges read in one round of a step: just before it, at their lowest, and just after it, on every way through it. */
export interface Seen {
  readonly before: (readonly number[])[];
  readonly lowest: (readonly number[])[];
  readonly after: (readonly number[])[];
  /** Of which subsystems too much left within the window. */
  readonly hasty: (readonly boolean[])[];
  /** Just before it and at their lowest on the same way, where it was gone to its end. */
  readonly ways: (readonly [before: readonly number[], lowest: readonly number[]])[];
}

/** What a walk knows when a step is judged. */
export interface Known {
  readonly facts: Facts;
  /** By the name of a round. */
  readonly seen: ReadonlyMap<string, Seen>;
  readonly exceeding: ReadonlyMap<string, boolean>;
  /** Steps and the gauges that fell in an earlier round of theirs. */
  readonly fallen: Set<string>;
  readonly reports: Map<string, Report>;
}

/** Puts down the report of a step in these worlds, and of the steps inside a parallel one. */
export function judge(known: Known, worlds: readonly World[], step: PlainStep, path: string): void {
  const { does } = step;
  known.reports.set(path, reportOn(known, worlds, step, path));
  if (does.kind === 'leaf') return;
  // What is inside of an outermost repeat has been judged, each step when it was over; a repeat further inside may not have been done at all.
  const isOutermost = !path.includes('.');
  if (does.kind === 'parallel' || !isOutermost)
    for (const [i, one] of does.steps.entries()) judge(known, worlds, one, `${path}.${i}`);
  asWhole(known, step, path);
}

function reportOn(known: Known, worlds: readonly World[], step: PlainStep, path: string): Report {
  const { facts, seen, exceeding } = known;
  const { gauges, subsystems } = facts;
  const names = namesOf(seen, path);
  const spans = names.flatMap((name) => seen.get(name) ?? []);
  const isRepeated = names.some((name) => name !== path);
  // How low a step goes that is repeated is a matter of all its rounds.
  const kept = isRepeated ? worlds.flatMap(({ past }) => past.filter((one) => one.path === path)) : [];
  const over = kept.length > 0 ? kept.map(({ lowest }) => lowest) : spans.flatMap(({ lowest }) => lowest);
  const figures = subsystems.map((_, s) => ({
    before: range(firstOf(spans), s),
    lowest: { worst: Math.min(...spans.map(({ lowest }) => range(lowest, s).worst)), best: range(over, s).best },
    after: range(spans.at(-1)?.after ?? [], s),
  }));

  const touched = touchedBy(facts, step);
  const falling = gauges.flatMap(({ subsystem, bound, zone }, g) => {
    const falls = spans.some(({ ways }) =>
      ways.some(([before, lowest]) => {
        const [was = 0, is = 0] = [before[g], lowest[g]];
        return is < was && is < bound;
      }),
    );
    return (falls && touched(subsystem, zone)) || known.fallen.has(`${path} ${g}`) ? [g] : [];
  });
  for (const g of falling) known.fallen.add(`${path} ${g}`);
  const below = new Set(falling.flatMap((g) => (gauges[g]?.rule === 'below-minimum' ? [gauges[g].subsystem] : [])));
  const rules = new Map<RuleId, Broken>();
  const nameOf = (s: number) => subsystems[s]?.name ?? '';
  for (const rule of ['below-minimum', 'redundancy-lost', 'zones-at-once'] as const) {
    const broken = falling.filter((g) => {
      const gauge = gauges[g];
      return gauge?.rule === rule && !(rule === 'redundancy-lost' && below.has(gauge.subsystem));
    });
    if (broken.length === 0) continue;
    const isBroken = (g: number, lowest: readonly number[]) => (lowest[g] ?? 0) < (gauges[g]?.bound ?? 0);
    // What holds others breaks nothing for them where it was broken before, and left as it was.
    const certain =
      step.does.kind === 'leaf'
        ? over.every((lowest) => broken.some((g) => isBroken(g, lowest)))
        : kept.length > 0
          ? kept.every(({ lowest, fell }) => broken.some((g) => isBroken(g, lowest) && fell[g] === true))
          : spans.every(({ ways }) =>
              ways.every(([before, lowest]) =>
                broken.some((g) => isBroken(g, lowest) && (lowest[g] ?? 0) < (before[g] ?? 0)),
              ),
            );
    rules.set(rule, {
      certain,
      subsystems: subsystems.flatMap(({ name }, s) => (broken.some((g) => gauges[g]?.subsystem === s) ? [name] : [])),
      about: broken,
    });
  }
  const hasty = kept.length > 0 ? kept.map((one) => one.hasty) : spans.flatMap((span) => span.hasty);
  const fast = subsystems.flatMap((_, s) => (spans.some((span) => span.hasty.some((way) => way[s])) ? [s] : []));
  if (fast.length > 0)
    rules.set('removal-rate', {
      certain: hasty.every((way) => fast.some((s) => way[s])),
      subsystems: fast.map(nameOf),
      about: fast,
    });
  const exceeds = exceeding.get(path);
  if (exceeds !== undefined) rules.set('exceeds-target', { certain: exceeds, subsystems: [], about: [] });
  return { figures, rules };
}

/**
 * What a parallel or a repeat as a whole breaks in every world is certain of the steps inside that are reported for it,
 * unless it is certain of one of them alone.
 */
function asWhole({ reports }: Known, step: PlainStep, path: string): void {
  if (step.does.kind === 'leaf') return;
  const whole = reports.get(path)?.rules ?? new Map<RuleId, Broken>();
  const inside = everyStep(step.does.steps, `${path}.`);
  const settled = new Set<RuleId>();
  for (const inner of inside)
    for (const [rule, { certain }] of reports.get(inner.path)?.rules ?? [])
      if (certain && inner.step.does.kind === 'leaf') settled.add(rule);
  for (const inner of inside) {
    const report = reports.get(inner.path);
    if (report === undefined) continue;
    const rules = [...report.rules].map(([rule, broken]): [RuleId, Broken] => {
      const certain =
        broken.certain || (rule !== 'exceeds-target' && !settled.has(rule) && whole.get(rule)?.certain === true);
      return [rule, { ...broken, certain }];
    });
    reports.set(inner.path, { ...report, rules: new Map(rules) });
  }
}

/** Where it was never done in the first round, it would have begun where it was left out. */
function firstOf([first]: readonly Seen[]): readonly (readonly number[])[] {
  if (first === undefined) return [];
  return first.before.length > 0 ? first.before : first.after;
}

/** The names of the rounds of a step so far, in the order of their numbers, because no repeat has ten of them. */
function namesOf(seen: ReadonlyMap<string, Seen>, path: string): readonly string[] {
  return [...seen.keys()].filter((name) => isRoundOf(name, path)).toSorted();
}

function isRoundOf(name: string, path: string): boolean {
  return name === path || name.startsWith(`${path}#`);
}

function range(lists: readonly (readonly number[])[], i: number): Range {
  const values = lists.map((list) => list[i] ?? 0);
  return { worst: Math.min(...values), best: Math.max(...values) };
}

/** Whether the step may take a server of a subsystem, in a zone if it is about one. */
function touchedBy({ kinds, subsystems, mistake }: Facts, step: PlainStep): (s: number, zone?: string) => boolean {
  const taken = takenBy(step);
  return (s, zone) => {
    const name = subsystems[s]?.name ?? '';
    if (mistake === 'named alone' && taken.some(({ subsystem }) => subsystem !== undefined))
      return taken.some(({ subsystem }) => subsystem === name);
    return kinds.some(
      (kind) =>
        name in kind.group.serves &&
        (zone === undefined || kind.group.zone === zone) &&
        taken.some((target) => isOf(kind, target)),
    );
  };
}
