/** Where to go after sign-in: only a path of this site, or the address bar could be used to send people elsewhere. Pure. */
export function safeNextPath(text: string | undefined): string {
  if (text === undefined) return "/";
  // A backslash or a control character is read as a slash, or dropped, by browsers: `/\evil.example` leaves the site.
  if (!/^\/(?!\/)[^\\\p{Cc}]*$/u.test(text) || text.startsWith("/sign-in")) return "/";
  return text;
}
