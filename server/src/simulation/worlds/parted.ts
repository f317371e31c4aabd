import type { Branch } from './belief.ts';
import { withFactor } from './elapse.ts';
import type { Factor } from './factor.ts';
import { alternativeKey } from './same.ts';
import type { World } from './world.ts';

/** The branch once for each way in which some of its factors may be, with these known; undefined where that are more than `most`. */
export function parted(
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
