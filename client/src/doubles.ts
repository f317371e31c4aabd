/** Rules whose mistakes a general YAML extension reports as well. */
const alsoReported = new Set(['syntax', 'duplicate-key']);
/** Of those that it reports where it has our schemas, which it has by the file's name. */
const alsoBySchema = new Set(['schema']);
const ourNames = /(?:^|[\\/])(?:[^\\/]*\.(?:runbook|fleet|commands)\.ya?ml|runbook\.ya?ml|\.runbook-lint\.yaml)$/i;

/** Whether the general YAML extension has our schema for the file, and so completes its keys by itself. */
export function hasSchemaElsewhere(path: string): boolean {
  return ourNames.test(path);
}

/**
 * Whether another extension reports this mistake too, so that it would stand there twice.
 * @param path of the file
 */
export function isReportedTwice(rule: string, path: string): boolean {
  return alsoReported.has(rule) || (alsoBySchema.has(rule) && hasSchemaElsewhere(path));
}
