/** Lines as services write them, and texts that make careless patterns slow. */

const hex = (n: number, width: number) =>
  Array.from({ length: width / 8 }, (_, i) => ((n * 4 + i + 1) * 2_654_435_761) % 4_294_967_296)
    .map((part) => part.toString(16).padStart(8, "0"))
    .join("");

/** One line in `sensitiveIn` holds something; 0: none. */
export function logLines(count: number, sensitiveIn: number): string[] {
  const clean: readonly ((n: number) => string)[] = [
    (n) => `level=info msg="order saved" order=${48_000 + n} trace_id=${hex(n, 32)} took=${n % 900}ms`,
    (n) => `2026-11-23T10:14:0${n % 10}.${100 + (n % 900)}Z GET /orders/${48_000 + n}/status 500 in ${n % 90} ms`,
    (n) => `{"level":"warn","service":"status-api","span":"${hex(n, 16)}","retry":${n % 5},"text":"schema changed"}`,
    (n) => `worker-${n % 40} finished batch ${n} of 300: 42 done, 3 skipped, version 2.14.${n % 30}`,
  ];
  const sensitive: readonly ((n: number) => string)[] = [
    (n) => `mail for customer${n}@shop.example could not be sent`,
    (n) => `request from 203.0.113.${n % 250} with Authorization: Bearer zq${hex(n, 32)}`,
    (n) => `{"login":"failed","password":"zq-${n}","account":"A-${n}"}`,
    (n) => `GET https://shop.example/cb?code=zq${n}&page=2 302`,
  ];
  return Array.from({ length: count }, (_, n) => {
    const pool = sensitiveIn > 0 && n % sensitiveIn === 0 ? sensitive : clean;
    return pool[(n >> 2) % pool.length]?.(n) ?? "";
  });
}

const repeated = (part: string) => (size: number) => part.repeat(Math.ceil(size / part.length)).slice(0, size);

/** At least one for every detector, decoder and reader of values. */
export const hostileTexts: Readonly<Record<string, (size: number) => string>> = {
  "local parts": repeated("a."),
  "at signs": repeated("@"),
  "addresses without end": repeated("a@a."),
  domains: (size) => `a@${repeated("a.")(size - 2)}`,
  plus: repeated("+1"),
  "phone digits": repeated("+1 2-3 "),
  "phone words": repeated("phone: 1 "),
  digits: repeated("4"),
  "digit groups": repeated("4111 "),
  "IBAN heads": repeated("GB82"),
  dots: repeated("1.1."),
  colons: repeated("1:"),
  "double colons": repeated("::"),
  "JWT heads": repeated("eyJ"),
  "JWT parts": repeated("eyJhbGciOiJIUzI1NiJ9."),
  bearer: repeated("bearer "),
  "token heads": repeated("ghp_sk_live_xoxb-"),
  "private key": repeated("-----BEGIN "),
  password: repeated("password="),
  "open quotes": repeated('password="'),
  "open brackets": repeated("password=["),
  placeholders: repeated("password=*** "),
  "XML heads": repeated("<password>"),
  "suffix words": repeated("token_key_id_"),
  cookies: repeated("cookie: a=1;"),
  lines: repeated("\npassword: "),
  schemes: repeated("://"),
  userinfo: repeated("a://b:c"),
  queries: repeated("a?b="),
  percent: repeated("%2525"),
  entities: repeated("&amp;"),
  "open entities": repeated("&#"),
  escapes: repeated("\\u0040"),
  colours: repeated("\u001b["),
  "colour parameters": (size) => `\u001b[${repeated("1;")(size - 2)}`,
  invisible: repeated("a\u200b"),
  "full width": repeated("＠ａ．"),
  base64: repeated("YWRhQHNob3AuZXhhbXBsZSAg"),
  "paths like base64": repeated("/aB1"),
  hex: repeated("61646140"),
  "short runs": repeated("aB3aB3aB3aB3aB3aB3 "),
};
