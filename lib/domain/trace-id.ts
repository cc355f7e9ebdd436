/**
 * Trace and span ids in every spelling that people and backends use, brought to one: lower-case hex, 32 and 16 digits.
 * Tempo trims leading zeros in searches and answers base64 in bodies; people paste dashes, upper case and `traceparent`.
 */

const HEX = /^[0-9a-f]+$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** 32 lower-case hex digits, or undefined. All-zero ids are invalid by W3C Trace Context. */
export function parseTraceId(text: string): string | undefined {
  const plain = text.trim().replace(/^["'`<{(]+|["'`>)},;]+$/g, "");
  const parent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/i.exec(plain);
  if (parent?.[1]) return nonZero(parent[1].toLowerCase());
  const hex = plain.replace(/^0x/i, "").replaceAll("-", "").toLowerCase();
  // Sixteen digits are a 64-bit trace id (Zipkin, Jaeger). Fewer could be any number, so they need an explicit kind.
  if (HEX.test(hex) && (hex.length === 32 || hex.length === 16)) return nonZero(hex.padStart(32, "0"));
  if (BASE64.test(plain) && plain.replace(/=+$/, "").length === 22) return fromBase64(plain, 16);
  return undefined;
}

/** As `parseTraceId`, for text that is known to be a trace id: also accepts trimmed leading zeros. */
export function parseKnownTraceId(text: string): string | undefined {
  const hex = text.trim().replace(/^0x/i, "").toLowerCase();
  if (HEX.test(hex) && hex.length <= 32) return nonZero(hex.padStart(32, "0"));
  return parseTraceId(text);
}

/** 16 lower-case hex digits from hex (zeros may be trimmed) or base64, or undefined. */
export function parseSpanId(text: string): string | undefined {
  const plain = text.trim();
  if (BASE64.test(plain) && plain.length === 12 && plain.endsWith("=")) return fromBase64(plain, 8);
  const hex = plain.replace(/^0x/i, "").toLowerCase();
  return HEX.test(hex) && hex.length <= 16 ? nonZero(hex.padStart(16, "0")) : undefined;
}

function fromBase64(text: string, bytes: number): string | undefined {
  const binary = atob(text.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/"));
  if (binary.length !== bytes) return undefined;
  let hex = "";
  for (let i = 0; i < binary.length; i++) hex += binary.charCodeAt(i).toString(16).padStart(2, "0");
  return nonZero(hex);
}

function nonZero(hex: string): string | undefined {
  return /^0*$/.test(hex) ? undefined : hex;
}
