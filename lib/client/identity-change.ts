/** Tells the other tabs of this browser that somebody signed out or acts in another role now. */
const CHANNEL = "throughline.identity";

export function announceIdentityChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Returns how to stop listening. */
export function onIdentityChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", listener);
  return () => channel.close();
}
