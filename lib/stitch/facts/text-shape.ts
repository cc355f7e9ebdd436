/** A text without what differs from one repeat to the next: ids, numbers, times, durations. */

export interface TextShape {
  /** Every word that holds a digit is `#`. */
  readonly shape: string;
  /** Status codes, in order: the only numbers that make another event out of the same words. */
  readonly statuses: string;
}

const MAX_SHAPE_LENGTH = 400;
const BEFORE_STATUS = /(?:status\w*|code|answered|returned|responded|→|HTTP\/\d(?:\.\d)?)["'\s:=]{0,3}$/i;
const LOOK_BEHIND = 24;

/** Linear; reads no further than the shape is long. */
export function textShape(text: string): TextShape {
  let shape = "";
  let statuses = "";
  let copied = 0;
  let wordStart = -1;
  let hasDigit = false;
  for (let i = 0; i <= text.length && shape.length + (i - copied) <= MAX_SHAPE_LENGTH; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    const isDigit = code >= 48 && code <= 57;
    if (isDigit || isWordCode(code)) {
      if (wordStart < 0) wordStart = i;
      hasDigit ||= isDigit;
      continue;
    }
    if (hasDigit) {
      shape += `${text.slice(copied, wordStart)}#`;
      copied = i;
      if (i - wordStart === 3 && isStatus(text, wordStart)) statuses += ` ${text.slice(wordStart, i)}`;
      hasDigit = false;
    }
    wordStart = -1;
  }
  if (!hasDigit) shape += text.slice(copied, copied + MAX_SHAPE_LENGTH - shape.length);
  return { shape, statuses };
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 45 || code === 95;
}

function isStatus(text: string, at: number): boolean {
  if (!/^[1-5]\d\d$/.test(text.slice(at, at + 3))) return false;
  return BEFORE_STATUS.test(text.slice(Math.max(0, at - LOOK_BEHIND), at));
}
