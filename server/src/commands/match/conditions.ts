import { fitsPattern } from '../../model/pattern.ts';
import { type Field, placeOf } from '../shell/words/field.ts';
import type { Match } from './match.ts';

/** The place that says so where one of the conditions of a usage holds (`--all`, `--dry-run=client`, a word). */
export function conditionMet(conditions: readonly string[], match: Conditioned) {
  for (const condition of conditions) {
    const place = placeOfCondition(condition, match);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Whether all conditions of a variant hold. */
export function allMet(conditions: readonly string[], match: Conditioned): boolean {
  return conditions.every((condition) => placeOfCondition(condition, match) !== undefined);
}

type Conditioned = Pick<Match, 'given' | 'literals' | 'bound'>;

function placeOfCondition(condition: string, match: Conditioned) {
  const equals = condition.indexOf('=');
  const name = equals < 0 ? condition : condition.slice(0, equals);
  if (!name.startsWith('-')) {
    const words = [...match.literals, ...match.bound.map(({ field }) => field)];
    const word = words.find(({ value }) => value !== undefined && fitsPattern(condition, value));
    return word && { span: placeOf(word), word };
  }
  const wanted = equals < 0 ? undefined : condition.slice(equals + 1);
  const names = name.split('|');
  for (const { option, name: typed, values, nameSpan, word } of match.given) {
    // `-f` and `--force` are one option; `--now` and `--no-now`, declared side by side, are not.
    const isMeant = (one: string) =>
      typed === one || (option.names.includes(one) && typed.startsWith('--') !== one.startsWith('--'));
    if (!names.some(isMeant)) continue;
    // A bare option has the empty value.
    const said = values.length === 0 ? [''] : values.flatMap(({ value, pieces }) => value ?? knownOf(pieces) ?? []);
    if (wanted === undefined || said.some((value) => fitsPattern(wanted, value))) return { span: nameSpan, word };
  }
  return undefined;
}

/** What is known of a value, with a sign that no pattern has where it is not: `state=stopped` of `name=$S state=stopped`. */
function knownOf(pieces: Field['pieces']): string | undefined {
  return pieces.every(({ text }) => text === undefined) ? undefined : pieces.map(({ text = '\0' }) => text).join('');
}
