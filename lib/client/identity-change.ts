/** Tells the other tabs of this browser that somebody signed out or acts in another role now. */
const CHANNEL = "throughline.identity";
/** A channel also reaches listeners in the page that speaks; this tab knows already, and is on its way. */
const TAB = crypto.getRandomValues(new Uint32Array(4)).join("-");

export function announceIdentityChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(TAB);
  channel.close();
}

/** Returns how to stop listening. */
export function onIdentityChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }) => {
    if (data !== TAB) listener();
  });
  return () => channel.close();
}
