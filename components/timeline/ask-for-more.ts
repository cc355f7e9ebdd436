/** The address of the same view, asking for more: what is filtered, zoomed and opened stays. Pure. */

export interface More {
  /** Token of a cut-off fetch whose rest is wanted. */
  readonly continuation?: string;
  /** Key whose boundary is to be crossed, as `kind:value`. */
  readonly widen?: string;
}

/**
 * `search` is the query string of the view. `window` pins a moving range to the one that was answered: a token belongs
 * to the exact request it continues. `pathname` is the page's own, for a view that somebody shared.
 */
export function hrefWithMore(
  search: string,
  more: More,
  window?: { readonly from: string; readonly to: string },
  pathname = "/timeline",
): string {
  const parameters = new URLSearchParams(search);
  if (window) {
    parameters.set("from", window.from);
    parameters.set("to", window.to);
  }
  if (more.continuation !== undefined) parameters.append("continue", more.continuation);
  if (more.widen !== undefined && !parameters.getAll("widen").includes(more.widen)) {
    parameters.append("widen", more.widen);
  }
  return `${pathname}?${parameters.toString()}`;
}
