/** A key as it stands on the keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-block min-w-5 rounded border border-line bg-panel px-1 text-center font-mono text-[11px] leading-4 text-muted">
      {children}
    </kbd>
  );
}
