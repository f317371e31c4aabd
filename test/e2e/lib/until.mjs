/**
 * Waits until `condition` gives something, looking again every few milliseconds.
 * @template T
 * @param {string} what what is waited for, in the words of the message where it does not come
 * @param {() => Promise<T> | T} condition
 * @param {number} [limit] milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, condition, limit = 15_000) {
  const started = Date.now();
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() - started > limit) throw new Error(`Waited ${limit / 1000} s in vain: ${what}`);
    await new Promise((again) => setTimeout(again, 25));
  }
}

/**
 * `promise`, or an error once `limit` milliseconds have passed.
 * @template T
 * @param {string} what
 * @param {Promise<T>} promise
 * @param {number} limit
 * @returns {Promise<T>}
 */
export async function within(what, promise, limit) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${limit / 1000} s in vain: ${what}`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
