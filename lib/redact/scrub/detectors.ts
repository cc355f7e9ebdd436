/**
 * What is looked for in free text, as data. Patterns keep to RE2 (no look-around, no back-references) and repeat within
 * bounds, except at their very end: that is what makes them linear here too. The second look does the rest.
 */
import { acceptCard, acceptIban, acceptInternationalPhone, acceptIpv4, acceptIpv6 } from "./accept-number";
import { acceptPair, acceptPersonPair } from "./accept-pair";
import { acceptCredential, acceptEmail, acceptJwt, acceptQuery, acceptToken, acceptUserinfo } from "./accept-text";
import type { Span } from "./span";

export interface Detector {
  readonly name: string;
  readonly class: "personal" | "secret";
  /** Type of the stand-in. */
  readonly type: string;
  /** A text without it is not searched. */
  readonly hint: RegExp;
  /** With a group: the group is what was found and what precedes it stays. */
  readonly pattern: RegExp;
  /** `shapes`: ids that cannot be anything else are out of its sight; `known`: also those that key rules name. */
  readonly blindTo?: "shapes" | "known";
  /** Where to look on after a refusal, in units behind the start; without it, behind the match. */
  readonly retry?: number;
  readonly accept: (text: string, span: Span) => readonly Span[];
}

const asFound = (_text: string, span: Span): Span[] => [span];

const SEPARATOR = `["'\\]]{0,2}\\s{0,4}(?:=>|->|:=|[:=>]|,\\s{0,3}["'](?:value|val)["']\\s{0,3}:)\\s{0,4}`;
const SECRET_NAME =
  "passw(?:or)?d|passphrase|passcode|secret|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|authorization|cookie2?|csrf|xsrf|token|jsessionid|phpsessid|card[_ -]?(?:number|no)|aspxauth";
/** Too short to be looked for inside other words. */
const SECRET_WORD = "pwd|pw|pass|pin|otp|totp|mfa[_-]?code|cvv2?|cvc2?|sid|pan|jwt|sess|session|ssn|iban";
const SUFFIX =
  "(?:[_.-]?(?:access|key|base|value|hash|text|data|confirmation|confirm|current|old|new|id|s|[0-9]{1,2})){0,2}";
/** The start of a separator: what names without one look like is prose. */
const PAIRED = `["'\\]]{0,2}\\s{0,4}[=:>,-]`;
const PERSON_NAME =
  "(?:first|last|full|middle|maiden|sur)[_ -]?name|(?:customer|recipient|contact|holder)[_ -]?name|street(?:[_ -]?address)?|birth[_ -]?da(?:te|y)|passport(?:[_ -]?(?:no|number))?";

