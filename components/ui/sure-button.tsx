"use client";

/** A second press acts: a dialog would be more in the way than the loss is worth. */
import { useState } from "react";
import { Button } from "./button";

export function SureButton({
  label,
  sureLabel,
  about,
  disabled,
  onSure,
}: {
  label: string;
  sureLabel: string;
  /** For those who do not see beside what it stands. */
  about?: string;
  disabled?: boolean;
  onSure: () => void;
}) {
  const [sure, setSure] = useState(false);
  return (
    <Button
      look={about === undefined ? "outline" : "plain"}
      className={sure ? "text-error" : ""}
      disabled={disabled}
      onClick={() => {
        if (sure) onSure();
        setSure(!sure);
      }}
    >
      {sure ? sureLabel : label}
      {about !== undefined && <span className="sr-only"> {about}</span>}
    </Button>
  );
}
