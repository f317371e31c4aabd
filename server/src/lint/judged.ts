import type { StepOutcome } from '../simulation/outcome.ts';

/** The same outcome, judged otherwise; its figures are put together when somebody asks, as before. */
export function judged(
  outcome: StepOutcome,
  otherwise: Partial<Pick<StepOutcome, 'actions' | 'steps' | 'verdict' | 'obstacle'>>,
): StepOutcome {
  const { actions, obstacle, verdict, steps, bareZones } = outcome;
  return {
    ...{ actions, obstacle, verdict, steps, bareZones },
    ...otherwise,
    get figures() {
      return outcome.figures;
    },
    figuresOf: (subsystem) => outcome.figuresOf(subsystem),
  };
}
