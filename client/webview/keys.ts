/** The step that a key leads to from the marked one, `last` being the last there is; undefined where it leads nowhere. */
export function stepFor(key: string, marked: number | undefined, last: number): number | undefined {
  const at = marked ?? -1;
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    PageDown: at + 10,
    PageUp: at - 10,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(Math.max(target, 0), last);
}
