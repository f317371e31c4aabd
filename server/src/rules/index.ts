import { alreadyBelowMinimum } from './already-below-minimum.ts';
import { belowMinimum } from './below-minimum.ts';
import { cannotTell } from './cannot-tell.ts';
import { countSlip } from './count-slip.ts';
import { duplicateKey } from './duplicate-key.ts';
import { emptySelector } from './empty-selector.ts';
import { environmentMismatch } from './environment-mismatch.ts';
import { exceedsTarget } from './exceeds-target.ts';
import { guardBypassed } from './guard-bypassed.ts';
import { impossibleFleet } from './impossible-fleet.ts';
import { intentMismatch } from './intent-mismatch.ts';
import { internalError } from './internal-error.ts';
import { invalidCommandDeclaration } from './invalid-command-declaration.ts';
import { limitReached } from './limit-reached.ts';
import { noEffect } from './no-effect.ts';
import { noFleet } from './no-fleet.ts';
import { noMargin } from './no-margin.ts';
import { notRestored } from './not-restored.ts';
import { redundancyLost } from './redundancy-lost.ts';
import { removalRate } from './removal-rate.ts';
import type { Rule } from './rule.ts';
import { schema } from './schema.ts';
import { sharedServers } from './shared-servers.ts';
import { syntax } from './syntax.ts';
import { unboundedParameter } from './unbounded-parameter.ts';
import { unknownName } from './unknown-name.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { zonesAtOnce } from './zones-at-once.ts';

/** Every rule, by its id. */
export const rules: readonly Rule[] = [
  alreadyBelowMinimum,
  belowMinimum,
  cannotTell,
  countSlip,
  duplicateKey,
  emptySelector,
  environmentMismatch,
  exceedsTarget,
  guardBypassed,
  impossibleFleet,
  intentMismatch,
  internalError,
  invalidCommandDeclaration,
  limitReached,
  noEffect,
  noFleet,
  noMargin,
  notRestored,
  redundancyLost,
  removalRate,
  schema,
  sharedServers,
  syntax,
  unboundedParameter,
  unknownName,
  unusedSuppression,
  zonesAtOnce,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of that id; undefined where there is none. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
