/** The look of text fields and choices in dense forms. */
export const FIELD_LOOK = "rounded-md border border-line-strong bg-raised px-2 disabled:opacity-60";
