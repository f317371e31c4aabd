/** The last part of a tool's path. */
export function toolName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
