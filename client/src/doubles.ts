/** Rules whose mistakes a general YAML extension reports where it has our schemas, which it has by the file's name. */
const alsoBySchema = new Set(['schema', 'syntax']);
const ourNames = /(?:^|[\\/])(?:[^\\/]*\.(?:runbook|fleet|commands)\.ya?ml|runbook\.ya?ml|\.runbook-lint\.ya?ml)$/i;

/** Whether the general YAML extension has our schema for the file, and so completes its keys by itself. */
export function hasSchemaElsewhere(path: string): boolean {
  return ourNames.test(path);
}

/**
 * Whether another extension reports this mistake too, so that it would stand there twice.
 * @param path of the file
 * @param isFaultyYaml a general reader of YAML finds a mistake in the file; it sees none where `{{ name }}` lacks its quotes
 */
export function isReportedTwice(rule: string, path: string, isFaultyYaml: boolean): boolean {
  if (rule === 'duplicate-key' || (rule === 'syntax' && isFaultyYaml)) return true;
  return alsoBySchema.has(rule) && hasSchemaElsewhere(path);
}
