/**
 * What a simulation may easily get wrong, for the reference to get wrong on purpose:
 * - `greedy`: after each step only the worlds are kept that are worst or best for some subsystem at that moment.
 * - `named alone`: only the subsystem that a step names is looked at.
 * - `refund`: what comes back is taken off what left within the window.
 * - `off by one`: exactly at the minimum is too low.
 */
export type Mistake = 'greedy' | 'named alone' | 'refund' | 'off by one';

export const mistakes: readonly Mistake[] = ['greedy', 'named alone', 'refund', 'off by one'];
