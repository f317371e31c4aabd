import type { StepPart, Task } from '../plan/task.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { LocalGauge, World } from '../worlds/world.ts';
import { figuresOfPart, isCertain, type PartFigures, type Seeing } from './judge.ts';

export type RuleName = Gauge['rule'];

const ruleNames: readonly RuleName[] = ['minimum', 'redundancy', 'zones', 'rate'];

/** What a part of a step breaks, and what the parts in it do. */
export interface Judged {
  readonly part: StepPart;
  readonly own: PartFigures | undefined;
  /** By rule: the gauges that it breaks. */
  readonly broken: ReadonlyMap<RuleName, readonly LocalGauge[]>;
  /** Rules that it breaks under every choice. */
  readonly certain: Set<RuleName>;
  readonly inner: readonly Judged[];
}

/**
 * Judges a part, those in it first, each for itself (docs/simulation.md §3).
 * Where it is certain that one of them breaks a rule, and of none that it is the one, it is certain of each that may be.
 */
export function judged(seeing: Seeing, part: StepPart): Judged {
  const inner = part.inner.map((one) => judged(seeing, one));
  const own = figuresOfPart(seeing, part.part);
  const broken = own === undefined || own.broken.size === 0 ? nothing : brokenBy(seeing, part, own);
  const certain = new Set<RuleName>();
  for (const [rule, gauges] of broken) {
    const speaking = inner.flatMap((one) => speakingOf(one, rule));
    if (speaking.some((one) => one.certain.has(rule))) continue;
    // What was broken before is broken by none of those inside where all of them may leave it as it was.
    const spared = inner.length > 0 ? own?.spared : undefined;
    const indices = gauges.map(({ at }) => at);
    if (!isCertain(seeing, part.part, indices, spared)) continue;
    certain.add(rule);
    for (const one of speaking) one.certain.add(rule);
  }
  return { part, own, broken, certain, inner };
}

const nothing: Judged['broken'] = new Map();

/** The innermost parts that break the rule: on these the findings stand. */
function speakingOf(one: Judged, rule: RuleName): readonly Judged[] {
  if (one.inner.length > 0) return one.inner.flatMap((below) => speakingOf(below, rule));
  return one.broken.has(rule) ? [one] : [];
}

function brokenBy(seeing: Seeing, part: StepPart, own: PartFigures): Judged['broken'] {
  const broken = new Map<RuleName, readonly LocalGauge[]>();
  const spoken = new Set<number>();
  const touched = cellsTouchedBy(part);
  for (const rule of ruleNames) {
    const gauges = seeing.gauges.filter(
      ({ at, gauge }) =>
        gauge.rule === rule &&
        own.broken.has(at) &&
        counts(seeing.world, touched, gauge) &&
        !(rule === 'redundancy' && spoken.has(gauge.subsystem.index)),
    );
    if (rule === 'minimum') for (const { gauge } of gauges) spoken.add(gauge.subsystem.index);
    if (gauges.length > 0) broken.set(rule, gauges);
  }
  return broken;
}

/** Of which the step itself may take servers. */
function cellsTouchedBy({ tasks, inner }: StepPart): readonly number[] {
  const taking = tasks.filter(({ action }) => takingEffects.has(action.effect));
  return [...taking.flatMap(({ pool }) => pool.cells), ...inner.flatMap(cellsTouchedBy)];
}

/** Whether some of the cells count for a gauge; others are changed by steps beside the one that is judged, and by choices that are ruled out. */
function counts({ cells: { cells } }: World, touched: readonly number[], { subsystem, zone }: Gauge): boolean {
  return touched.some((cell) => {
    const group = cells[cell]?.group;
    return (group?.units[subsystem.index] ?? 0) > 0 && (zone === undefined || group?.zone === zone);
  });
}

export const takingEffects: ReadonlySet<Task['action']['effect']> = new Set([
  'remove',
  'restart',
  'replace',
  'scale-to',
]);
