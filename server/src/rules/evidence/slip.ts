/** Whether one digit too many, too few, beside the right one or swapped with the next makes one of the other. */
export function isSlip(typed: number, said: number): boolean {
  const a = `${typed}`;
  const b = `${said}`;
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const one = a.slice(at);
  const two = b.slice(at);
  if (one.slice(1) === two.slice(1)) return areNeighbours(one[0] ?? '', two[0] ?? '');
  return changesTenfold(typed, said) || (one[0] === two[1] && one[1] === two[0] && one.slice(2) === two.slice(2));
}

/** Whether one digit more makes one of the other: the slip that does the most harm, and hardly ever meant. */
export function changesTenfold(typed: number, said: number): boolean {
  const short = `${Math.min(typed, said)}`;
  const long = `${Math.max(typed, said)}`;
  if (long.length !== short.length + 1) return false;
  return Array.from(long).some((_, i) => long.slice(0, i) + long.slice(i + 1) === short);
}

const row = '1234567890';

/** Keys that touch in the row above the letters; on a keypad nearly all of them touch, which would be no evidence. */
function areNeighbours(a: string, b: string): boolean {
  return row.includes(a + b) || row.includes(b + a);
}
