/** The address of one key rule on its page, of a new one (`null`), or of the page. */
export function keyRulesHref(rule?: string | null): string {
  if (rule === null) return "/admin/keys?new=1";
  return rule === undefined ? "/admin/keys" : `/admin/keys?rule=${encodeURIComponent(rule)}`;
}
