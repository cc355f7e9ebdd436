/** What of a call is missing, for the page of hooks; undefined when nothing is. Pure. */

export function missingNotice(unreadable: number, cutOff: number): string | undefined {
  const parts = [
    ...(unreadable > 0 ? [`${counted(unreadable, "alert")} could not be read.`] : []),
    ...(cutOff > 0 ? [`The sender cut off ${counted(cutOff, "alert")}.`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(" ");
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
