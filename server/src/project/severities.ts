import type { ConfigAnalysis } from '../lint/analysis.ts';
import type { Severities } from '../lint/lint.ts';

/** What is wanted of each rule by those who can say so, apart from the file itself. */
interface Wishes {
  /** Of `--rule`. */
  readonly overrides: Severities;
  readonly config: ConfigAnalysis | undefined;
  /** Of the editor's settings. */
  readonly editor: Severities;
}

const none: Severities = new Map();

/** One map of all wishes, the first of the three that speaks of a rule wins (docs/configuration.md). */
function merge({ overrides, config, editor }: Wishes): Severities {
  const rules = config?.rules ?? none;
  if (overrides.size + rules.size + editor.size === 0) return none;
  return new Map([...editor, ...rules, ...overrides]);
}

/** Merges wishes; the same wishes for a file give the same map, which the checks below tell by identity. */
export function createMerger(): (uri: string, wishes: Wishes) => Severities {
  const known = new Map<string, { readonly wishes: Wishes; readonly merged: Severities }>();
  return (uri, wishes) => {
    const before = known.get(uri);
    if (before !== undefined && same(before.wishes, wishes)) return before.merged;
    const merged = merge(wishes);
    known.set(uri, { wishes, merged });
    return merged;
  };
}

function same(a: Wishes, b: Wishes): boolean {
  return a.overrides === b.overrides && a.config === b.config && a.editor === b.editor;
}
