/** Where to send somebody whose call answered `step-up-required`: they prove who they are and come back to `next`. Pure. */
export function stepUpHref(next: string): string {
  return `/sign-in?${new URLSearchParams({ fresh: "1", next }).toString()}`;
}