export const DETECTORS: readonly Detector[] = [
  {
    name: "e-mail",
    class: "personal",
    type: "email",
    hint: /@[^\s@]{1,255}\./,
    pattern: /@(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(?:xn--[a-zA-Z0-9-]{2,59}|\p{L}{2,24})/gu,
    accept: acceptEmail,
  },
  {
    name: "phone",
    class: "personal",
    type: "phone",
    hint: /\+[1-9(]/,
    pattern: /\+[1-9](?:[ ().\/-]{0,3}[0-9]){7,14}/g,
    blindTo: "shapes",
    accept: acceptInternationalPhone,
  },
  {
    name: "phone after its name",
    class: "personal",
    type: "phone",
    hint: /(?:tel|phone|mobile|msisdn|fax|whatsapp|cell)[^0-9]{0,24}[0-9]/i,
    pattern:
      /(?:phone|mobile|msisdn|whatsapp|\b(?:tel|telephone|cell|fax))(?:[ _.-]?(?:no|nr|num|number))?[."'\]]{0,2}[ \t]{0,3}[:=#]?[ \t]{0,3}["'(]{0,2}(\(?[0-9](?:[ ().\/-]{0,2}[0-9]){5,14})/gi,
    blindTo: "known",
    accept: asFound,
  },
  {
    name: "card number",
    class: "secret",
    type: "card",
    hint: /(?:\b|_)[2-6](?:[ .-]?[0-9]){12}/,
    pattern:
      /[0-9]{4}(?:[ .-][0-9]{4}[ .-][0-9]{4}[ .-][0-9]{4}(?:[ .-][0-9]{1,3})?|[ .-][0-9]{6}[ .-][0-9]{4,5}|[0-9]{9,15})/g,
    blindTo: "known",
    retry: 4,
    accept: acceptCard,
  },
  {
    name: "IBAN",
    class: "secret",
    type: "iban",
    hint: /\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11}/i,
    pattern: /[A-Z]{2}[0-9]{2}/gi,
    blindTo: "shapes",
    retry: 1,
    accept: acceptIban,
  },
  {
    name: "IPv4",
    class: "personal",
    type: "ip",
    hint: /[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]/,
    pattern: /[0-9]{1,3}(?:\.[0-9]{1,3}){3}/g,
    blindTo: "shapes",
    accept: acceptIpv4,
  },
  {
    name: "IPv6",
    class: "personal",
    type: "ip",
    hint: /::|(?:[0-9a-f]{1,4}:){6}/i,
    pattern: /[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\.[0-9]{1,3}){3})?/gi,
    blindTo: "shapes",
    accept: acceptIpv6,
  },
  {
    name: "JWT",
    class: "secret",
    type: "token",
    hint: /eyJ[\w-]{8}/i,
    pattern: /eyJ[\w=-]+/g,
    accept: acceptJwt,
  },
  {
    name: "credential after its scheme",
    class: "secret",
    type: "token",
    hint: /(?:bearer|basic)\s/i,
    pattern: /\b(?:bearer|basic)\s{1,4}["']?([A-Za-z0-9._~+\/=-]{8,})/gi,
    accept: acceptCredential,
  },
  {
    name: "token by its prefix",
    class: "secret",
    type: "token",
    hint: /gh[pousr]_[a-z0-9]{16}|github_pat_|glpat-|xox[a-z]-|xapp-|\b(?:AKIA|ASIA)[A-Z0-9]{16}|[sr]k_(?:live|test)_|AIza[\w-]{30}|gl(?:sa|c)_[a-z0-9]{20}|sntry[su]_|npm_[a-z0-9]{30}|\bSG\.[\w-]{16}|\bhvs\.[\w-]{20}|dop_v1_|shpat_|whsec_|pypi-[\w-]{32}|\bsk-[\w-]{24}/i,
    pattern:
      /gh[pousr]_[a-z0-9]{16,255}|github_pat_[a-z0-9_]{20,255}|glpat-[a-z0-9_-]{16,255}|xox[abceoprs]-[a-z0-9-]{10,255}|xapp-[0-9a-z-]{10,255}|\b(?:AKIA|ASIA)[A-Z0-9]{16}|[sr]k_(?:live|test)_[a-z0-9]{10,255}|AIza[a-z0-9_-]{30,64}|glsa_[a-z0-9_]{20,255}|glc_[a-z0-9+\/=]{20,255}|sntry[su]_[a-z0-9_=+\/-]{20,255}|npm_[a-z0-9]{30,64}|\bSG\.[\w-]{16,64}\.[\w-]{16,128}|\bhvs\.[\w-]{20,255}|dop_v1_[a-f0-9]{32,128}|shpat_[a-f0-9]{20,64}|whsec_[a-z0-9+\/=]{16,128}|pypi-[\w-]{32,255}|\bsk-(?:ant-|proj-)?[\w-]{24,255}/gi,
    accept: acceptToken,
  },
  {
    name: "private key",
    class: "secret",
    type: "key",
    hint: /PRIVATE KEY/i,
    pattern: /-{2,10}[ ]?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/gi,
    accept: (text) => [{ start: 0, end: text.length }],
  },
  {
    name: "secret after its name",
    class: "secret",
    type: "secret",
    hint: new RegExp(
      `(?:pass|secret|credential|key|authorization|cookie|csrf|xsrf|token|sessid|card[_ -]?n|aspxauth)[\\w.-]{0,40}${PAIRED}`,
      "i",
    ),
    pattern: new RegExp(`(?:${SECRET_NAME})${SUFFIX}${SEPARATOR}`, "gi"),
    accept: acceptPair,
  },
  {
    name: "secret after its short name",
    class: "secret",
    type: "secret",
    hint: new RegExp(`(?:\\b|_)(?:${SECRET_WORD})${PAIRED}`, "i"),
    pattern: new RegExp(`(?:\\b|_)(?:${SECRET_WORD})${SEPARATOR}`, "gi"),
    accept: acceptPair,
  },
  {
    name: "secret after an option",
    class: "secret",
    type: "secret",
    hint: /--[a-z-]{0,24}(?:pass|secret|token|key)/i,
    pattern: /--[a-z-]{0,24}(?:pass|password|passwd|secret|token|key)\s{1,4}/gi,
    accept: acceptPair,
  },
  {
    name: "secret after a name in camel case",
    class: "secret",
    type: "secret",
    hint: new RegExp(`[a-z](?:Pin|Otp|Cv[vc]|Pan|Sid|Pass|Pwd|Jwt|Ssn|Iban)${PAIRED}`),
    pattern: new RegExp(`[a-z](?:Pin|Otp|Cvv|Cvc|Pan|Sid|Pass|Pwd|Jwt|Ssn|Iban)${SEPARATOR}`, "g"),
    accept: acceptPair,
  },
  {
    name: "person after the name of the field",
    class: "personal",
    type: "person",
    hint: new RegExp(`(?:${PERSON_NAME})${PAIRED}`, "i"),
    pattern: new RegExp(`(?:${PERSON_NAME})${SEPARATOR}`, "gi"),
    accept: acceptPersonPair,
  },
  {
    name: "URL credentials",
    class: "secret",
    type: "secret",
    hint: /:\/\//,
    pattern: /:\/\//g,
    accept: acceptUserinfo,
  },
  {
    name: "URL query",
    class: "secret",
    type: "secret",
    hint: /[?#][A-Za-z0-9_.[\]%$~-]{1,64}=/,
    pattern: /[?#][A-Za-z0-9_.[\]%$~-]{1,64}=/g,
    blindTo: "known",
    accept: acceptQuery,
  },
];
