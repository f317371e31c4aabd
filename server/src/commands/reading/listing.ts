import type { Obstacle, Placed } from '../action.ts';
import { bindParts } from '../match/bind.ts';
import { type Match, matchUsage } from '../match/match.ts';
import { effectsOf } from '../meaning/action.ts';
import { isTargetRole, targetOf } from '../meaning/target.ts';
import type { Listing } from '../shell/words/drawn.ts';
import { type Field, placeOf } from '../shell/words/field.ts';
import { wholeOf } from '../shell/words/place.ts';
import { toolName } from '../shell/words/tool-name.ts';
import type { CommandTable } from '../table.ts';

/** Which servers a command lists: it is declared to change nothing, and has a role that narrows what it shows. */
export function listingOf(words: readonly Field[], table: CommandTable): Listing | undefined {
  const [head, ...rest] = words;
  const usages = table.usagesOf(toolName(head?.value ?? ''));
  const match = usages && matchUsage(rest, usages, undefined);
  if (match === undefined || match.obstacle !== undefined || effectsOf(match).some(({ effect }) => effect !== 'none'))
    return undefined;
  const { usage, roles } = match.usage;
  // What stands inside a word that is sent narrows no list: `curl -d '{…}'`.
  if (usage.effect?.value !== 'none' || usage.inside.length > 0 || ![...roles].some(isTargetRole)) return undefined;
  const { target, obstacle } = targetOf(match);
  if (obstacle !== undefined || rest.some(({ value = '' }) => namesOther.test(value))) return undefined;
  return {
    terms: target.terms,
    kinds: kindsOf(match),
    ofGroups: match.usage.roles.has('group'),
    isBare: words.some(({ value = '' }) => bare.test(value)) && !words.some(({ value }) => value === 'wide'),
    span: wholeOf(words),
    most: mostOf(match),
    sifted: siftedBy(match),
  };
}

/** What it shows of the things that it lists are names of others: the node of each pod. */
const namesOther = /(?:^-|[={.[]).*\.(?:nodeName|hostIP|claimName|replicas|namespace|ownerReferences)\b/;

/** An option by which a list has no line for the names of its columns. */
const bare = /^(?:-o|--output|--no-headers?|-q|--quiet|--format|--query|-H|--noheader)(?:$|[= ])|^-o[a-z]/;

/** The last of its words that has alternatives, and these: `pod`, `pods`, `po`. */
function kindsOf({ usage, literals }: Match): readonly string[] {
  const said = new Set(literals.map(({ value }) => value));
  const kinds = usage.choices.findLast((starts) => starts.some(({ text, whole }) => whole && said.has(text)));
  return kinds?.map(({ text }) => text) ?? [];
}

/** An option that asks for one place of the list, or for the first few: `--query Reservations[0].Instances[0].InstanceId`, `--limit 3`. */
function mostOf({ given }: Match): Placed<number> | undefined {
  for (const { name, nameSpan, values } of given) {
    const [field] = values;
    const value = field?.value ?? '';
    const digits = limiting.test(name) ? /^\d{1,6}$/.exec(value)?.[0] : firstFew.exec(value)?.[1];
    if (field !== undefined && digits !== undefined) return { value: Number(digits), span: placeOf(field) };
    if (/\[\d+\]/.test(value) && !/\[[^\d]*\]|\[[^\]]*:/.test(value)) return { value: 1, span: nameSpan };
  }
  return undefined;
}

const limiting = /^--(?:limit|max-items)$/;
/** `[:3].id`, and `… | [0:3]`. */
const firstFew = /(?:^|\|\s*)\[0?:(\d{1,6})\]/;

/** An option by which a listing leaves some out, of which only the tool knows which they are. */
const sifting = /^--?(?:field-selector|filters?|grep|match|states?|status|limit)$/;

/** Of the places of a list some. */
const partly = /\[(?:\?|[^\]]*:|\d+\])/;
/** All that serve. */
const serving = /\[\? *(?:LifecycleState|HealthStatus|State\.Name) *== *[`'"]+(?:InService|Healthy|running)[`'"]+ *\]/;
/** The first of the groups, where one is asked for. */
const firstGroup = /^AutoScalingGroups\[0\]/;

function siftedBy({ given, bound }: Match): Obstacle | undefined {
  const isOne = bound.filter(({ role }) => role === 'target').length === 1;
  const option = given.find(({ name, values, option: { value } }) => {
    const decides = value?.some((item) => item.kind === 'role' && item.role !== '_') === true;
    // Of the filters that say no label, only that for what is running leaves all that serve.
    if (decides && value !== undefined) {
      const others = values.filter((field) => bindParts(value, field) === undefined);
      return others.some((field) => !/=(?:pending,)?running$/.test(field.value ?? ''));
    }
    const said = (query: string) => query.replace(serving, '[]').replace(isOne ? firstGroup : /^$/, '');
    // A pod that has ended or has not begun serves nothing.
    const isOther = sifting.test(name) && !values.some(({ value = '' }) => /^status\.phase==?Running$/.test(value));
    return isOther || values.some(({ value = '' }) => partly.test(said(value)));
  });
  return option && { span: option.nameSpan, why: `how many names \`${option.name}\` leaves is not known` };
}
