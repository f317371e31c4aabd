import { withBuiltinTools } from '../commands/builtin.ts';
import { readActions, type StepReading } from '../commands/reading/read-step.ts';
import { compileTools } from '../commands/table.ts';
import { noParameters } from '../model/parameters.ts';
import { readStep } from '../model/step.ts';
import type { Figures } from '../simulation/outcome.ts';
import { simulate, type Walk } from '../simulation/simulate.ts';
import { parseYaml } from '../syntax/parse.ts';

let longWait: StepReading | undefined;

/** What every subsystem has in service after the last step, when all that warms up has done so. */
export function settledAfter(walk: Walk): readonly Figures[] {
  const { steps, around } = walk;
  longWait ??= readWait();
  const { outcomes } = simulate([...steps, longWait], around.world.capacity, around, walk);
  return outcomes.at(-1)?.figures.map(({ after }) => after) ?? [];
}

function readWait(): StepReading {
  const step = readStep(parseYaml('wait: 99999d').root, noParameters);
  return readActions(step, withBuiltinTools(compileTools([]).table), noParameters);
}
