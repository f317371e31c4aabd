/** A gauge goes lower than it was, on one way. */
export interface Fall {
  readonly from: number;
  readonly to: number;
}

/** The one that goes lower; of two that go as low the one from higher. What does not go lower is none. */
export function lowerFall(a: Fall | undefined, b: Fall | undefined): Fall | undefined {
  if (b === undefined || b.to >= b.from) return a;
  return a === undefined || b.to < a.to || (b.to === a.to && b.from > a.from) ? b : a;
}
