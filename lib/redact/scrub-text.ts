/**
 * The second net under free text for roles that may read it: detectors replace what looks personal or secret.
 * Every pattern is linear (bounded repeats, no nesting), text is capped, and a string that may hide an encoded secret
 * past the detectors is withheld whole. Non-engineers never get free text at all, so this is not the boundary.
 */
import type { Pseudonymizer } from "./pseudonym";

const MAX_LENGTH = 32_768;
const WITHHELD = "[withheld: may contain a secret]";

/** One cheap look decides for most lines that nothing is to be done. */
const SUSPICIOUS =
  /@|%40|&#|\\u00|eyJ|pass|pwd|secret|token|authori[sz]|bearer|basic |cookie|api[_-]?key|credential|cvv|BEGIN [A-Z ]*PRIVATE|:\/\/|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?:\d[ -]?){12}|[A-Z]{2}\d{2}[ A-Z0-9]{11}|\+\d|\bAKIA|\bgh[pousr]_|\bxox|\bsk_|\bglpat-|::/i;

const SECRET_PAIR =
  /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|authorization|credentials?|cvv|cvc|session[_-]?token|set-cookie|cookie)["']?\s{0,3}[:=]\s{0,3}["']?)(?:(?:bearer|basic)\s{1,3})?[^\s"',;&}\]]{1,512}/gi;
const BEARER = /\b(bearer|basic)\s{1,3}[A-Za-z0-9._~+/=-]{8,1024}/gi;
const JWT = /\beyJ[A-Za-z0-9_-]{5,1024}\.[A-Za-z0-9_-]{5,4096}(?:\.[A-Za-z0-9_-]{0,1024})?/g;
const KNOWN_TOKEN =
  /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,255}|xox[abprs]-[A-Za-z0-9-]{10,255}|sk_(?:live|test)_[A-Za-z0-9]{10,255}|glpat-[A-Za-z0-9_-]{15,255})\b/g;
const URL_USERINFO = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,128}(?::[^\s/@]{0,256})?@/gi;
const URL_QUERY = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s?#"']{1,1024})\?[^\s"'<>]{1,2048}/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;
/** The last label has letters only, so that a release such as `status-api@2.14.0` stays readable. */
const EMAIL = /[A-Za-z0-9._%+-]{1,64}(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9])/g;
const IPV4 = /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d{1,2})(?:\.(?:25[0-5]|2[0-4]\d|1?\d{1,2})){3}(?![\d.])/g;
const IPV6 = /(?<![A-Za-z0-9:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![A-Za-z0-9:])/gi;
const CARD = /(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const PHONE = /(?<![\w+])\+\d(?:[ ().-]{0,2}\d){7,14}(?!\d)/g;

/** In: any text. Out: the same text with personal values replaced by pseudonyms and secrets by `[secret]`. */
export function scrubText(text: string, pseudonyms: Pseudonymizer): string {
  const capped = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}… [cut]` : text;
  if (!SUSPICIOUS.test(capped)) return capped;
  if (PRIVATE_KEY.test(capped)) return WITHHELD;
  const plain = canonical(capped);
  return plain
    .replace(URL_USERINFO, "$1[secret]@")
    .replace(URL_QUERY, "$1?[query withheld]")
    .replace(BEARER, "$1 [secret]")
    .replace(SECRET_PAIR, "$1[secret]")
    .replace(JWT, "[secret]")
    .replace(KNOWN_TOKEN, "[secret]")
    .replace(EMAIL, (found) => pseudonyms.pseudonym("email", found.replace("%40", "@")))
    .replace(CARD, (found) => (isCardNumber(found.replace(/\D/g, "")) ? "[secret]" : found))
    .replace(IBAN, (found) => (isIban(found.replaceAll(" ", "")) ? "[secret]" : found))
    .replace(PHONE, (found) => pseudonyms.pseudonym("phone", found.replace(/\D/g, "")))
    .replace(IPV4, (found) => pseudonyms.pseudonym("ip", found))
    .replace(IPV6, (found) =>
      found.includes("::") || found.split(":").length >= 6 ? pseudonyms.pseudonym("ip", found) : found,
    );
}

/** Undoes the escapes that commonly hide `@` and letters from the detectors. */
function canonical(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .replace(/&#(?:x40|64);/gi, "@")
    .replace(/\\u0040/gi, "@");
}

/** Luhn check over 13 to 19 digits whose first digit an issuer uses. Trace ids and timestamps rarely pass both. */
function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 13616: letters as numbers, first four moved to the end, modulo 97 is 1. */
function isIban(text: string): boolean {
  if (text.length < 15 || text.length > 34) return false;
  let rest = 0;
  for (const char of text.slice(4) + text.slice(0, 4)) {
    const code = char.charCodeAt(0);
    const value = code >= 65 ? code - 55 : code - 48;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
