import type { Branch } from './belief.ts';
import { withRatesOpen } from './echoes.ts';
import { withFactor } from './elapse.ts';
import type { Factor } from './factor.ts';
import { alternativeKey } from './same.ts';
import type { World } from './world.ts';

/**
 * The branch once for each way in which some of its factors may be, with these known; where that are more than `most`, what has left of late stays open.
 * Undefined where they are too many even so.
 */
export function parted(
  world: World,
  branch: Branch,
  factors: readonly Factor[],
  most: number,
): readonly Branch[] | undefined {
  const worlds = partedAll(world, branch, factors, most);
  if (worlds !== undefined) return worlds;
  const open = withRatesOpen(branch);
  const others = factors.filter((factor) => open.factors.includes(factor));
  return others.length < factors.length ? partedAll(world, open, others, most) : undefined;
}

function partedAll(
  world: World,
  branch: Branch,
  factors: readonly Factor[],
  most: number,
): readonly Branch[] | undefined {
  let worlds: readonly Branch[] = [
    { ...branch, factors: branch.factors.filter((factor) => !factors.includes(factor)) },
  ];
  for (const { cells, alternatives: all } of factors) {
    const alternatives = [...new Map(all.map((one) => [alternativeKey(one, branch.now), one])).values()];
    if (worlds.length * alternatives.length > most) return undefined;
    worlds = worlds.flatMap((one) =>
      alternatives.map((alternative) => withFactor(world, one, { cells, alternatives: [alternative] })),
    );
  }
  return worlds;
}

/** How many worlds each of some branches may come to, so that none takes the room of those after it. */
export function share(most: number, branches: number): number {
  return Math.max(1, Math.floor(most / branches));
}
