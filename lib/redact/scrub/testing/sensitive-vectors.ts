/**
 * Public test values per class: card schemes' test numbers, the IBAN registry, RFC 2606, 3849, 5737 and 7519, E.164.
 * Shapes of tokens are put together at run time, so that nobody's scanner takes this file for a leak.
 */

/** `core`: what must not be readable afterwards. */
export interface Vector {
  readonly text: string;
  readonly core: string;
}

const same = (...values: string[]): Vector[] => values.map((text) => ({ text, core: text }));
const pair = (before: string, core: string, after = ""): Vector => ({ text: before + core + after, core });
const filler = (length: number) => "Zq7Xw2Kd9Rt4Bn6Hs1Lp8Vc3Mf5Jg0Ty".repeat(8).slice(0, length);
const token = (prefix: string, rest: string) => `${prefix}${rest}`;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwt = (header: object) => `${part(header)}.${part({ sub: "zq-1", name: "Z" })}.${filler(43)}`;

export const VECTORS: Readonly<Record<string, readonly Vector[]>> = {
  "e-mail": same(
    "ada@shop.example",
    "ada.lovelace+orders@mail.shop.example.com",
    "o'brien@shop.example.org",
    "x_1%2@sub-domain.example.net",
    "zq@xn--bcher-kva.example",
    "jürgen@bücher.example",
    "a@example.co.uk",
    "root@mail.example.technology",
  ),
  phone: [
    ...same("+14155552671", "+1 415 555 2671", "+44 20 7946 0123", "+44 (0)20 7946 0958", "+49-151-2345-6789"),
    ...same("+33.1.99.00.12.34", "+81 3-5550-0123"),
    pair("phone: ", "0151 2345 6789"),
    pair("mobile=", "07700900123"),
    pair("Tel. ", "(020) 7946 0123"),
    pair('"customerPhone":"', "020 7946 0999", '"'),
  ],
  "card number": [
    ...same("4111111111111111", "4111 1111 1111 1111", "4012-8888-8888-1881", "5555555555554444", "2223003122003222"),
    ...same("371449635398431", "3782 822463 10005", "30569309025904", "6011111111111117", "3530111333300000"),
    ...same("6200000000000005", "4222222222222"),
    { text: "qty 12 4111 1111 1111 1111 05", core: "4111 1111 1111 1111" },
  ],
  IBAN: same(
    "GB82WEST12345698765432",
    "GB82 WEST 1234 5698 7654 32",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "NO9386011117947",
    "NL91 ABNA 0417 1643 00",
    "MT84MALT011000012345MTLCAST001S",
  ),
  IPv4: same("192.0.2.1", "198.51.100.77", "203.0.113.255"),
  IPv6: same("2001:db8::1", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "2001:db8:0:1::ff00:42", "::ffff:192.0.2.128"),
  JWT: same(jwt({ alg: "HS256", typ: "JWT" }), jwt({ typ: "JWT", alg: "RS256", kid: "zq" })),
  "scheme credential": [
    pair("Authorization: Bearer ", filler(32)),
    pair("used bearer ", filler(20)),
    pair("proxy sent Basic ", Buffer.from("zq-user:zq-pass").toString("base64")),
  ],
  "token by prefix": same(
    token("gh", `p_${filler(36)}`),
    token("gh", `s_${filler(36)}`),
    token("github", `_pat_${filler(22)}_${filler(59)}`),
    token("gl", `pat-${filler(20)}`),
    token("xo", `xb-1234567890-${filler(24)}`),
    token("AK", "IAIOSFODNN7EXAMPLE"),
    token("AS", "IAY34FZKBOKMUTVV7A"),
    token("sk", `_live_${filler(24)}`),
    token("rk", `_test_${filler(24)}`),
    token("AI", `za${filler(35)}`),
    token("gl", `sa_${filler(32)}_1a2b3c4d`),
    token("gl", `c_${filler(60)}`),
    token("sn", `trys_${filler(60)}`),
    token("sn", `tryu_${filler(64)}`),
    token("np", `m_${filler(36)}`),
    token("S", `G.${filler(22)}.${filler(43)}`),
  ),
  "secret by name": [
    pair("password=", "hunter2zq"),
    pair('{"password":"', "hunter2 zq", '"}'),
    pair("db.passwd: ", "hunter2zq"),
    pair("client_secret=", "zq-77-abc", "&x=1"),
    pair("X-Api-Key: ", "zq77abc99"),
    pair("apiKey='", "zq 77 abc", "'"),
    pair("access_token=", "zq77abc99"),
    pair("csrf_token: ", "zq77abc99"),
    pair("otp=", "zq492817"),
    pair('"cvv": "', "zq737", '", "n": 1'),
    pair("cardPin=", "zq4711"),
    pair("session=", "zq77abc99"),
    pair("AWS_SECRET_ACCESS_KEY=", "zq77/abc+99"),
    pair("<password>", "hunter2zq", "</password>"),
    pair('{"name":"Cookie","value":"', "zq77abc99", '"}'),
  ],
  "URL credentials": [
    pair("postgres://", "app:hunter2zq", "@db.example/x"),
    pair("https://", "zq-user:p@ss", "@shop.example/path"),
    pair("amqp://", "app:zq/slash", "@mq.example"),
  ],
  "URL query": [
    pair("https://shop.example/x?sig=", "zq77abc99", "&page=2"),
    pair("GET /orders?code=", "zq77abc99"),
    pair("https://shop.example/cb#state=", "zq77abc99"),
    pair("/download?page=1&X-Goog-Signature=", "zq77abc99"),
  ],
  cookie: [
    pair("Cookie: ", "theme=dark; zqsid=77abc99"),
    pair("Set-Cookie: ", "zqsid=77abc99; Path=/; HttpOnly"),
    pair('{"cookie":"', "zqsid=77abc99; theme=dark", '"}'),
  ],
  "private key": [
    { text: `-----BEGIN RSA ${"PRIVATE"} KEY----- ${filler(64)}`, core: filler(64) },
    { text: `-----BEGIN OPENSSH ${"PRIVATE"} KEY----- ${filler(64)}`, core: filler(64) },
  ],
};
