import { canonicalUri } from '../project/uri.ts';

/** Acts once for all files that it is given while messages wait to be read: the more come, the later. */
export function gathered(act: (uris: readonly string[]) => void): (uris: readonly string[]) => void {
  const due = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (uris) => {
    for (const uri of uris) due.add(canonicalUri(uri));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = [...due];
      due.clear();
      act(all);
    }, 0);
  };
}
