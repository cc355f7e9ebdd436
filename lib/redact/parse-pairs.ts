/** Query strings, `key=value` text and lines of `key: value`, read only when the whole text is made of such pairs. */

const NAME = /^[\p{L}_@][\p{L}\p{N}_.@/[\]-]{0,199}$/u;
const MAX_PAIRS = 512;

/** Names to values; a name that repeats gets a list. Undefined when anything in the text is no pair. */
export function parsePairs(text: string): object | undefined {
  const pairs = queryPairs(text) ?? spacedPairs(text) ?? linePairs(text);
  if (pairs === undefined || pairs.length === 0 || pairs.every(([, value]) => value === "")) return undefined;
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  // fromEntries defines own properties, so a hostile `__proto__` is one name among others.
  return Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
}

type Pairs = (readonly [name: string, value: string])[] | undefined;

function queryPairs(text: string): Pairs {
  if (/[\s"]/.test(text) || !text.includes("=")) return undefined;
  return collect(text.replace(/^\?/, "").split(/&(?:amp;)?/), (part) => {
    const at = part.indexOf("=");
    return at < 1 ? undefined : [unescape(part.slice(0, at)), unescape(part.slice(at + 1))];
  });
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** `a=1 b="two words", c=3`. */
function spacedPairs(text: string): Pairs {
  if (!text.includes("=")) return undefined;
  const pairs: (readonly [string, string])[] = [];
  const one = /\s*([^\s="',;]{1,200})=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"',;]*)[\s,;]*/gy;
  while (one.lastIndex < text.length) {
    const found = one.exec(text);
    const [name = "", value = ""] = [found?.[1], found?.[2]];
    if (!found || !NAME.test(name) || value.startsWith("=") || pairs.length >= MAX_PAIRS) return undefined;
    pairs.push([name, /^["']/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value]);
  }
  return pairs;
}

/** The flat part of YAML and of header blocks. */
function linePairs(text: string): Pairs {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && line.trim() !== "---");
  if (lines.length < 2) return undefined;
  return collect(lines, (line) => {
    const found = /^[\s-]{0,40}([^\s:]{1,200}):(?:\s+(.*))?$/.exec(line);
    return found ? [found[1] ?? "", (found[2] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2")] : undefined;
  });
}

function collect(parts: readonly string[], read: (part: string) => readonly [string, string] | undefined): Pairs {
  if (parts.length > MAX_PAIRS) return undefined;
  const pairs: (readonly [string, string])[] = [];
  for (const part of parts) {
    const pair = read(part);
    if (!pair || !NAME.test(pair[0]) || pair[1].startsWith("=")) return undefined;
    pairs.push(pair);
  }
  return pairs;
}
