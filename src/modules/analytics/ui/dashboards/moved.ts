// Changing the order of a list.

/** The list with the one at `from` at `to` instead, the others in their order. */
export function moved<One>(list: readonly One[], from: number, to: number): One[] {
  const place = Math.max(0, Math.min(list.length - 1, to));
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, place), list[from]!, ...rest.slice(place)];
}
