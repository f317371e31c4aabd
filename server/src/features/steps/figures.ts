import type { Figures, SubsystemFigures } from '../../simulation/outcome.ts';

/** Whether the subsystem has another figure at any moment of the step than just before it. */
export function changes({ before, lowest, after }: SubsystemFigures): boolean {
  return [lowest, after].some(({ worst, best }) => worst !== before.worst || best !== before.best);
}

/** `110`, or from worst to best: `80–92`. */
export function range({ worst, best }: Figures): string {
  return worst === best ? `${worst}` : `${worst}–${best}`;
}

/** Where more is out in between than before and after, that moment is told, as of a restart; else what the step leaves. */
export function lowestOf({ before, lowest, after }: SubsystemFigures): Figures {
  return lowest.worst < Math.min(before.worst, after.worst) ? lowest : after;
}
