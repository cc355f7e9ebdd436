/**
 * Text of unknown origin → Markdown that reads as that text and does nothing: no emphasis, link, image, mention, HTML or
 * block, in a chat, a ticket or a repository. Pure.
 */

/** Stands between signs that only mean something side by side. Invisible, and no reader takes it for a word boundary. */
const BREAK = "\u200b";

/** One line. What cannot be seen goes first: an invisible sign inside `@here` must not hide it from the rules below. */
export function plainMarkdown(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
      .replace(/[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]/gu, "")
      // Mentions and addresses, also in full-width letters. A backslash or an entity would be undone before they are looked for.
      .replace(/[@＠﹫]/g, `$&${BREAK}`)
      // References: #12, !12, GH-12.
      .replace(/[#!](?=\w)/g, `$&${BREAK}`)
      .replace(/\bGH-(?=\d)/gi, `$&${BREAK}`)
      // Addresses become links without being asked.
      .replace(/:(?=\/\/|\\\\)/g, `$&${BREAK}`)
      .replace(/\b(mailto|xmpp|javascript|data|vbscript|file|tel|sms):/gi, `$&${BREAK}`)
      .replace(/\bwww\./gi, `$&${BREAK}`)
      .replace(/\.(?=[a-z]{2,24}(?:[/?#]|:\d))/gi, `$&${BREAK}`)
      .replace(/[\\`*_[\]{}|~$^#]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .trim()
  );
}
