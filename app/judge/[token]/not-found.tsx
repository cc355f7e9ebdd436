/** For every link that opens nothing: which of the reasons it is, is nobody's business. */
export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-80">
        <h1 className="text-page font-strong">This link does not work</h1>
        <p className="mt-2 text-muted">
          Each link works once, for a week, while its person may judge. After many tries from one network it takes ten
          minutes until a link opens again. Judge the alert in its history instead, or ask whoever sent you the link for
          another.
        </p>
      </div>
    </main>
  );
}
