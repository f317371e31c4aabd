/** The number of a step as people count, from the path of its indexes: `4.1` is step 5.2. */
export function stepNumber(path: string): string {
  return path
    .split('.')
    .map((index) => Number(index) + 1)
    .join('.');
}
