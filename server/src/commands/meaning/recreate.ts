import type { Action, Choice, CommandReading } from '../action.ts';
import type { Match } from '../match/match.ts';
import type { MatchedEffect } from './action.ts';

/** The verb of a usage of compose, whose options may stand before it. */
const verb = /(?:^|\] |compose )(up|pull)(?: |$)/;
const composes = /^(?:docker|podman|nerdctl)(?:-compose)?$/;

/** `docker compose up -d` after a `pull` restarts what has a new image; undefined of any other command. */
export function recreating(
  { usage: { usage } }: Match,
  { tool }: Pick<CommandReading, 'tool'>,
  before: readonly CommandReading[],
): MatchedEffect | undefined {
  if (usage.effect?.value !== 'restore' || !composes.test(tool) || verbOf(usage.usage.value) !== 'up') return undefined;
  const isPulled = before.some((one) => composes.test(one.tool) && verbOf(one.usage?.usage.value) === 'pull');
  return isPulled ? { effect: 'restart', lasts: 'until-reversed', speed: undefined } : undefined;
}

function verbOf(usage: string | undefined): string | undefined {
  return verb.exec(usage ?? '')?.[1];
}

/** There is a new image for all that a script starts again, or for none of it. */
const newImage: Choice = { number: -1, way: 0, mayBeNone: true };

/** It is not known whether there is a new image. */
export function perhapsRecreated(action: Action): Action {
  const why = 'whether a new image was pulled is not known';
  return { ...action, maybe: { span: action.at, why, choices: [newImage] } };
}
