/** Lets the messages that wait be read, a cancellation among them. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
