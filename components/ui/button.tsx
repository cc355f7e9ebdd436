/** A button that says verb and object. `plain` for toolbars, `primary` once per form. */
import clsx from "clsx";
import type { ComponentProps } from "react";

const LOOKS = {
  plain: "text-text hover:bg-hover",
  outline: "border border-line-strong text-text hover:bg-hover",
  primary: "bg-accent text-on-accent hover:opacity-90",
} as const;

export function Button({
  look = "outline",
  className,
  ...rest
}: ComponentProps<"button"> & { look?: keyof typeof LOOKS }) {
  return (
    <button
      type="button"
      {...rest}
      className={clsx(
        "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-body whitespace-nowrap disabled:opacity-50",
        LOOKS[look],
        className,
      )}
    />
  );
}
