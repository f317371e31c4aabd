/** Of the address of a rule's page: `runbook-lint-rule:/below-minimum.md`. */
export const rulePageScheme = 'runbook-lint-rule';

/** The rule whose page an address is; undefined where it is none. */
export function ruleOfPage(scheme: string, path: string): string | undefined {
  return scheme === rulePageScheme ? /^\/([a-z-]+)\.md$/.exec(path)?.[1] : undefined;
}

/** A link to the command that opens the page inside the editor. */
export function rulePageCommand(rule: string): string {
  return `command:runbookLint._openRuleDoc?${encodeURIComponent(JSON.stringify([rule]))}`;
}
