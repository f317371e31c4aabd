import type { Row } from './row.ts';

/** The rows that are to be seen: only these are drawn, and only these tell of the marked step. */
export interface Sight {
  readonly rows: ReadonlySet<Row>;
  /** Watches these rows instead of those before; they count from the next `redraw` on. */
  watch(rows: readonly Row[]): void;
  /** Lets every row that is in sight appear again. */
  redraw(): void;
}

/** `appear` is called with each row that comes into sight. */
export function sightOf(appear: (row: Row) => void): Sight {
  let watched: readonly Row[] = [];
  const inSight = new Set<Row>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const row = watched.find(({ element }) => element === target);
      if (row === undefined) continue;
      if (!isIntersecting) inSight.delete(row);
      else {
        inSight.add(row);
        appear(row);
      }
    }
  });
  return {
    rows: inSight,
    watch(rows) {
      watched = rows;
      observer.disconnect();
      inSight.clear();
    },
    redraw() {
      for (const { element } of watched) {
        observer.unobserve(element);
        observer.observe(element);
      }
    },
  };
}
