/** The entry at an index that is known to exist: hot loops over typed arrays, without a check for each. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  return list[index] as T;
}
