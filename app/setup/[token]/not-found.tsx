/** For every link that opens nothing: which of the reasons it is, is nobody's business. */
import Link from "next/link";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="w-full max-w-80">
        <h1 className="text-page font-strong">This link does not work</h1>
        <p className="mt-2 text-muted">
          Each link works once, for one day, until a newer one is made. Ask whoever gave it to you for another, or
          restart the server if it has no admin yet.
        </p>
        <p className="mt-4">
          <Link href="/sign-in" className="text-accent underline">
            Go to sign-in
          </Link>
        </p>
      </div>
    </main>
  );
}
