/** Tells the browser of somebody who signs out to drop what it keeps of this site (https://www.w3.org/TR/clear-site-data/). */
export const FORGET_EVERYTHING = { "clear-site-data": '"cache", "storage"' } as const;
